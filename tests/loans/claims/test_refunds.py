from datetime import date

import pytest

from loans.claims import refunds
from loans.models import SubsidyRefund
from records.refusals import Invalid, MoveNotOpen, NotPermitted
from tests.makers.claims import SUMMER, made, paid, submitted
from tests.makers.loans import make_active_loan, moment

ON = date(2026, 6, 26)


def refund(claim, offices, *, on=ON, by=None):
    return refunds.record_refunds(
        claim, refunded_on=on, bank_serial="TH1", by=by or offices.bank_officer, at=moment(date(2026, 6, 30))
    )


def test_a_refund_goes_to_every_line_once(pool, loan, offices):
    make_active_loan(pool, offices)
    claim = paid(pool, offices)
    assert refunds.are_left(claim)
    assert len(refund(claim, offices)) == 2
    assert refund(claim, offices) == []
    assert not refunds.are_left(claim)


@pytest.mark.parametrize("on", [date(2026, 6, 23), date(2026, 7, 1)])
def test_it_is_dated_after_the_treasurys_payment_and_not_ahead(pool, loan, offices, on):
    with pytest.raises(Invalid):
        refund(paid(pool, offices), offices, on=on)
    assert not SubsidyRefund.objects.exists()


def test_the_bank_refunds_what_was_paid(pool, loan, offices):
    claim = submitted(pool, offices)
    with pytest.raises(MoveNotOpen):
        refund(claim, offices)
    with pytest.raises(NotPermitted):
        refund(claim, offices, by=offices.finance_officer)


def test_she_is_told_how_far_each_quarter_has_come(pool, loan, offices):
    refund(paid(pool, offices), offices)
    made(pool, offices, SUMMER)
    told = [(one.amount_fen, one.is_handed_in, one.paid_on, one.refunded_on) for one in refunds.refunds_of(loan)]
    assert told == [(57_500, False, None, None), (57_500, True, date(2026, 6, 24), ON)]
