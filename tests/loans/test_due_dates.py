from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.working_days import Calendar
from loans.due_dates import Frequency, RestDayRule, RestDays, add_months, due_dates

CALENDAR = Calendar()
NEXT, PREVIOUS = (RestDays(rule, CALENDAR) for rule in list(RestDayRule)[1:])

days = st.dates(date(2000, 1, 1), date(2060, 12, 31))


def test_a_month_that_is_too_short_has_its_last_day_instead():
    assert due_dates(date(2026, 1, 31), periods=4, frequency=Frequency.MONTHLY) == (
        date(2026, 2, 28),
        date(2026, 3, 31),
        date(2026, 4, 30),
        date(2026, 5, 31),
    )


def test_a_leap_day_comes_back_in_leap_years_only():
    assert add_months(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert add_months(date(2024, 2, 29), 48) == date(2028, 2, 29)
    assert add_months(date(2026, 1, 15), -2) == date(2025, 11, 15)


def test_quarters_are_counted_from_the_start():
    assert due_dates(date(2026, 3, 10), periods=2, frequency=Frequency.QUARTERLY) == (
        date(2026, 6, 10),
        date(2026, 9, 10),
    )


def test_quarterly_interest_settled_on_the_20th_is_charged_on_the_21st():
    assert due_dates(date(2026, 3, 10), periods=4, frequency=Frequency.QUARTERLY, settlement_day=20) == (
        date(2026, 3, 21),
        date(2026, 6, 21),
        date(2026, 9, 21),
        date(2026, 12, 21),
        date(2027, 3, 10),
    )


def test_a_loan_paid_out_on_the_day_of_charging_has_no_empty_first_period():
    dates = due_dates(date(2026, 3, 21), periods=4, frequency=Frequency.QUARTERLY, settlement_day=20)
    assert dates == (date(2026, 6, 21), date(2026, 9, 21), date(2026, 12, 21), date(2027, 3, 21))


def test_a_loan_paid_out_on_the_settlement_day_has_a_first_period_of_one_day():
    dates = due_dates(date(2026, 3, 20), periods=1, frequency=Frequency.QUARTERLY, settlement_day=20)
    assert dates == (date(2026, 3, 21), date(2026, 6, 20))


def test_monthly_interest_settled_on_the_last_day_is_charged_on_the_first():
    dates = due_dates(date(2026, 1, 10), periods=3, frequency=Frequency.MONTHLY, settlement_day=31)
    assert dates == (date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1), date(2026, 4, 10))


@given(days, st.integers(1, 60), st.sampled_from(Frequency), st.none() | st.integers(1, 31))
def test_due_dates_rise_from_after_the_start_to_the_maturity(start_on, periods, frequency, settlement_day):
    dates = due_dates(start_on, periods=periods, frequency=frequency, settlement_day=settlement_day)
    assert list(dates) == sorted(set(dates))
    assert dates[0] > start_on
    assert dates[-1] == add_months(start_on, periods * frequency.months)


@given(days, st.integers(1, 60), st.sampled_from(Frequency))
def test_without_a_settlement_day_there_are_as_many_due_dates_as_periods(start_on, periods, frequency):
    assert len(due_dates(start_on, periods=periods, frequency=frequency)) == periods


def test_a_due_date_on_a_day_of_rest_moves_as_the_policy_says():
    # 3 October 2026 is the National Day holiday, which ends on the 7th; 30 September is worked.
    terms: Any = {"periods": 2, "frequency": Frequency.MONTHLY}
    assert due_dates(date(2026, 8, 3), **terms, rest_days=RestDays(RestDayRule.STAY, CALENDAR))[1] == date(2026, 10, 3)
    assert due_dates(date(2026, 8, 3), **terms, rest_days=NEXT)[1] == date(2026, 10, 8)
    assert due_dates(date(2026, 8, 3), **terms, rest_days=PREVIOUS)[1] == date(2026, 9, 30)


def test_a_saturday_that_makes_up_for_a_holiday_is_no_day_of_rest():
    assert due_dates(date(2026, 9, 10), periods=1, frequency=Frequency.MONTHLY, rest_days=NEXT) == (date(2026, 10, 10),)


def test_a_moved_due_date_doesnt_move_the_next():
    dates = due_dates(date(2026, 8, 3), periods=3, frequency=Frequency.MONTHLY, rest_days=NEXT)
    assert dates == (date(2026, 9, 3), date(2026, 10, 8), date(2026, 11, 3))


def test_two_due_dates_that_meet_on_a_monday_are_one():
    # Charged on Saturday 21 March, repaid on Sunday 22 March.
    on_the_20th: Any = {"periods": 1, "frequency": Frequency.MONTHLY, "settlement_day": 20}
    assert due_dates(date(2026, 2, 22), **on_the_20th) == (date(2026, 3, 21), date(2026, 3, 22))
    assert due_dates(date(2026, 2, 22), **on_the_20th, rest_days=NEXT) == (date(2026, 3, 23),)


def test_no_due_date_moves_back_onto_the_day_of_the_payout():
    # Paid out on Friday 20 March; the first interest would be charged on Saturday.
    on_the_20th: Any = {"periods": 1, "frequency": Frequency.MONTHLY, "settlement_day": 20}
    assert due_dates(date(2026, 3, 20), **on_the_20th, rest_days=PREVIOUS) == (date(2026, 4, 20),)


@settings(deadline=None)  # the first time that a calendar sees a year it has to make it
@given(days, st.integers(1, 60), st.sampled_from(Frequency), st.none() | st.integers(1, 31))
def test_moved_due_dates_are_worked_rise_and_end_with_the_moved_maturity(start_on, periods, frequency, settlement_day):
    for rest_days in (NEXT, PREVIOUS):
        terms: Any = {"periods": periods, "frequency": frequency, "settlement_day": settlement_day}
        dates = due_dates(start_on, **terms, rest_days=rest_days)
        assert all(map(CALENDAR.is_working, dates))
        assert list(dates) == sorted(set(dates))
        assert dates[0] > start_on
        assert dates[-1] == rest_days.moved(add_months(start_on, periods * frequency.months))
        if settlement_day is None:
            assert len(dates) == periods


@given(days.filter(lambda day: day.day >= 28), st.integers(1, 60), st.sampled_from(Frequency))
def test_month_ends_are_kept_wherever_the_month_has_them(start_on, periods, frequency):
    for due_on in due_dates(start_on, periods=periods, frequency=frequency):
        is_last = (due_on + timedelta(days=1)).day == 1
        assert due_on.day == start_on.day or (due_on.day < start_on.day and is_last)
