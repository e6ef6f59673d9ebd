from datetime import date

import pytest

from accounts.appointments import appoint
from accounts.roles import Role
from loans import compensation, funds, ledger, lending
from loans.models import FundMove, Loan
from loans.models.fund import FundMoveKind
from loans.models.ledger import Account
from loans.models.loan import LoanState
from loans.refusals import (
    CompensatedAlready,
    LoanNotGuaranteed,
    LoanNotRepaying,
    NotOverdueEnough,
    ProposalOutdated,
    VoucherUsed,
)
from loans.servicing import record_repayment, reverse_repayment
from loans.verification import findings
from records.models.decision import Outcome
from records.refusals import NotPermitted, SamePerson
from tests.makers.loans import (
    LOAN_FEN,
    YUAN,
    compensated,
    make_active_loan,
    make_borrower,
    make_policy,
    make_pool,
    make_programme,
    moment,
    move_fund,
    pay_out,
    refreshed,
    set_leverage,
)

# The first interest fell due on 21 March: 91 days overdue on 20 June.
DAY_90, DAY_91 = moment(date(2026, 6, 19)), moment(date(2026, 6, 20))


def proposed(loan, offices, *, at=DAY_91, voucher_no="代 1", by=None):
    return compensation.propose_compensation(loan, voucher_no=voucher_no, by=by or offices.bank_officer, at=at)


def decided(proposal, offices, *, outcome=Outcome.APPROVED, at=DAY_91, by=None):
    return compensation.decide_compensation(proposal, outcome=outcome, by=by or offices.finance_officer2, at=at)


def test_the_worked_example_of_the_programme(offices):
    """Fund 1,000,000 × 5; 50 loans of 50,000; one repays 20,000; two are compensated 80/20; 20,000 come back."""
    pool = make_pool(offices)
    loans = [make_active_loan(pool, offices) for _ in range(50)]
    pool = refreshed(pool)
    assert (pool.capacity_fen, pool.committed_fen, pool.headroom_fen) == (500_000_000, 250_000_000, 250_000_000)

    record_repayment(
        loans[0],
        amount_fen=20_000 * YUAN,
        value_on=date(2026, 3, 12),
        bank_serial="R1",
        by=offices.bank_officer,
        at=moment(date(2026, 3, 12)),
    )
    pool = refreshed(pool)
    assert (pool.committed_fen, pool.headroom_fen) == (248_000_000, 252_000_000)

    claimed = [compensated(loan, offices, at=DAY_91) for loan in loans[:2]]
    assert {loan.state for loan in claimed} == {LoanState.COMPENSATED}
    pool = refreshed(pool)
    assert -sum(move.amount_fen for move in FundMove.objects.filter(kind="compensation")) == 64_000 * YUAN
    assert (pool.fund_balance_fen, pool.capacity_fen) == (936_000 * YUAN, 4_680_000 * YUAN)
    assert (pool.committed_fen, pool.headroom_fen) == (2_400_000 * YUAN, 2_280_000 * YUAN)

    proposal = compensation.propose_recovery(
        claimed[1],
        recovered_fen=20_000 * YUAN,
        value_on=date(2026, 8, 3),
        voucher_no="追 1",
        by=offices.bank_officer,
        at=moment(date(2026, 8, 3)),
    )
    compensation.decide_recovery(
        proposal, outcome=Outcome.APPROVED, by=offices.finance_officer2, at=moment(date(2026, 8, 3))
    )
    pool = refreshed(pool)
    assert (pool.fund_balance_fen, pool.capacity_fen) == (952_000 * YUAN, 4_760_000 * YUAN)
    assert compensation.claim_left_fen(claimed[1]) == 30_000 * YUAN

    assert set_leverage(pool, offices, leverage=8).capacity_fen == 7_616_000 * YUAN
    assert not list(findings())


def test_the_ledger_tells_who_bears_what(pool, offices, loan):
    compensated(loan, offices, at=DAY_91)
    assert {account: fen for account, fen in ledger.trial_balance(loan.entries.all()).items() if fen} == {
        Account.CLAIM_PRINCIPAL: LOAN_FEN,
        # Paid out 50,000, got 40,000 of the fund: 10,000 are the bank's own loss until she pays.
        Account.BANK_FUNDS: -LOAN_FEN + 4_000_000,
        Account.POOL_DEPOSIT: -4_000_000,
        Account.INTEREST_DUE: 6_875,
        Account.INTEREST_EARNED: -6_875,
    }
    assert ledger.trial_balance(pool.entries.all())[Account.GUARANTEE_EXPOSURE] == 0


def test_the_fund_pays_after_the_policys_days_and_not_on_the_last_of_them(pool, offices, loan):
    with pytest.raises(NotOverdueEnough) as refused:
        proposed(loan, offices, at=DAY_90)
    assert (refused.value.days, refused.value.needed) == (90, 90)
    assert "90" in str(refused.value)
    assert proposed(loan, offices, at=DAY_91).principal_fen == LOAN_FEN


def test_the_bank_asks_and_the_finance_bureau_decides(pool, offices, loan):
    for stranger in (offices.finance_officer, offices.guarantor_officer, offices.leader, offices.bank_system):
        with pytest.raises(NotPermitted):
            proposed(loan, offices, by=stranger)
    proposal = proposed(loan, offices)
    for stranger in (offices.bank_officer, offices.bank_officer2, offices.guarantor_officer):
        with pytest.raises(NotPermitted):
            decided(proposal, offices, by=stranger)
    paid = decided(proposal, offices)
    assert paid.log.last().by == offices.finance_officer2
    assert paid.log.last().acting_as.organisation == offices.finance


def test_whoever_works_for_both_still_does_not_decide_what_she_proposed(pool, offices, loan):
    appoint(
        offices.bank_officer,
        organisation=offices.finance,
        role=Role.FINANCE_OFFICER,
        at=DAY_90,
        is_head=False,
    )
    both = type(offices.bank_officer).objects.get(pk=offices.bank_officer.pk)
    proposal = proposed(loan, offices, by=both)
    with pytest.raises(SamePerson):
        decided(proposal, offices, by=both)


def test_a_refused_compensation_leaves_everything_as_it_was(pool, offices, loan):
    assert decided(proposed(loan, offices), offices, outcome=Outcome.REFUSED).state == LoanState.ACTIVE
    assert refreshed(pool).committed_fen == LOAN_FEN
    assert refreshed(pool).fund_balance_fen == 100_000_000


def test_a_loan_is_compensated_once(pool, offices, loan):
    first, second = proposed(loan, offices), proposed(loan, offices, voucher_no="代 2")
    decided(first, offices)
    with pytest.raises(CompensatedAlready):
        decided(second, offices)
    with pytest.raises(CompensatedAlready):
        proposed(Loan.objects.get(pk=loan.pk), offices, voucher_no="代 3")
    assert FundMove.objects.filter(kind="compensation").count() == 1


def test_a_proposal_is_for_what_she_owed_when_it_was_written(pool, offices, loan):
    proposal = proposed(loan, offices)
    record_repayment(
        loan,
        amount_fen=10_000,
        value_on=date(2026, 3, 12),
        bank_serial="R1",
        by=offices.bank_officer,
        at=DAY_91,
    )
    with pytest.raises(ProposalOutdated):
        decided(proposal, offices)
    assert Loan.objects.get(pk=loan.pk).state == LoanState.ACTIVE


def test_a_used_voucher_stops_the_whole_compensation(pool, offices, loan):
    move_fund(pool, offices, kind=FundMoveKind.DEPOSIT, amount_fen=100)
    used = FundMove.objects.latest("pk")
    with pytest.raises(VoucherUsed):
        proposed(loan, offices, voucher_no=used.voucher_no)
    proposal = proposed(loan, offices, voucher_no="代 1")
    same = funds.propose_fund_move(
        pool,
        kind=FundMoveKind.DEPOSIT,
        amount_fen=100,
        value_on=DAY_91.date(),
        voucher_no="代 1",
        by=offices.finance_officer,
        at=DAY_91,
    )
    funds.decide_fund_move(same, outcome=Outcome.APPROVED, by=offices.finance_officer2, at=DAY_91)
    with pytest.raises(VoucherUsed):
        decided(proposal, offices)
    assert refreshed(pool).committed_fen == LOAN_FEN


def test_after_compensation_the_bank_records_no_repayments(pool, offices, loan):
    paid = record_repayment(
        loan,
        amount_fen=10_000,
        value_on=date(2026, 3, 12),
        bank_serial="R1",
        by=offices.bank_officer,
        at=DAY_90,
    )
    compensated(loan, offices, at=DAY_91)
    with pytest.raises(LoanNotRepaying):
        record_repayment(
            loan, amount_fen=100, value_on=DAY_91.date(), bank_serial="R2", by=offices.bank_officer, at=DAY_91
        )
    with pytest.raises(LoanNotRepaying):
        reverse_repayment(
            paid, bank_serial="R3", value_on=DAY_91.date(), reason="记错", by=offices.bank_officer, at=DAY_91
        )


def test_a_loan_without_a_guarantee_is_not_compensated(offices):
    policy = make_policy(offices, programme=make_programme("direct"), changes={"has_guarantor_stage": False})
    loan = lending.approve(
        make_borrower(offices),
        policy=policy,
        guarantee=None,
        bank=offices.bank,
        amount_fen=LOAN_FEN,
        annual_rate_ppm=45_000,
        lpr_ppm=30_000,
        lpr_on=date(2026, 2, 20),
        term_months=12,
        method="interest_only",
        at=moment(date(2026, 3, 10)),
    )
    with pytest.raises(LoanNotGuaranteed):
        proposed(pay_out(loan, offices), offices)
