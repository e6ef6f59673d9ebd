"""What comes back after a compensation flows back in the shares of the loss."""

from datetime import date

import pytest

from loans import compensation
from loans.models import Loan
from loans.refusals import (
    RecoveredTooMuch,
)
from records.models.decision import Outcome
from records.refusals import MoveNotOpen, NotPermitted
from tests.makers.loans import (
    compensated,
    moment,
)

# The first interest fell due on 21 March: 91 days overdue on 20 June.
DAY_90, DAY_91 = moment(date(2026, 6, 19)), moment(date(2026, 6, 20))


def test_no_more_is_recovered_than_she_owed(pool, offices, loan):
    compensated(loan, offices, at=DAY_91)
    loan = Loan.objects.get(pk=loan.pk)

    def recovery(recovered_fen, voucher_no):
        return compensation.propose_recovery(
            loan,
            recovered_fen=recovered_fen,
            value_on=DAY_91.date(),
            voucher_no=voucher_no,
            by=offices.bank_officer,
            at=DAY_91,
        )

    first, second = recovery(3_000_000, "追 1"), recovery(3_000_000, "追 2")
    compensation.decide_recovery(first, outcome=Outcome.APPROVED, by=offices.finance_officer2, at=DAY_91)
    with pytest.raises(RecoveredTooMuch) as refused:
        compensation.decide_recovery(second, outcome=Outcome.APPROVED, by=offices.finance_officer2, at=DAY_91)
    assert refused.value.short_fen == 1_000_000
    with pytest.raises(RecoveredTooMuch):
        recovery(2_000_001, "追 3")
    refused_one = recovery(1, "追 4")
    nothing = compensation.decide_recovery(refused_one, outcome=Outcome.REFUSED, by=offices.finance_officer2, at=DAY_91)
    assert nothing is None


def test_the_bank_tells_of_a_recovery_and_the_finance_bureau_books_it(pool, offices, loan):
    compensated(loan, offices, at=DAY_91)
    loan = Loan.objects.get(pk=loan.pk)

    def told_by(somebody):
        return compensation.propose_recovery(
            loan, recovered_fen=100, value_on=DAY_91.date(), voucher_no="追 1", by=somebody, at=DAY_91
        )

    with pytest.raises(NotPermitted):
        told_by(offices.finance_officer)
    with pytest.raises(NotPermitted):
        compensation.decide_recovery(
            told_by(offices.bank_officer), outcome=Outcome.APPROVED, by=offices.bank_officer2, at=DAY_91
        )


def test_only_a_compensated_loan_has_something_to_recover(pool, offices, loan):
    with pytest.raises(MoveNotOpen):
        compensation.propose_recovery(
            loan,
            recovered_fen=1,
            value_on=DAY_91.date(),
            voucher_no="追 1",
            by=offices.bank_officer,
            at=DAY_91,
        )
