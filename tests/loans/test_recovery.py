"""What comes back after a compensation flows back in the shares of the loss."""

from datetime import date

import pytest

from loans import compensation, ledger
from loans.charging import charge_all
from loans.models import Loan
from loans.models.ledger import Account
from loans.models.loan import LoanState
from loans.refusals import (
    NotCompensated,
    ProposalOutdated,
    RecoveredTooMuch,
)
from loans.servicing import charge_interest
from loans.verification import findings
from records.models.decision import Outcome
from records.refusals import Invalid, NotPermitted
from tests.makers.loans import (
    compensated,
    make_active_loan,
    make_policy,
    make_pool,
    moment,
    recovered,
    refreshed,
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
    with pytest.raises(NotCompensated):
        compensation.propose_recovery(
            loan,
            recovered_fen=1,
            value_on=DAY_91.date(),
            voucher_no="追 1",
            by=offices.bank_officer,
            at=DAY_91,
        )


def test_a_claim_that_is_all_back_closes_the_loan_and_the_fund_has_lost_nothing(pool, offices, loan):
    compensated(loan, offices, at=DAY_91)
    # Alone each payment would be rounded, and the fund would get a fen too much of one or too little.
    for part_fen in (1_111_112, 1_111_112, 2_777_776):
        recovered(loan, offices, recovered_fen=part_fen, at=DAY_91)
    closed = Loan.objects.get(pk=loan.pk)
    assert closed.state == LoanState.CLOSED
    assert closed.log.latest("version").by == offices.finance_officer2
    assert refreshed(pool).fund_balance_fen == 100_000_000
    assert not list(findings())
    with pytest.raises(NotCompensated):
        recovered(loan, offices, recovered_fen=100, at=DAY_91)


def test_a_share_that_another_recovery_has_changed_is_written_anew(pool, offices, loan):
    compensated(loan, offices, at=DAY_91)
    told = [
        compensation.propose_recovery(
            Loan.objects.get(pk=loan.pk),
            recovered_fen=1_111_112,
            value_on=DAY_91.date(),
            voucher_no=f"追 {number}",
            by=offices.bank_officer,
            at=DAY_91,
        )
        for number in range(2)
    ]
    assert {one.amount_fen for one in told} == {888_890}
    compensation.decide_recovery(told[0], outcome=Outcome.APPROVED, by=offices.finance_officer2, at=DAY_91)
    with pytest.raises(ProposalOutdated):
        compensation.decide_recovery(told[1], outcome=Outcome.APPROVED, by=offices.finance_officer2, at=DAY_91)
    assert compensation.recovered_fen_of(loan) == 1_111_112


@pytest.mark.parametrize("recovered_fen", [0, -100])
def test_a_recovery_is_of_some_money(pool, offices, loan, recovered_fen):
    compensated(loan, offices, at=DAY_91)
    with pytest.raises(Invalid):
        recovered(loan, offices, recovered_fen=recovered_fen, at=DAY_91)


def test_interest_and_what_lateness_costs_stay_the_banks_own_claim(offices):
    changes = {"penalty_margin_ppm": 500_000, "charges_compound_interest": True}
    pool = make_pool(offices, programme=make_policy(offices, changes=changes).programme)
    loan = make_active_loan(pool, offices, method="equal_principal")
    compensated(loan, offices, at=DAY_91)
    left = {Account.INTEREST_DUE, Account.PENALTY_DUE, Account.COMPOUND_DUE}
    owed = {account: fen for account, fen in ledger.trial_balance(loan.entries.all()).items() if account in left}
    assert all(owed[account] > 0 for account in left)
    # The fund's share is of principal, and so is the claim that closes the loan.
    moved = pool.fund_moves.get(kind="compensation")
    assert (moved.amount_fen, compensation.claim_left_fen(loan)) == (-4_000_000, 5_000_000)
    much_later = moment(date(2026, 12, 31))
    charge_interest(Loan.objects.get(pk=loan.pk), by=offices.bank_officer, at=much_later)
    assert charge_all(by=offices.bank_system, at=much_later) == 0
    recovered(loan, offices, recovered_fen=5_000_000, at=much_later)
    assert refreshed(pool).fund_balance_fen == 100_000_000
    assert Loan.objects.get(pk=loan.pk).state == LoanState.CLOSED
    balances = ledger.trial_balance(loan.entries.all())
    assert {account: balances[account] for account in left} == owed
    assert not list(findings())
