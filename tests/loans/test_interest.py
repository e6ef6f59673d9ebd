from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loans.interest import DayCount, Period, Segment, clip, days_between, days_of_year, interest_fen
from loans.rounding import Rounding, rounded

days = st.dates(date(2000, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("from_on", "to_on", "calendar_days"),
    [
        (date(2026, 3, 10), date(2026, 3, 21), 11),
        (date(2026, 3, 21), date(2026, 6, 21), 92),
        (date(2026, 9, 21), date(2026, 12, 21), 91),
        (date(2026, 12, 21), date(2027, 3, 10), 79),
        (date(2024, 2, 28), date(2024, 3, 1), 2),
    ],
)
def test_the_first_day_counts_and_the_last_does_not(from_on, to_on, calendar_days):
    assert days_between(from_on, to_on, DayCount.ACTUAL_360) == calendar_days
    assert days_between(from_on, to_on, DayCount.ACTUAL_365) == calendar_days


@pytest.mark.parametrize(
    ("from_on", "to_on", "counted_days"),
    [
        (date(2026, 1, 31), date(2026, 2, 28), 30),
        (date(2026, 2, 28), date(2026, 3, 31), 30),
        (date(2026, 1, 30), date(2026, 2, 28), 30),
        (date(2024, 1, 31), date(2024, 2, 29), 30),
        (date(2026, 3, 31), date(2026, 4, 30), 30),
        (date(2026, 2, 1), date(2026, 3, 1), 30),
        (date(2026, 3, 10), date(2027, 3, 10), 360),
        (date(2026, 3, 10), date(2026, 3, 21), 11),
        (date(2026, 3, 10), date(2026, 3, 31), 20),
        (date(2026, 2, 10), date(2026, 3, 1), 21),
        (date(2026, 3, 30), date(2026, 3, 31), 0),
    ],
)
def test_by_30_360_every_month_has_thirty_days(from_on, to_on, counted_days):
    assert days_between(from_on, to_on, DayCount.THIRTY_360) == counted_days


@pytest.mark.parametrize(("days", "fen"), [(11, 6_875), (92, 57_500), (91, 56_875), (79, 49_375), (365, 228_125)])
def test_interest_of_fifty_thousand_at_four_and_a_half_per_cent(days, fen):
    interest = interest_fen(5_000_000, annual_rate_ppm=45_000, days=days, day_base=360)
    assert interest == fen


def test_the_day_base_matters_more_than_anything_else():
    by_365 = [
        interest_fen(5_000_000, annual_rate_ppm=45_000, days=days, day_base=365) for days in (11, 92, 92, 91, 79, 365)
    ]
    assert by_365 == [6_781, 56_712, 56_712, 56_096, 48_699, 225_000]
    assert [days_of_year(day_count) for day_count in DayCount] == [360, 360, 365]


def test_an_exact_half_fen_is_rounded_as_told():
    up, even = (
        interest_fen(1_000, annual_rate_ppm=36_000, days=5, day_base=360, rounding=rounding)
        for rounding in (Rounding.HALF_UP, Rounding.HALF_EVEN)
    )
    assert (up, even) == (1, 0)


def test_part_of_a_month_costs_its_calendar_days_share():
    # Fineract's payoff of 15 February 2024: 83.57 × 7 % ÷ 12 × 14/29 = 0.24.
    period = Period.between(date(2024, 2, 1), date(2024, 3, 1), DayCount.THIRTY_360)
    assert rounded(*period.ratio(8_357 * 70_000 * 14)) == 24


@given(days, days, days, st.sampled_from([DayCount.ACTUAL_360, DayCount.ACTUAL_365]))
def test_calendar_days_of_parts_sum_to_the_whole(one, two, three, day_count):
    from_on, cut_on, to_on = sorted((one, two, three))
    parts = days_between(from_on, cut_on, day_count) + days_between(cut_on, to_on, day_count)
    assert parts == days_between(from_on, to_on, day_count)


@given(days, st.integers(0, 4_000))
def test_by_30_360_no_stretch_is_negative_or_far_from_the_calendar(from_on, length):
    counted_days = days_between(from_on, from_on + timedelta(days=length), DayCount.THIRTY_360)
    assert 0 <= counted_days <= length + 2
    assert abs(counted_days - length * 360 / 365.25) < 5


def test_a_quarter_is_cut_out_of_a_loans_life():
    life = [
        Segment(date(2026, 3, 10), date(2026, 5, 10), 8_000_000, 8_000_000),
        Segment(date(2026, 5, 10), date(2026, 9, 1), 5_000_000, 0),
        Segment(date(2026, 9, 1), date(2026, 10, 1), 1_000_000, 0),
    ]
    assert clip(life, from_on=date(2026, 3, 21), to_on=date(2026, 6, 21)) == (
        Segment(date(2026, 3, 21), date(2026, 5, 10), 8_000_000, 8_000_000),
        Segment(date(2026, 5, 10), date(2026, 6, 21), 5_000_000, 0),
    )
