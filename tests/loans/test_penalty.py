"""Penalty and compound interest, and what a payment is counted towards. The loan: 50,000 at 4.50 %, actual/360."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from loans.penalty import AllocationOrder, ServicingTerms
from loans.replay import Allocation
from tests.loans.repayments import HALF_WAIVED, position, repayment
from tests.loans.schedules import LOAN, QUARTERLY_ON_THE_20TH

HALF_AGAIN = ServicingTerms(penalty_margin_ppm=500_000, charges_compound_interest=True)
MATURITY = date(2027, 3, 10)
INTEREST_TO_MATURITY_FEN = 228_125


def late(events, on, *, terms=HALF_AGAIN, loan=QUARTERLY_ON_THE_20TH, **given):
    return position(loan, events, on, servicing_terms=terms, **given)


def all_interest_paid():
    due = [(date(2026, 3, 21), 6_875), (date(2026, 6, 21), 57_500), (date(2026, 9, 21), 57_500)]
    due += [(date(2026, 12, 21), 56_875), (MATURITY, 49_375)]
    return [repayment(on, fen, f"i{number}") for number, (on, fen) in enumerate(due)]


def test_penalty_interest_is_a_share_of_the_contract_rate_on_principal_that_is_late():
    now = late(all_interest_paid(), date(2027, 3, 20))
    # 50,000 for ten days: 62.50 of interest run on, and half as much again is penalty.
    assert (now.interest_unpaid_fen, now.penalty_unpaid_fen, now.compound_unpaid_fen) == (6_250, 3_125, 0)
    assert now.payoff_fen == 5_000_000 + 6_250 + 3_125


def test_on_the_due_day_nothing_is_late_yet():
    assert late([], MATURITY).penalty_due_fen == 0
    assert late([], date(2026, 3, 21)).compound_due_fen == 0


def test_compound_interest_runs_on_interest_that_was_not_paid_on_its_day():
    now = late([], date(2026, 6, 21))
    # 68.75 for 92 days at 6.75 %: 1.19.
    assert (now.compound_due_fen, now.penalty_due_fen) == (119, 0)


def test_a_policy_may_charge_no_compound_interest():
    terms = replace(HALF_AGAIN, charges_compound_interest=False)
    assert late([], date(2026, 6, 21), terms=terms).compound_due_fen == 0


def test_interest_that_runs_after_maturity_is_not_compounded():
    paid = late(all_interest_paid(), date(2027, 12, 31))
    assert paid.interest_unpaid_fen > 0
    assert paid.compound_due_fen == 0


def test_how_often_it_is_looked_at_changes_nothing():
    pennies = [repayment(MATURITY + timedelta(days=day), 1, f"p{day}") for day in range(1, 40)]
    order = replace(HALF_AGAIN, allocation_order=AllocationOrder.INTEREST_PENALTY_PRINCIPAL)
    on = date(2027, 4, 30)
    cut = late([*all_interest_paid(), *pennies], on, terms=order)
    assert cut.penalty_due_fen == late(all_interest_paid(), on, terms=order).penalty_due_fen


def test_the_treasury_pays_nothing_of_it():
    plain = position(QUARTERLY_ON_THE_20TH, [], date(2027, 6, 10), subsidy_terms=HALF_WAIVED)
    now = late([], date(2027, 6, 10), subsidy_terms=HALF_WAIVED)
    assert now.penalty_due_fen > 0
    assert (now.subsidy_fen, now.interest_due_fen) == (plain.subsidy_fen, plain.interest_due_fen)


@pytest.mark.parametrize(
    ("terms", "wanted"),
    [
        (HALF_AGAIN, Allocation("r", interest_fen=1_875, principal_fen=0, excess_fen=0, penalty_fen=3_125)),
        (
            replace(HALF_AGAIN, allocation_order=AllocationOrder.INTEREST_PENALTY_PRINCIPAL),
            Allocation("r", interest_fen=5_000, principal_fen=0, excess_fen=0),
        ),
        (
            replace(HALF_AGAIN, principal_first_after_days=9),
            Allocation("r", interest_fen=0, principal_fen=5_000, excess_fen=0),
        ),
        (
            replace(HALF_AGAIN, principal_first_after_days=10),
            Allocation("r", interest_fen=1_875, principal_fen=0, excess_fen=0, penalty_fen=3_125),
        ),
    ],
    ids=["penalty first", "interest first", "principal first after nine days", "not yet after ten"],
)
def test_a_payment_is_counted_in_the_order_of_the_policy(terms, wanted):
    on = date(2027, 3, 20)
    now = late([*all_interest_paid(), repayment(on, 5_000)], on, terms=terms)
    assert now.allocations[-1] == wanted


def test_principal_first_takes_only_what_is_overdue():
    terms = replace(HALF_AGAIN, principal_first_after_days=90)
    on = date(2026, 8, 1)
    now = late([repayment(on, 1_700_000)], on, terms=terms, loan=LOAN)
    due_fen = 408_143 + 409_674 + 411_210 + 412_752
    assert now.allocations[0].principal_fen == due_fen
    assert now.allocations[0].penalty_fen > 0
    assert sum(now.allocations[0][1:]) == 1_700_000


def test_an_instalment_that_comes_late_leaves_what_the_penalty_took_of_it():
    on = date(2026, 4, 20)
    now = late([repayment(on, 426_893)], on, loan=LOAN)
    got = now.allocations[0]
    # 4,081.43 for ten days at half of 4.50 %: 2.55. 187.50 for ten days at 6.75 %: 0.35.
    assert (got.penalty_fen, got.compound_fen, got.interest_fen) == (255, 35, 18_750)
    assert now.overdue_principal_fen == 255 + 35


def test_a_policy_without_penalty_is_as_before():
    assert position(LOAN, [], date(2027, 6, 1)).penalty_due_fen == 0
