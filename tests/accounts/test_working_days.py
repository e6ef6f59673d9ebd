from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.official_years import OFFICIAL_YEARS
from accounts.working_days import Calendar, WorkingDayNotice

FESTIVALS = {"元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"}
any_day = st.dates(min_value=date(1, 1, 1), max_value=date(9990, 12, 31))


def days_of(year: int) -> list[date]:
    first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    return [date.fromordinal(day) for day in range(first, last + 1)]


def notice_of_2027() -> tuple[WorkingDayNotice, ...]:
    """A full notice, made up: no festival of its year is left to the estimate."""
    rest = ["2027-01-01", "2027-02-05", "2027-02-08", "2027-04-05", "2027-05-03", "2027-06-09", "2027-10-01"]
    worked = ["2027-02-14"]
    return tuple(
        [WorkingDayNotice(date.fromisoformat(day), is_working=False, name="假") for day in rest]
        + [WorkingDayNotice(date.fromisoformat(day), is_working=True, name="春节") for day in worked]
    )


@pytest.mark.parametrize("year", range(2020, 2027))
def test_every_day_of_the_official_years_agrees_with_an_independent_table(year):
    calendar = Calendar()
    assert [calendar.is_working(day) for day in days_of(year)] == [
        chinese_calendar.is_workday(day) for day in days_of(year)
    ]
    assert not any(calendar.is_provisional(day) for day in days_of(year))


@pytest.mark.parametrize("year", range(2020, 2027))
def test_a_notice_works_weekends_only_and_names_every_festival(year):
    notice = OFFICIAL_YEARS[year]
    worked = [day for festival in notice.festivals for day in festival.worked_days()]
    assert {day.weekday() for day in worked} <= {5, 6}
    assert len(worked) == len(set(worked))
    assert {name for festival in notice.festivals for name in festival.name.split("、")} == FESTIVALS
    assert "国办发明电" in notice.source


def test_the_epidemic_lengthened_the_spring_festival_of_2020():
    calendar = Calendar()
    assert not calendar.is_working(date(2020, 2, 1))  # the first notice had made it a working Saturday
    assert calendar.next_working_day(date(2020, 1, 23)) == date(2020, 2, 3)


@pytest.mark.parametrize(
    ("accepted", "due"),
    [
        ("2026-09-17", "2026-09-28"),
        ("2026-09-30", "2026-10-15"),
        ("2026-02-13", "2026-03-02"),
        ("2026-04-30", "2026-05-13"),
        ("2026-09-28", "2026-10-13"),
        ("2025-09-26", "2025-10-13"),
    ],
)
def test_seven_working_days_after_acceptance(accepted, due):
    seventh = Calendar().nth_working_day_after(date.fromisoformat(accepted), 7)
    assert seventh == date.fromisoformat(due)


def test_a_day_tells_the_festival_it_rests_for_or_makes_up_for():
    calendar = Calendar()
    assert calendar.name_of(date(2026, 10, 1)) == "国庆节"
    assert calendar.name_of(date(2026, 10, 10)) == "国庆节"
    assert calendar.name_of(date(2026, 10, 12)) == ""
    assert calendar.name_of(date(2022, 12, 31)) == "元旦"  # rests by the notice of the year that follows


def test_a_year_without_a_notice_is_estimated_and_says_so():
    calendar = Calendar()
    assert calendar.is_provisional(date(2027, 3, 1))
    assert calendar.is_working(date(2027, 3, 1))
    assert not calendar.is_working(date(2027, 3, 6))  # a Saturday
    assert not calendar.is_working(date(2027, 2, 5))  # the eve of the lunar new year, a Friday
    assert not calendar.is_working(date(2027, 10, 1))
    assert calendar.name_of(date(2027, 2, 5)) == "春节"
    assert calendar.name_of(date(2027, 10, 4)) == "国庆节"  # Monday, given for the Saturday


@pytest.mark.parametrize("year", [1, 1949, 1999, 2019, 2027, 2028, 2100, 2101, 9999])
def test_no_year_is_an_error(year):
    calendar = Calendar()
    working = [day for day in days_of(year) if calendar.is_working(day)]
    assert 240 <= len(working) <= 262
    assert all(calendar.is_provisional(day) for day in days_of(year))
    assert not calendar.is_working(date(year, 10, 1))


def test_estimated_festivals_bear_the_names_of_the_notices():
    calendar = Calendar()
    named = {calendar.name_of(day) for year in range(2027, 2051) for day in days_of(year)} - {""}
    assert {name for names in named for name in names.split("、")} == FESTIVALS


def test_estimated_days_off_are_never_worked_weekends():
    calendar = Calendar()
    assert not any(calendar.is_working(day) for day in days_of(2027) if day.weekday() >= 5)


def test_an_estimate_takes_neither_side_of_an_exchange():
    calendar = Calendar()
    assert calendar.is_working(date(2019, 5, 3))  # rested that year, for the Sunday worked before
    assert not calendar.is_working(date(2019, 4, 28))


def test_the_last_notice_of_a_day_wins():
    storm = WorkingDayNotice(date(2026, 7, 15), is_working=False, name="防台风停工")
    called_off = WorkingDayNotice(date(2026, 7, 15), is_working=True, name="恢复上班")
    assert not Calendar((storm,)).is_working(date(2026, 7, 15))
    assert Calendar((storm, called_off)).is_working(date(2026, 7, 15))
    assert not Calendar((called_off, storm)).is_working(date(2026, 7, 15))
    assert Calendar((storm,)).name_of(date(2026, 7, 15)) == "防台风停工"
    assert not Calendar((storm,)).is_provisional(date(2026, 7, 16))


def test_one_closed_day_does_not_settle_a_year():
    calendar = Calendar((WorkingDayNotice(date(2027, 3, 8), is_working=False, name="停电"),))
    assert not calendar.is_working(date(2027, 3, 8))
    assert not calendar.is_provisional(date(2027, 3, 8))
    assert calendar.is_provisional(date(2027, 3, 9))


def test_the_notice_of_a_year_replaces_its_estimate_entirely():
    calendar = Calendar(notice_of_2027())
    assert not any(calendar.is_provisional(day) for day in days_of(2027))
    assert calendar.is_working(date(2027, 2, 14))
    assert calendar.is_working(date(2027, 10, 4))  # estimated as a day off; the notice doesn't list it
    assert calendar.is_provisional(date(2028, 1, 3))


def test_a_calendar_is_a_value():
    assert Calendar(notice_of_2027()) == Calendar(notice_of_2027())
    assert hash(Calendar(notice_of_2027())) == hash(Calendar(notice_of_2027()))
    assert Calendar() != Calendar(notice_of_2027())


def test_a_moment_is_not_a_day():
    with pytest.raises(TypeError):
        Calendar().is_working(datetime(2026, 9, 18, 9, 0, tzinfo=UTC))


def test_counting_backwards_is_nothing():
    assert Calendar().count_between(date(2026, 9, 18), date(2026, 9, 17)) == 0
    assert Calendar().count_between(date(2027, 1, 4), date(2026, 1, 4)) == 0


def test_the_calendar_ends_with_the_year_9999():
    assert list(Calendar().working_days_after(date(9999, 12, 30))) == [date(9999, 12, 31)]
    with pytest.raises(ValueError, match="year 10000"):
        Calendar().nth_working_day_after(date(9999, 12, 30), 2)


@given(start=any_day, n=st.integers(min_value=1, max_value=400))
def test_the_nth_day_is_n_steps_away(start, n):
    calendar = Calendar()
    nth = calendar.nth_working_day_after(start, n)
    assert list(islice(calendar.working_days_after(start), n))[-1] == nth
    assert calendar.count_between(start, nth) == n
    assert calendar.is_working(nth)
    assert nth > start


@given(start=any_day)
def test_working_days_come_in_order_and_none_between_them_is_worked(start):
    calendar = Calendar()
    for day, following in pairwise(islice(calendar.working_days_after(start), 30)):
        between = [day + timedelta(days=n) for n in range(1, (following - day).days)]
        assert day < following
        assert not any(calendar.is_working(rest) for rest in between)


@given(after=any_day, span=st.integers(min_value=0, max_value=800))
def test_provisional_days_are_those_that_are_provisional(after, span):
    calendar = Calendar(notice_of_2027())
    through = after + timedelta(days=span)
    expected = [day for n in range(1, span + 1) if calendar.is_provisional(day := after + timedelta(days=n))]
    assert list(calendar.provisional_days(after, through)) == expected
