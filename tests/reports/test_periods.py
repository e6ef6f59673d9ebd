from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.periods import Period, Span

DAYS = st.dates(date(2001, 1, 1), date(2098, 12, 31))
SPANS = st.sampled_from(Span)


@pytest.mark.parametrize(
    ("span", "key", "starts_on", "ends_on"),
    [
        (Span.YEAR, "2026", date(2026, 1, 1), date(2026, 12, 31)),
        (Span.HALF, "2026H2", date(2026, 7, 1), date(2026, 12, 31)),
        (Span.MONTH, "2026-10", date(2026, 10, 1), date(2026, 10, 31)),
    ],
)
def test_a_day_is_in_one_year_half_year_and_month(span, key, starts_on, ends_on):
    period = Period.around(date(2026, 10, 14), span)
    assert (period.key, period.starts_on, period.ends_on) == (key, starts_on, ends_on)


@pytest.mark.parametrize(
    ("key", "before", "after"),
    [("2026", "2025", "2027"), ("2026H1", "2025H2", "2026H2"), ("2026-01", "2025-12", "2026-02")],
)
def test_periods_lie_side_by_side(key, before, after):
    period = Period.read(key)
    assert period is not None
    assert (period.previous.key, period.next.key) == (before, after)


@given(DAYS, SPANS)
def test_what_stands_in_an_address_is_read_back(day, span):
    period = Period.around(day, span)
    assert Period.read(period.key) == period
    assert period.starts_on <= day <= period.ends_on


@given(DAYS, SPANS)
def test_no_day_is_between_two_periods(day, span):
    period = Period.around(day, span)
    assert (period.next.starts_on - period.ends_on).days == 1
    assert period.next.previous == period


@pytest.mark.parametrize("text", ["", "2026-13", "2026-00", "2026H3", "26", "1999", "2026-1", "２０２６", "2026-10-01"])
def test_anything_else_is_no_period(text):
    assert Period.read(text) is None


def test_a_day_begins_and_ends_by_the_clock_of_the_office():
    period = Period.read("2026-10")
    assert period is not None
    assert period.starts_at.isoformat() == "2026-10-01T00:00:00+08:00"
    assert period.ends_before.isoformat() == "2026-11-01T00:00:00+08:00"
