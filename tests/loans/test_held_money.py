"""Money that comes a few days before its due date waits for it. The loan: 50,000 at 4.50 %, actual/360, quarterly."""

from datetime import date

import pytest

from loans.loan_events import Event, EventKind
from loans.penalty import ServicingTerms
from loans.replay import Allocation, Applied
from loans.schedule import build
from tests.loans.repayments import HALF_WAIVED, position, repayment, reversal
from tests.loans.schedules import HUNDRED, LOAN, QUARTERLY_ON_THE_20TH

TEN_DAYS = ServicingTerms(held_before_due_days=10)
DUE = date(2026, 6, 21)
MATURITY = date(2027, 3, 10)
FIRST = repayment(date(2026, 3, 21), 6_875, "first")


def held(events, on, *, loan=QUARTERLY_ON_THE_20TH, terms=TEN_DAYS, **given):
    return position(loan, events, on, servicing_terms=terms, **given)


def early(value_on, amount_fen, ref="r"):
    return Event(EventKind.REPAYMENT, value_on, 1, amount_fen, ref, is_early=True)


def test_interest_paid_two_days_early_is_not_overdue_afterwards():
    paid = [FIRST, repayment(date(2026, 6, 19), 57_500)]
    before = held(paid, date(2026, 6, 20))
    assert (before.held_fen, before.principal_outstanding_fen) == (57_500, 5_000_000)
    assert before.allocations[1] == Allocation("r", 0, 0, 0, held_fen=57_500)
    after = held(paid, date(2026, 6, 30))
    assert (after.days_overdue, after.interest_unpaid_fen, after.held_fen) == (0, 0, 0)
    assert after.principal_outstanding_fen == 5_000_000
    assert after.applied[1] == Applied(DUE, "r", 0, 0, 57_500, 0, was_held=True)


def test_an_equal_instalment_that_comes_early_is_its_row():
    row = build(LOAN)[0]
    now = held([repayment(date(2026, 4, 8), row.payment_fen)], row.due_on, loan=LOAN)
    assert now.allocations[0] == Allocation("r", row.interest_fen, row.principal_fen, 0)
    assert now.interest_unpaid_fen == 0


def test_what_is_late_is_paid_before_anything_waits():
    now = held([repayment(date(2026, 6, 19), 10_000)], date(2026, 6, 19))
    assert now.allocations[0] == Allocation("r", 6_875, 0, 0, held_fen=3_125)


def test_more_than_falls_due_repays_principal_at_once():
    now = held([FIRST, repayment(date(2026, 6, 19), 1_057_500)], date(2026, 6, 20))
    assert now.allocations[1] == Allocation("r", 0, 1_000_000, 0, held_fen=57_500)
    # Two days of interest on 10,000 less fall due: 2.50, and they repay principal too.
    after = held([FIRST, repayment(date(2026, 6, 19), 1_057_500)], DUE)
    assert after.allocations[1] == Allocation("r", 57_250, 1_000_250, 0)


@pytest.mark.parametrize(
    "event",
    [early(date(2026, 6, 19), 57_500), repayment(date(2026, 6, 10), 57_500)],
    ids=["meant to repay early", "eleven days before"],
)
def test_other_money_repays_principal_on_its_day(event):
    now = held([FIRST, event], event.value_on)
    assert (now.held_fen, now.principal_outstanding_fen) == (0, 4_942_500)


def test_the_last_instalment_may_come_before_its_interest_has_run():
    paid = [FIRST, repayment(DUE, 57_500, "2"), repayment(date(2026, 9, 21), 57_500, "3")]
    paid += [repayment(date(2026, 12, 21), 56_875, "4"), repayment(date(2027, 3, 8), 5_049_375, "5")]
    before = held(paid, date(2027, 3, 9))
    assert (before.is_settled, before.held_fen, before.payoff_fen) == (False, 5_049_375, 0)
    after = held(paid, MATURITY)
    assert (after.is_settled, after.allocations[-1]) == (True, Allocation("5", 49_375, 5_000_000, 0))


def test_the_sum_of_a_pay_off_pays_off_at_once():
    on = date(2026, 6, 19)
    waiting = [FIRST, repayment(on, 30_000)]
    owed_fen = held(waiting, on).payoff_fen
    assert owed_fen == 5_000_000 + 56_250 - 30_000
    after = held([*waiting, repayment(on, owed_fen, "rest")], on)
    assert (after.is_settled, after.held_fen, after.payoff_fen) == (True, 0, 0)
    assert [sum(one[1:]) - one.excess_fen for one in after.allocations] == [6_875, 30_000, owed_fen]


def test_where_the_subsidy_is_waived_her_part_waits():
    now = held([repayment(date(2026, 3, 19), 5_000)], date(2026, 3, 21), subsidy_terms=HALF_WAIVED)
    # Half of 68.75 is hers; the rest of what she brought repays principal at once.
    assert now.allocations[0] == Allocation("r", 3_437, 5_000 - 3_437, 0)


def test_held_money_that_is_reversed_leaves_no_trace():
    paid = [FIRST, repayment(date(2026, 6, 19), 57_500), reversal(date(2026, 6, 20), "r")]
    assert held(paid, date(2026, 7, 1)) == held([FIRST], date(2026, 7, 1))


def test_two_early_payments_wait_together_for_one_due_date():
    paid = [FIRST, repayment(date(2026, 6, 15), 40_000, "a"), repayment(date(2026, 6, 18), 40_000, "b")]
    before = held(paid, date(2026, 6, 20))
    assert [one.held_fen for one in before.allocations] == [0, 40_000, 17_500]
    after = held(paid, DUE)
    assert after.interest_unpaid_fen == 0
    assert after.principal_paid_fen == 80_000 - after.interest_paid_fen + 6_875


def test_the_payoff_of_fineract_is_the_same_with_these_rules():
    paid = [repayment(date(2024, 2, 1), 1_701, "first")]
    assert held(paid, date(2024, 2, 15), loan=HUNDRED).payoff_fen == 8_381
