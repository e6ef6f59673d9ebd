import io
import json

import pytest
from django.core.management import CommandError, call_command

QUARTER = ("--principal", "50000", "--from", "2026-03-21", "--to", "2026-06-21", "--day-count", "actual/360")


def subsidy(*arguments):
    out = io.StringIO()
    call_command("subsidy", *arguments, stdout=out)
    return json.loads(out.getvalue())


@pytest.mark.parametrize(
    ("regime", "by_treasury", "by_her"),
    [("A", "447.22", "0.00"), ("B", "255.56", "191.66"), ("C", "223.61", "223.61")],
)
def test_each_regime_splits_the_same_interest(regime, by_treasury, by_her):
    assert subsidy(*QUARTER, "--rate", "3.5", "--lpr", "3.0", "--regime", regime) == {
        "days": 92,
        "interest": "447.22",
        "subsidy": by_treasury,
        "borrower": by_her,
    }


@pytest.mark.parametrize(
    ("regime", "by_treasury"),
    # 150,000 whole, then 150,000 above LPR − 150 BP, then 100,000 by half; for others half of each.
    [("D", "2555.56"), ("D2", "1277.78"), ("E", "3577.78")],
)
def test_tiers_and_years_are_regimes_too(regime, by_treasury):
    large = ("--principal", "400000", *QUARTER[2:])
    answer = subsidy(*large, "--rate", "3.5", "--lpr", "3.0", "--regime", regime)
    assert (answer["interest"], answer["subsidy"]) == ("3577.78", by_treasury)


def test_what_lies_in_the_third_year_is_not_subsidised_by_the_rule_of_two():
    answer = subsidy(*QUARTER, "--rate", "3.5", "--lpr", "3.0", "--regime", "E", "--start", "2024-05-01")
    assert answer == {"days": 41, "interest": "447.22", "subsidy": "199.31", "borrower": "247.91"}


def test_a_payout_after_the_first_day_is_told():
    with pytest.raises(CommandError, match="放款日"):
        subsidy(*QUARTER, "--rate", "3.5", "--lpr", "3.0", "--regime", "E", "--start", "2026-03-22")


def test_days_are_counted_as_told():
    by_365 = subsidy(
        *("--principal", "50000", "--from", "2026-03-10", "--to", "2026-03-21", "--day-count", "actual/365"),
        *("--rate", "4.5", "--lpr", "3.0", "--regime", "A"),
    )
    assert (by_365["days"], by_365["interest"]) == (11, "67.81")


def test_days_that_end_before_they_begin_are_told():
    with pytest.raises(CommandError, match="结束日期"):
        subsidy(
            *("--principal", "50000", "--rate", "3.5", "--lpr", "3.0", "--regime", "A"),
            *("--from", "2026-06-21", "--to", "2026-06-21"),
        )


def test_an_unknown_regime_is_told():
    with pytest.raises(CommandError, match="--regime"):
        subsidy(*QUARTER, "--rate", "3.5", "--lpr", "3.0", "--regime", "Z")
