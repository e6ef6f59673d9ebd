import csv
import io
import json

import pytest
from django.core.management import CommandError, call_command

TERMS = ("--principal", "50000", "--rate", "4.5", "--start", "2026-03-10")
QUARTERLY = (
    *TERMS,
    *("--months", "12", "--method", "interest_only", "--frequency", "quarterly"),
    *("--day-count", "actual/360", "--settlement-day", "20"),
)
LEVEL = (*TERMS, "--periods", "12", "--method", "equal_instalment")


def schedule(*arguments):
    out = io.StringIO()
    call_command("schedule", *arguments, stdout=out)
    return out.getvalue()


def as_json(*arguments):
    return json.loads(schedule(*arguments, "--format", "json"))


def test_json_has_amounts_as_text_with_two_places():
    answer = as_json(*QUARTERLY)
    assert answer["rows"][-1] == {
        "number": 5,
        "due_on": "2027-03-10",
        "principal": "50000.00",
        "interest": "493.75",
        "payment": "50493.75",
        "balance": "0.00",
    }
    assert answer["total_interest"] == "2281.25"
    assert answer["total_principal"] == "50000.00"
    assert answer["total_payment"] == "52281.25"


def test_json_has_a_subtotal_for_each_year():
    assert as_json(*QUARTERLY)["years"] == [
        {"year": 2026, "principal": "0.00", "interest": "1787.50", "payment": "1787.50", "balance": "50000.00"},
        {"year": 2027, "principal": "50000.00", "interest": "493.75", "payment": "50493.75", "balance": "0.00"},
    ]


def test_due_dates_move_off_days_of_rest_when_told():
    answer = as_json(*QUARTERLY, "--rest-day", "next_working_day")
    # 21 March 2026 is a Saturday, 21 June a Sunday.
    assert [row["due_on"] for row in answer["rows"][:2]] == ["2026-03-23", "2026-06-22"]
    assert answer["rows"][0]["interest"] == "81.25"
    assert answer["total_interest"] == "2281.25"


def test_csv_has_a_header_and_a_line_for_each_row():
    lines = list(csv.DictReader(io.StringIO(schedule(*LEVEL, "--format", "csv"))))
    assert len(lines) == 12
    assert lines[0]["payment"] == "4268.93"
    assert lines[11]["balance"] == "0.00"


def test_the_table_ends_with_the_years_and_the_totals():
    lines = schedule(*LEVEL).splitlines()
    assert len(lines) == 16
    assert [line.split()[0] for line in lines[-3:-1]] == ["2026", "2027"]
    assert lines[0].split() == ["number", "due_on", "principal", "interest", "payment", "balance"]
    assert lines[-1].split() == ["50,000.00", "1,227.11", "51,227.11"]


def test_unless_told_otherwise_it_is_monthly_by_thirty_days_half_up():
    told = ("--frequency", "monthly", "--day-count", "30/360", "--rounding", "half_up")
    assert as_json(*LEVEL) == as_json(*LEVEL, *told)


def test_amounts_and_rates_are_read_as_people_type_them():
    typed = ("--principal", "5万", "--rate", "4.50%", "--start", "2026-03-10", "--periods", "12")
    assert as_json(*typed, "--method", "equal_instalment") == as_json(*LEVEL)


def test_half_even_is_the_rounding_of_fineract():
    answer = as_json(
        *("--principal", "100", "--rate", "7", "--start", "2024-01-01", "--periods", "6"),
        *("--method", "equal_instalment", "--rounding", "half_even", "--prepay", "2024-02-15=83.57,shorten"),
    )
    assert [(row["interest"], row["payment"]) for row in answer["rows"]] == [("0.58", "17.01"), ("0.24", "83.81")]


def test_several_changes_are_taken():
    answer = as_json(
        *LEVEL,
        *("--rate-change", "2026-06-10=4.0", "--rate-change", "2026-12-10=3.5"),
        *("--prepay", "2026-09-10=2,000,reduce", "--prepay", "2026-10-20=1000,shorten"),
    )
    dates = [row["due_on"] for row in answer["rows"]]
    assert dates.count("2026-09-10") == dates.count("2026-10-20") == 1
    assert answer["total_principal"] == "50000.00"


def test_grace_unit_and_agreed_instalment_are_taken():
    assert [row["principal"] for row in as_json(*LEVEL, "--grace", "3")["rows"][:3]] == ["0.00"] * 3
    assert as_json(*LEVEL, "--instalment-unit", "1")["rows"][0]["payment"] == "4269.00"
    assert as_json(*LEVEL, "--instalment", "4305.00")["rows"][0]["payment"] == "4305.00"


@pytest.mark.parametrize(
    "wrong",
    [
        ("--periods", "0"),
        ("--grace", "12"),
        ("--settlement-day", "32"),
        ("--instalment", "1"),
        ("--instalment-unit", "0"),
        ("--prepay", "2026-09-10=60000,reduce"),
        ("--prepay", "2020-09-10=600,reduce"),
        ("--rate-change", "2030-09-10=4.0"),
    ],
)
def test_terms_that_do_not_hold_are_told_in_one_line(wrong):
    with pytest.raises(CommandError) as told:
        schedule(*LEVEL, *wrong)
    assert "\n" not in str(told.value)
    assert told.value.returncode == 1


@pytest.mark.parametrize(
    ("option", "typed", "shown"),
    [
        ("--principal", "abc", "abc"),
        ("--principal", "-5", "-5"),
        ("--rate", "4,5", "4,5"),
        ("--start", "2026-13-10", "2026-13-10"),
        ("--prepay", "2026-09-10=2000", "2026-09-10=2000"),
        ("--prepay", "2026-09-10=2000,later", "2026-09-10=2000,later"),
        ("--prepay", "soon=2000,shorten", "soon"),
        ("--rate-change", "2026-09-10", "2026-09-10"),
        ("--rate-change", "2026-09-10=x", "x"),
    ],
)
def test_what_cannot_be_read_is_told_with_the_option_and_what_was_typed(option, typed, shown):
    with pytest.raises(CommandError, match=option) as told:
        schedule(*LEVEL, f"{option}={typed}")
    assert f"({shown})" in str(told.value)


def test_either_periods_or_months():
    with pytest.raises(CommandError):
        schedule(*LEVEL, "--months", "12")
    with pytest.raises(CommandError):
        schedule(*TERMS, "--method", "equal_instalment")


def test_months_must_be_whole_quarters_where_it_is_quarterly():
    with pytest.raises(CommandError, match="3 个月"):
        schedule(*TERMS, "--months", "14", "--method", "interest_only", "--frequency", "quarterly")
