from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loans.claims.quarter import Quarter, next_quarter, quarter_of, quarters_through


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        (date(2026, 3, 20), Quarter(date(2025, 12, 21), date(2026, 3, 21))),
        (date(2026, 3, 21), Quarter(date(2026, 3, 21), date(2026, 6, 21))),
        (date(2026, 12, 31), Quarter(date(2026, 12, 21), date(2027, 3, 21))),
    ],
)
def test_a_quarter_ends_on_the_interest_date(day, quarter):
    assert quarter_of(day) == quarter


def test_a_quarter_is_called_by_the_year_and_number_of_its_interest_date():
    quarter = quarter_of(date(2026, 9, 1))
    assert (quarter.year, quarter.number, quarter.interest_on) == (2026, 3, date(2026, 9, 20))
    assert quarter_of(date(2025, 12, 31)).year == 2026


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 31))
def test_quarters_follow_each_other_without_a_gap(day, settlement_day):
    quarter = quarter_of(day, settlement_day=settlement_day)
    assert quarter.from_on <= day < quarter.to_on
    following = next_quarter(quarter, settlement_day=settlement_day)
    assert following.from_on == quarter.to_on
    assert following.to_on - following.from_on > timedelta(days=85)


def test_a_quarter_is_over_the_day_after_its_interest_date():
    assert list(quarters_through(date(2026, 3, 10), date(2026, 6, 20))) == [quarter_of(date(2026, 3, 10))]
    assert len(list(quarters_through(date(2026, 3, 10), date(2026, 6, 21)))) == 2
