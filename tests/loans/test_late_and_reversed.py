"""Payments that arrive late or are taken back: what counts is their value date."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loans import ledger
from loans.models import Loan, Repayment
from loans.models.ledger import Account
from loans.models.loan import LoanState
from loans.refusals import RepaymentAlreadyRecorded, RepaymentAlreadyReversed
from loans.servicing import charge_interest, position, record_repayment, reverse_repayment
from loans.verification import findings
from records.refusals import Invalid, NotPermitted
from tests.makers.loans import LOAN_FEN, make_active_loan, make_pool, moment, refreshed

TODAY = date(2026, 7, 1)


def repay(loan, offices, *, amount_fen, on, serial, today=TODAY, by=None):
    return record_repayment(
        loan,
        amount_fen=amount_fen,
        value_on=on,
        bank_serial=serial,
        by=by or offices.bank_officer,
        at=moment(today),
    )


def balances(loan):
    return ledger.trial_balance(loan.entries.all())


def state_of(loan):
    return Loan.objects.get(pk=loan.pk).state


def reverse(repayment, offices, *, on=TODAY, serial="REV-1", today=TODAY):
    return reverse_repayment(
        repayment,
        bank_serial=serial,
        value_on=on,
        reason="农信记错了账户",
        by=offices.bank_officer,
        at=moment(today),
    )


def test_only_the_bank_takes_a_repayment_back(pool, offices, loan):
    paid = repay(loan, offices, amount_fen=100, on=TODAY, serial="R1")
    with pytest.raises(NotPermitted):
        reverse_repayment(
            paid, bank_serial="REV", value_on=TODAY, reason="记错", by=offices.finance_officer, at=moment(TODAY)
        )


def test_a_payment_that_arrives_late_is_counted_where_it_belongs(pool, offices, loan):
    """She paid on 15 March; the bank's file of that day came after that of 1 July."""
    repay(loan, offices, amount_fen=1_064_375, on=TODAY, serial="R2")
    before = position(loan, on=TODAY).allocations
    repay(loan, offices, amount_fen=2_000_000, on=date(2026, 3, 15), serial="R1")
    after = position(loan, on=TODAY).allocations
    assert [(one.ref, one.interest_fen) for one in before] == [("R2", 64_375)]
    # Less principal was out since March, so less of the July payment is interest.
    assert [(one.ref, one.interest_fen) for one in after] == [("R1", 0), ("R2", 39_875)]
    booked = balances(loan)
    assert booked[Account.INTEREST_DUE] == 0
    assert booked[Account.INTEREST_EARNED] == -39_875
    assert booked[Account.LOAN_PRINCIPAL] == refreshed(pool).committed_fen == LOAN_FEN - 2_000_000 - 1_024_500
    assert not list(findings())


def test_a_changed_allocation_is_a_reversal_and_a_new_row(pool, offices, loan):
    july = repay(loan, offices, amount_fen=1_064_375, on=TODAY, serial="R2")
    repay(loan, offices, amount_fen=2_000_000, on=date(2026, 3, 15), serial="R1")
    rows = loan.entries.filter(source__startswith=f"interest_paid:{july.pk}#").order_by("pk")
    assert [(row.source[-1], row.debit, row.amount_fen, row.reverses_id) for row in rows] == [
        ("1", "bank_funds", 64_375, None),
        ("1", "interest_due", 64_375, rows[0].pk),
        ("2", "bank_funds", 39_875, None),
    ]


def test_a_reversed_repayment_leaves_no_trace_in_the_balances(pool, offices, loan):
    charge_interest(loan, by=offices.bank_officer, at=moment(TODAY))
    untouched = balances(loan)
    wrong = repay(loan, offices, amount_fen=1_064_375, on=date(2026, 6, 25), serial="R1")
    reverse(wrong, offices)
    assert {account: fen for account, fen in balances(loan).items() if fen} == untouched
    assert refreshed(pool).committed_fen == LOAN_FEN
    # On the day before the reversal it still counted.
    assert position(loan, on=date(2026, 6, 30)).principal_outstanding_fen == 4_000_000
    assert position(loan, on=TODAY).principal_outstanding_fen == LOAN_FEN
    assert not list(findings())


def test_reversing_the_last_repayment_opens_the_loan_again(pool, offices, loan):
    owed_fen = position(loan, on=TODAY).payoff_fen
    last = repay(loan, offices, amount_fen=owed_fen, on=TODAY, serial="R1")
    assert state_of(loan) == LoanState.SETTLED
    reverse(last, offices)
    assert state_of(loan) == LoanState.ACTIVE
    assert [row.move for row in loan.log.all()] == ["activate", "settle", "reopen"]
    assert refreshed(pool).committed_fen == LOAN_FEN
    # And the money may come after all.
    repay(loan, offices, amount_fen=owed_fen, on=TODAY, serial="R2")
    assert state_of(loan) == LoanState.SETTLED
    assert not list(findings())


def test_a_repayment_is_reversed_once_and_a_reversal_never(pool, offices, loan):
    wrong = repay(loan, offices, amount_fen=100_000, on=TODAY, serial="R1")
    reversal = reverse(wrong, offices)
    for one in (wrong, reversal):
        with pytest.raises(RepaymentAlreadyReversed):
            reverse(one, offices, serial="REV-2")


def test_a_reversal_is_a_movement_at_the_bank_with_a_serial_of_its_own(pool, offices, loan):
    wrong = repay(loan, offices, amount_fen=100_000, on=date(2026, 6, 1), serial="R1")
    with pytest.raises(RepaymentAlreadyRecorded):
        reverse(wrong, offices, serial="R1")
    for on in (date(2026, 5, 31), TODAY + timedelta(days=1)):
        with pytest.raises(Invalid):
            reverse(wrong, offices, on=on)


def test_a_reversal_may_leave_the_pool_over_its_limit(offices):
    pool = make_pool(offices, deposit_fen=1_000_000)
    loan = make_active_loan(pool, offices)
    paid = repay(loan, offices, amount_fen=2_000_000, on=date(2026, 3, 12), serial="R1")
    make_active_loan(pool, offices, amount_fen=2_000_000)
    reverse(paid, offices)
    assert refreshed(pool).over_limit_since == TODAY
    assert refreshed(pool).headroom_fen == -2_000_000
    assert not list(findings())


PAYMENTS = (
    ("R1", date(2026, 3, 15), 700_000),
    ("R2", date(2026, 3, 21), 6_000),
    ("R3", date(2026, 6, 21), 900_000),
    ("R4", date(2026, 6, 21), 1_234),
    ("R5", date(2026, 6, 30), 1_500_000),
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(PAYMENTS), reversed_one=st.sampled_from(["", "R1", "R3"]))
def test_the_order_of_arrival_changes_nothing(pool, offices, loan, order, reversed_one):
    def told(sequence):
        with transaction.atomic():
            for serial, on, amount_fen in sequence:
                repay(loan, offices, amount_fen=amount_fen, on=on, serial=serial)
            if reversed_one:
                reverse(Repayment.objects.get(bank_serial=reversed_one), offices)
            broken = list(findings())
            result = (
                {account: fen for account, fen in balances(loan).items() if fen},
                position(loan, on=TODAY),
                refreshed(pool).committed_fen,
            )
            transaction.set_rollback(True)
        assert not broken
        return result

    assert told(order) == told(PAYMENTS)
