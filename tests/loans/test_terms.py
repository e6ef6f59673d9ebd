from dataclasses import replace
from datetime import date

import pytest

from loans.schedule import (
    BadTerms,
    Effect,
    Frequency,
    Method,
    Prepayment,
    RateChange,
    build,
    periods_of_months,
)
from tests.loans.schedules import LOAN


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"principal_fen": 0}, "principal_out_of_range"),
        ({"principal_fen": 10**13}, "principal_out_of_range"),
        ({"annual_rate_ppm": -1}, "rate_out_of_range"),
        ({"annual_rate_ppm": 1_000_001}, "rate_out_of_range"),
        ({"periods": 0}, "periods_out_of_range"),
        ({"periods": 1_201}, "periods_out_of_range"),
        ({"start_on": date(9998, 6, 1)}, "term_ends_too_late"),
        ({"grace": 12}, "grace_leaves_no_instalment"),
        ({"grace": -1}, "grace_leaves_no_instalment"),
        ({"settlement_day": 0}, "settlement_day_out_of_range"),
        ({"settlement_day": 32}, "settlement_day_out_of_range"),
        ({"instalment_unit_fen": 0}, "instalment_unit_out_of_range"),
        ({"instalment_unit_fen": 1_000_000}, "instalment_unit_too_coarse"),
        ({"instalment_fen": 0}, "instalment_below_interest"),
        ({"instalment_fen": 18_749}, "instalment_below_interest"),
        ({"instalment_fen": 430_000, "method": Method.INTEREST_ONLY}, "instalment_needs_equal_instalments"),
        ({"rate_changes": (RateChange(date(2026, 3, 9), 1),)}, "rate_change_outside_term"),
        ({"rate_changes": (RateChange(date(2027, 3, 10), 1),)}, "rate_change_outside_term"),
        ({"rate_changes": (RateChange(date(2026, 5, 1), -1),)}, "rate_out_of_range"),
        ({"rate_changes": (RateChange(date(2026, 5, 1), 1), RateChange(date(2026, 5, 1), 2))}, "rate_change_repeats"),
        ({"prepayments": (Prepayment(date(2026, 3, 10), 1, Effect.REDUCE),)}, "prepayment_outside_term"),
        ({"prepayments": (Prepayment(date(2027, 3, 10), 1, Effect.REDUCE),)}, "prepayment_outside_term"),
        ({"prepayments": (Prepayment(date(2026, 5, 1), 0, Effect.REDUCE),)}, "prepayment_not_positive"),
        ({"prepayments": (Prepayment(date(2026, 5, 1), 1, Effect.REDUCE),) * 2}, "prepayment_repeats"),
        ({"prepayments": (Prepayment(date(2026, 5, 1), 5_000_001, Effect.REDUCE),)}, "prepayment_exceeds_balance"),
        ({"prepayments": (Prepayment(date(2026, 5, 10), 4_900_000, Effect.REDUCE),)}, "prepayment_exceeds_balance"),
    ],
)
def test_terms_from_which_no_schedule_follows_are_refused(wrong, code):
    with pytest.raises(BadTerms) as refusal:
        build(replace(LOAN, **wrong))
    assert refusal.value.code == code


def test_a_prepayment_after_a_shortened_loan_is_over_is_refused():
    prepayments = (
        Prepayment(date(2026, 4, 10), 4_000_000, Effect.SHORTEN),
        Prepayment(date(2027, 2, 1), 1, Effect.SHORTEN),
    )
    with pytest.raises(BadTerms, match="prepayment_exceeds_balance"):
        build(replace(LOAN, prepayments=prepayments))


def test_months_that_are_no_whole_quarters_are_refused():
    assert periods_of_months(12, Frequency.QUARTERLY) == 4
    assert periods_of_months(14, Frequency.MONTHLY) == 14
    with pytest.raises(BadTerms, match="term_not_whole_quarters"):
        periods_of_months(14, Frequency.QUARTERLY)
