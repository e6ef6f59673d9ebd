"""What can't be recovered is given up by two offices, in the agreed shares, and the loan is closed."""

from datetime import date

import pytest

from loans import compensation, ledger, write_offs
from loans.models import Loan, WriteOff
from loans.models.ledger import Account
from loans.models.loan import LoanState
from loans.refusals import NotCompensated, ProposalOutdated
from loans.verification import findings
from records.models.decision import Outcome
from records.refusals import Invalid, MoveNotOpen, NotPermitted
from tests.makers.loans import compensated, moment, recovered, refreshed, written_off

DAY_91, LATER = moment(date(2026, 6, 20)), moment(date(2027, 6, 20))
WHY = "执行终结，没有可供执行的财产"


@pytest.fixture
def claimed(pool, offices, loan):
    return compensated(loan, offices, at=DAY_91)


def proposed(loan, offices, *, reason=WHY, by=None):
    fresh = Loan.objects.get(pk=loan.pk)
    return write_offs.propose_write_off(fresh, reason=reason, by=by or offices.bank_officer, at=LATER)


def decided(proposal, offices, *, outcome=Outcome.APPROVED, by=None):
    return write_offs.decide_write_off(proposal, outcome=outcome, by=by or offices.finance_officer2, at=LATER)


def test_the_rest_is_lost_in_the_agreed_shares_and_the_loan_is_closed(pool, offices, claimed):
    recovered(claimed, offices, recovered_fen=2_000_000, at=LATER)
    fund_fen = refreshed(pool).fund_balance_fen
    closed = written_off(claimed, offices, at=LATER)
    assert closed.state == LoanState.CLOSED
    balances = ledger.trial_balance(closed.entries.all())
    # 30,000 of 50,000 never came back: 80 % is the fund's loss, 20 % the bank's.
    assert balances[Account.FUND_LOSS] == 2_400_000
    assert balances[Account.BANK_LOSS] == 600_000
    assert balances[Account.CLAIM_PRINCIPAL] == 0
    assert sum(balances.values()) == 0
    # The money was lost when it was paid: no more of it moves.
    assert refreshed(pool).fund_balance_fen == fund_fen
    assert compensation.claim_left_fen(closed) == 0
    assert not list(findings())


def test_every_fen_finds_its_loser_where_shares_do_not_divide(pool, offices, claimed):
    recovered(claimed, offices, recovered_fen=1_111_112, at=LATER)
    written_off(claimed, offices, at=LATER)
    balances = ledger.trial_balance(claimed.entries.all())
    assert (balances[Account.FUND_LOSS], balances[Account.BANK_LOSS]) == (3_111_110, 777_778)
    assert balances[Account.FUND_LOSS] == 100_000_000 - refreshed(pool).fund_balance_fen


def test_only_the_bank_proposes_and_only_the_finance_bureau_decides(pool, offices, claimed):
    for stranger in (offices.finance_officer, offices.guarantor_officer, offices.leader, offices.bank_system):
        with pytest.raises(NotPermitted):
            proposed(claimed, offices, by=stranger)
    proposal = proposed(claimed, offices)
    for stranger in (offices.bank_officer, offices.bank_officer2, offices.guarantor_officer, offices.leader):
        with pytest.raises(NotPermitted):
            decided(proposal, offices, by=stranger)
    assert Loan.objects.get(pk=claimed.pk).state == LoanState.COMPENSATED


def test_nothing_is_written_off_that_was_not_compensated(pool, offices, loan):
    with pytest.raises(NotCompensated):
        proposed(loan, offices)
    assert not WriteOff.objects.exists()


@pytest.mark.parametrize("reason", ["", "  ", "长" * 201])
def test_a_write_off_says_why(pool, offices, claimed, reason):
    with pytest.raises(Invalid):
        proposed(claimed, offices, reason=reason)
    assert not WriteOff.objects.exists()


def test_a_refused_one_leaves_the_claim_as_it_was(pool, offices, claimed):
    assert decided(proposed(claimed, offices), offices, outcome=Outcome.REFUSED).state == LoanState.COMPENSATED
    assert compensation.claim_left_fen(claimed) == 5_000_000


def test_it_is_written_anew_where_something_came_back_meanwhile(pool, offices, claimed):
    proposal = proposed(claimed, offices)
    recovered(claimed, offices, recovered_fen=100_000, at=LATER)
    with pytest.raises(ProposalOutdated):
        decided(proposal, offices)
    assert WriteOff.objects.get().decision.is_open
    assert compensation.claim_left_fen(claimed) == 4_900_000


def test_a_claim_is_written_off_once(pool, offices, claimed):
    first, second = proposed(claimed, offices), proposed(claimed, offices)
    decided(first, offices)
    with pytest.raises(NotCompensated):
        decided(second, offices)
    with pytest.raises(MoveNotOpen):
        decided(first, offices)
    with pytest.raises(NotCompensated):
        recovered(claimed, offices, recovered_fen=100, at=LATER)
