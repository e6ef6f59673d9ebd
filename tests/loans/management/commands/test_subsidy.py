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
