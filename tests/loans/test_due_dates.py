from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from loans.due_dates import Frequency, add_months, due_dates

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
