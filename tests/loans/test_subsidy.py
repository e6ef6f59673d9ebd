from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loans.interest import DayCount, Segment
from loans.subsidy import REGIMES, Regime, subsidised_until, subsidy, without_unsubsidised_years

QUARTER = (date(2026, 3, 21), date(2026, 6, 21))


def split(segments, *, rate_ppm=45_000, lpr_ppm=30_000, regime=Regime.FULL, day_count=DayCount.ACTUAL_360):
    return subsidy(segments, annual_rate_ppm=rate_ppm, lpr_ppm=lpr_ppm, regime=regime, day_count=day_count)


def whole(balance_fen, from_on=QUARTER[0], to_on=QUARTER[1]):
    return [Segment(from_on, to_on, balance_fen, balance_fen)]


@pytest.mark.parametrize(
    ("from_on", "to_on", "days", "interest", "half"),
    [
        (date(2026, 3, 10), date(2026, 3, 21), 11, 6_875, 3_438),
        (date(2026, 3, 21), date(2026, 6, 21), 92, 57_500, 28_750),
        (date(2026, 6, 21), date(2026, 9, 21), 92, 57_500, 28_750),
        (date(2026, 9, 21), date(2026, 12, 21), 91, 56_875, 28_438),
        (date(2026, 12, 21), date(2027, 3, 10), 79, 49_375, 24_688),
    ],
)
def test_half_the_interest_of_each_quarter(from_on, to_on, days, interest, half):
    got = split(whole(5_000_000, from_on, to_on), regime=Regime.HALF)
    assert got == (days, interest, half, interest - half)


def test_a_part_repayment_is_counted_by_days():
    segments = [
        Segment(QUARTER[0], date(2026, 5, 10), 8_000_000, 8_000_000),
        Segment(date(2026, 5, 10), QUARTER[1], 5_000_000, 5_000_000),
    ]
    assert split(segments, regime=Regime.HALF) == (92, 76_250, 38_125, 38_125)


def test_overdue_time_is_never_subsidised():
    segments = [
        Segment(QUARTER[0], date(2026, 5, 10), 8_000_000, 8_000_000),
        Segment(date(2026, 5, 10), QUARTER[1], 8_000_000, 0),
    ]
    got = split(segments)
    assert (got.days, got.subsidy_fen) == (50, 50_000)
    assert got.borrower_fen == got.interest_fen - 50_000


@pytest.mark.parametrize(
    ("regime", "by_treasury"), [(Regime.FULL, 44_722), (Regime.LPR_FLOOR, 25_556), (Regime.HALF, 22_361)]
)
def test_the_three_national_regimes_compared(regime, by_treasury):
    got = split(whole(5_000_000), rate_ppm=35_000, regime=regime)
    assert got == (92, 44_722, by_treasury, 44_722 - by_treasury)


def test_the_published_case_of_the_lpr_floor():
    # LPR 3.65 %, contract LPR + 250 BP: she bears 2.15 %, the treasury 4.00 %.
    got = split(whole(5_000_000), rate_ppm=61_500, lpr_ppm=36_500, regime=Regime.LPR_FLOOR)
    assert got == (92, 78_583, 51_111, 27_472)


def test_a_contract_rate_below_the_floor_leaves_nothing_to_the_treasury():
    got = split(whole(5_000_000), rate_ppm=14_000, lpr_ppm=30_000, regime=Regime.LPR_FLOOR)
    assert (got.subsidy_fen, got.borrower_fen) == (0, got.interest_fen)


def test_an_lpr_below_the_margin_leaves_nothing_to_her():
    assert split(whole(5_000_000), lpr_ppm=10_000, regime=Regime.LPR_FLOOR).borrower_fen == 0


def test_tiers_take_each_slice_of_a_balance_by_its_own_rule():
    # A year of 400,000 at 4.5 %, LPR 3 %: 150,000 in full, the next 150,000 above 1.5 %, half for the rest.
    year = whole(40_000_000, date(2026, 3, 10), date(2027, 3, 10))
    of_slices = 675_000 + 450_000 + 225_000
    tiered = split(year, regime=Regime.TIERED, day_count=DayCount.THIRTY_360)
    assert (tiered.interest_fen, tiered.subsidy_fen) == (1_800_000, of_slices)
    others = split(year, regime=Regime.TIERED_OTHERS, day_count=DayCount.THIRTY_360)
    assert others.subsidy_fen == of_slices // 2


def test_the_third_year_is_hers_where_the_regime_says_so():
    assert subsidised_until(Regime.TWO_YEARS, start_on=date(2026, 3, 10)) == date(2028, 3, 10)
    assert subsidised_until(Regime.FULL, start_on=date(2026, 3, 10)) is None
    quarter = whole(5_000_000, date(2027, 12, 21), date(2028, 3, 21))
    cut = without_unsubsidised_years(quarter, regime=Regime.TWO_YEARS, start_on=date(2026, 3, 10))
    assert split(cut, regime=Regime.TWO_YEARS) == (80, 56_875, 50_000, 6_875)
    later = whole(5_000_000, date(2028, 3, 21), date(2028, 6, 21))
    cut = without_unsubsidised_years(later, regime=Regime.TWO_YEARS, start_on=date(2026, 3, 10))
    assert split(cut, regime=Regime.TWO_YEARS).subsidy_fen == 0
    assert without_unsubsidised_years(later, regime=Regime.FULL, start_on=date(2026, 3, 10)) == tuple(later)


def test_a_change_of_balance_takes_no_day_from_a_month_of_thirty():
    segments = [
        Segment(date(2026, 1, 31), date(2026, 2, 15), 2_000_000, 2_000_000),
        Segment(date(2026, 2, 15), date(2026, 2, 28), 1_000_000, 1_000_000),
    ]
    assert split(segments, day_count=DayCount.THIRTY_360).days == 30


def test_no_days_cost_nothing():
    assert split([]) == (0, 0, 0, 0)


@given(
    st.lists(st.tuples(st.integers(1, 120), st.integers(0, 10**9), st.integers(0, 100)), min_size=1, max_size=6),
    st.integers(0, 200_000),
    st.integers(0, 80_000),
    st.sampled_from(Regime),
    st.sampled_from(DayCount),
)
def test_what_she_and_the_treasury_bear_is_the_interest(stretches, rate_ppm, lpr_ppm, regime, day_count):
    segments, since_on = [], date(2026, 1, 1)
    for length, balance_fen, percent in stretches:
        to_on = since_on + timedelta(days=length)
        segments.append(Segment(since_on, to_on, balance_fen, balance_fen * percent // 100))
        since_on = to_on
    got = split(segments, rate_ppm=rate_ppm, lpr_ppm=lpr_ppm, regime=regime, day_count=day_count)
    assert got.subsidy_fen + got.borrower_fen == got.interest_fen
    assert 0 <= got.subsidy_fen <= got.interest_fen


def test_every_regime_has_its_figures():
    assert set(REGIMES) == set(Regime)
    assert all(figures.tiers[-1].up_to_fen is None for figures in REGIMES.values())
