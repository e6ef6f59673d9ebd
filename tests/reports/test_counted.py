"""The figures equal what was counted by hand in small_city."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from reports.counted import Counts, Figure, cases_in, condition, counts, counts_by_town
from reports.durations import durations
from reports.overdue import overdue_of
from reports.periods import Period
from tests.makers.cases import a_case_in
from tests.makers.people import Offices, region
from tests.reports.small_city import TODAY, september
from workflows.states import State

NOTHING = dict.fromkeys(Figure, 0)


def period(key: str) -> Period:
    found = Period.read(key)
    assert found is not None
    return found


def counted(offices: Offices, key: str, *, today: date = TODAY) -> Counts:
    return counts(offices.city, period=period(key), today=today)


def test_the_year_the_months_and_their_lists(city, offices):
    year = counted(offices, "2026")
    assert year.cases == {
        Figure.DECLARED: 8,
        Figure.APPROVED: 4,
        Figure.COMPLETED: 3,
        Figure.SETTLED: 0,
        Figure.PAID: 3,
        Figure.ON_TIME: 2,
        Figure.LATE: 2,
        Figure.APART: 1,
        Figure.ASKED_TWICE: 0,
        Figure.REFUSED: 1,
        Figure.OVERTURNED: 0,
        Figure.OVERDUE: 1,
    }
    assert (year.women, year.paid_fen, year.due) == (3, 17_000_000, 4)
    first_month, second_month = counted(offices, "2026-09"), counted(offices, "2026-10")
    assert first_month.cases == NOTHING | {
        Figure.DECLARED: 7,
        Figure.APPROVED: 3,
        Figure.COMPLETED: 3,
        Figure.PAID: 2,
        Figure.REFUSED: 1,
        Figure.OVERDUE: 1,
    }
    assert second_month.cases == NOTHING | {
        Figure.DECLARED: 1,
        Figure.APPROVED: 1,
        Figure.PAID: 1,
        Figure.ON_TIME: 2,
        Figure.LATE: 2,
        Figure.APART: 1,
        Figure.OVERDUE: 1,
    }
    assert first_month.paid_fen + second_month.paid_fen == year.paid_fen
    assert counted(offices, "2026H2") == year
    assert counted(offices, "2025").cases == NOTHING | {Figure.OVERDUE: 1}


def test_a_number_and_its_list_are_the_same_cases(city, offices):
    named = {case.number: name for name, case in city.items()}
    found = {
        figure: {
            named[case.number]
            for case in cases_in(offices.city).filter(condition(figure, period=period("2026"), today=TODAY))
        }
        for figure in Figure
    }
    assert found[Figure.DECLARED] == set(city) - {"sent_back"}
    assert found[Figure.APPROVED] == {"prompt", "tardy", "cherry", "approved"}
    assert found[Figure.PAID] == found[Figure.COMPLETED] == {"prompt", "tardy", "cherry"}
    assert found[Figure.ON_TIME] == {"prompt", "cherry"}
    assert found[Figure.LATE] == {"tardy", "waiting"}
    assert found[Figure.APART] == {"declined"}
    assert found[Figure.OVERDUE] == {"waiting"}


def test_the_towns_come_to_the_totals(city, offices):
    for key in ("2026", "2026-09", "2026-10"):
        whole, towns = counted(offices, key), counts_by_town(offices.city, period=period(key), today=TODAY)
        assert sum(one.declared for one in towns) == whole.cases[Figure.DECLARED]
        assert sum(one.paid for one in towns) == whole.cases[Figure.PAID]
        assert sum(one.paid_fen for one in towns) == whole.paid_fen
    year = counts_by_town(offices.city, period=period("2026"), today=TODAY)
    assert [(one.town.name, one.declared, one.paid, one.paid_fen) for one in year] == [
        ("石榴镇", 6, 2, 10_000_000),
        ("樱桃镇", 1, 1, 7_000_000),
        ("柿子镇", 1, 0, 0),
    ]


def test_how_long_it_took(city, offices):
    """Nothing, nothing, and ten working days; since they were handed in nothing, nothing, and twenty-two days."""
    paid = cases_in(offices.city).filter(condition(Figure.PAID, period=period("2026"), today=TODAY))
    times = durations(paid)
    assert (times.working_days, times.days_since_submission) == (Decimal("3.3"), Decimal("7.3"))


def test_nobody_paid_means_no_mean(offices):
    times = durations(cases_in(offices.city))
    assert (times.working_days, times.days_since_submission) == (None, None)


def test_what_is_overdue_says_since_when_and_with_whom(city, offices):
    overdue = cases_in(offices.city).filter(condition(Figure.OVERDUE, period=period("2026"), today=TODAY))
    [found] = overdue_of(overdue, today=TODAY, at_most=10)
    assert found.application == city["waiting"]
    assert found.promise.due_on == date(2026, 10, 8)
    # 9 October, the worked Saturday, Monday to Wednesday: today counts.
    assert found.promise.days_over == 5
    assert found.assignment is not None
    assert found.assignment.organisation == offices.town_federations[0]


@pytest.mark.parametrize(("today", "late"), [(date(2026, 10, 8), 0), (date(2026, 10, 9), 1)])
def test_on_the_day_it_is_due_a_case_is_not_late_yet(programme, offices, today, late):
    a_case_in(State.SURVEY, offices, at=september(21))
    year = counted(offices, "2026", today=today)
    assert (year.cases[Figure.LATE], year.cases[Figure.OVERDUE], year.due) == (late, late, late)


def test_a_case_that_ended_in_time_without_money_is_no_punctual_one(programme, offices):
    a_case_in(State.DECLINED, offices, at=september(21))
    year = counted(offices, "2026", today=TODAY)
    assert year.due == 0
    assert year.cases[Figure.APART] == 1


def test_the_cases_of_another_city_are_not_counted(programme, offices):
    a_case_in(State.DISBURSED, offices, at=september(21))
    elsewhere = region("990900000000", "梨花市")
    assert counts(elsewhere, period=period("2026"), today=TODAY).cases == NOTHING
    assert counts_by_town(elsewhere, period=period("2026"), today=TODAY) == []


def test_a_case_of_the_last_minute_of_a_month_is_of_that_month(programme, offices):
    last = september(30).replace(hour=23, minute=59)
    a_case_in(State.SUBMITTED, offices, at=last)
    a_case_in(State.SUBMITTED, offices, at=last + timedelta(minutes=1))
    assert counted(offices, "2026-09").cases[Figure.DECLARED] == 1
    assert counted(offices, "2026-10").cases[Figure.DECLARED] == 1
