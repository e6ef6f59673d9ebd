"""A compensation may leave the pool over its limit; then nothing is promised until that is covered."""

from datetime import date

import pytest

from loans import guarantees
from loans.models import Loan
from loans.models.fund import FundMoveKind
from loans.models.loan import LoanState
from loans.refusals import (
    PoolExhausted,
    PoolOverLimit,
)
from loans.servicing import record_repayment
from loans.verification import findings
from tests.makers.loans import (
    YUAN,
    compensated,
    make_active_loan,
    make_guarantee,
    make_pool,
    moment,
    move_fund,
    refreshed,
    set_leverage,
)

# The first interest fell due on 21 March: 91 days overdue on 20 June.
DAY_90, DAY_91 = moment(date(2026, 6, 19)), moment(date(2026, 6, 20))


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
