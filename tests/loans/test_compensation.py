from datetime import date

import pytest

from accounts.appointments import appoint
from accounts.roles import Role
from loans import compensation, funds, guarantees, ledger, lending
from loans.models import FundMove, Loan
from loans.models.fund import FundMoveKind
from loans.models.ledger import Account
from loans.models.loan import LoanState
from loans.refusals import (
    LoanNotGuaranteed,
    LoanNotRepaying,
    NotOverdueEnough,
    PoolExhausted,
    PoolOverLimit,
    ProposalOutdated,
    RecoveredTooMuch,
    VoucherUsed,
)
from loans.servicing import record_repayment, reverse_repayment
from loans.verification import findings
from records.models.decision import Outcome
from records.refusals import MoveNotOpen, NotPermitted, SamePerson
from tests.makers.loans import (
    LOAN_FEN,
    YUAN,
    compensated,
    make_active_loan,
    make_borrower,
    make_guarantee,
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
    with pytest.raises(MoveNotOpen):
        decided(second, offices)
    with pytest.raises(MoveNotOpen):
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


@pytest.fixture
def pool_over_its_limit(offices):
    """Full to the last yuan, then one of five loans is compensated."""
    pool = make_pool(offices, deposit_fen=50_000 * YUAN)
    loans = [make_active_loan(pool, offices) for _ in range(5)]
    compensated(loans[0], offices, at=DAY_91)
    return refreshed(pool)


def test_a_compensation_is_never_refused_and_leaves_the_pool_over_its_limit(offices, pool_over_its_limit):
    pool = pool_over_its_limit
    # 10,000 are left and carry 50,000; four loans of 50,000 are out.
    assert (pool.fund_balance_fen, pool.headroom_fen) == (10_000 * YUAN, -150_000 * YUAN)
    assert pool.over_limit_since == DAY_91.date()
    assert pool.available_fen == 0
    assert not list(findings())


def test_a_second_compensation_keeps_the_first_date(offices, pool_over_its_limit):
    loan = Loan.objects.filter(state=LoanState.ACTIVE).earliest("pk")
    later = moment(date(2026, 6, 25))
    compensated(loan, offices, at=later)
    pool = refreshed(pool_over_its_limit)
    # The fund is overdrawn: the treasury owes it, and that is not hidden.
    assert pool.fund_balance_fen == -30_000 * YUAN
    assert pool.over_limit_since == DAY_91.date()


def test_over_the_limit_nothing_is_promised_withdrawn_or_cut(offices, pool_over_its_limit):
    pool = pool_over_its_limit
    with pytest.raises(PoolOverLimit) as refused:
        make_guarantee(pool, offices, amount_fen=100)
    assert refused.value.short_fen == 150_000 * YUAN
    assert refused.value.code == "pool_over_limit"
    with pytest.raises(PoolOverLimit):
        move_fund(pool, offices, kind=FundMoveKind.WITHDRAWAL, amount_fen=1)
    with pytest.raises(PoolOverLimit):
        set_leverage(pool, offices, leverage=4)


def test_a_top_up_that_is_not_enough_helps_and_changes_nothing_else(offices, pool_over_its_limit):
    move_fund(pool_over_its_limit, offices, kind=FundMoveKind.DEPOSIT, amount_fen=29_999 * YUAN, at=DAY_91)
    pool = refreshed(pool_over_its_limit)
    assert (pool.headroom_fen, pool.over_limit_since) == (-5 * YUAN, DAY_91.date())
    with pytest.raises(PoolOverLimit):
        make_guarantee(pool, offices, amount_fen=100)


def test_a_top_up_that_covers_it_ends_it(offices, pool_over_its_limit):
    move_fund(pool_over_its_limit, offices, kind=FundMoveKind.DEPOSIT, amount_fen=30_000 * YUAN, at=DAY_91)
    pool = refreshed(pool_over_its_limit)
    assert (pool.headroom_fen, pool.over_limit_since) == (0, None)
    with pytest.raises(PoolExhausted):
        make_guarantee(pool, offices, amount_fen=100)


def test_repayments_end_it_as_well(offices, pool_over_its_limit):
    for number, loan in enumerate(Loan.objects.filter(state=LoanState.ACTIVE)):
        record_repayment(
            loan,
            amount_fen=4_000_000,
            value_on=date(2026, 3, 12),
            bank_serial=f"R{number}",
            by=offices.bank_officer,
            at=DAY_91,
        )
    pool = refreshed(pool_over_its_limit)
    assert (pool.headroom_fen, pool.over_limit_since) == (10_000 * YUAN, None)
    make_guarantee(pool, offices, amount_fen=10_000 * YUAN)


def test_more_leverage_ends_it_where_two_people_agree(offices, pool_over_its_limit):
    move_fund(pool_over_its_limit, offices, kind=FundMoveKind.DEPOSIT, amount_fen=15_000 * YUAN, at=DAY_91)
    assert set_leverage(pool_over_its_limit, offices, leverage=6).over_limit_since == DAY_91.date()
    pool = set_leverage(pool_over_its_limit, offices, leverage=8, at=moment(date(2026, 6, 21)))
    assert (pool.headroom_fen, pool.over_limit_since) == (0, None)


def test_what_was_promised_before_may_still_be_paid_out(offices):
    pool = make_pool(offices, deposit_fen=50_000 * YUAN)
    loans = [make_active_loan(pool, offices) for _ in range(4)]
    waiting = make_guarantee(pool, offices)
    compensated(loans[0], offices, at=DAY_91)
    assert refreshed(pool).over_limit_since == DAY_91.date()
    guarantees.post(waiting, paid_fen=4_000_000, value_on=DAY_91.date(), by=offices.bank_officer, at=DAY_91)
    assert refreshed(pool).committed_fen == 190_000 * YUAN
    assert refreshed(pool).over_limit_since == DAY_91.date()
