from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loans.claims.days import FOREVER, Bar, Excluded, LoanLife
from loans.claims.figures import NOTHING, figures_of, shares_of
from loans.claims.quarter import quarter_of
from loans.interest import DayCount
from loans.subsidy import Regime

SPRING = quarter_of(date(2026, 4, 1))


@dataclass(frozen=True)
class Given:
    """80,000 at 4.5 %, half of it subsidised, long since paid out and not due in the quarter."""

    amount_fen: int = 8_000_000
    annual_rate_ppm: int = 45_000
    regime: Regime = Regime.HALF
    day_count: DayCount = DayCount.ACTUAL_360
    paid_on: date = date(2025, 5, 10)
    term_ends_on: date = date(2027, 5, 10)
    extended_to_on: date = date(2027, 5, 10)
    due: tuple[tuple[date, int], ...] = ()
    repaid: tuple[tuple[date, int], ...] = ()
    bars: tuple[Bar, ...] = ()

    def figures(self, quarter=SPRING):
        life = LoanLife(lpr_ppm=30_000, **self.__dict__)
        return figures_of(life, quarter)


def told(figures):
    return [(one.segment.from_on, one.days, one.segment.why, one.subsidy_fen) for one in figures.segments]


def test_a_part_repayment():
    got = Given(repaid=((date(2026, 5, 10), 3_000_000),)).figures()
    assert [(one.days, one.interest_fen) for one in got.segments] == [(50, 50_000), (42, 26_250)]
    assert (got.interest_fen, got.subsidy_fen, got.days) == (76_250, 38_125, 92)
    assert (got.opening_fen, got.closing_fen) == (8_000_000, 5_000_000)


@pytest.mark.parametrize(
    ("extended_to_on", "why"), [(date(2026, 5, 10), Excluded.OVERDUE), (date(2027, 5, 9), Excluded.EXTENDED)]
)
def test_neither_overdue_nor_extended_time_earns_a_cent(extended_to_on, why):
    matured = date(2026, 5, 10)
    due = ((matured, 8_000_000),) if why == Excluded.OVERDUE else ()
    got = Given(term_ends_on=matured, extended_to_on=extended_to_on, due=due, regime=Regime.FULL).figures()
    assert told(got) == [(SPRING.from_on, 50, "", 50_000), (matured, 42, why, 0)]
    assert got.subsidy_fen == 50_000


def test_only_the_part_that_is_late_is_excluded():
    got = Given(due=((date(2026, 5, 10), 2_000_000),), regime=Regime.FULL).figures()
    late = got.segments[1]
    assert (late.segment.subsidised_fen, late.segment.why) == (6_000_000, Excluded.OVERDUE)
    assert got.subsidy_fen == 50_000 + 31_500


def test_a_loan_that_is_repaid_says_so_for_the_rest_of_the_quarter_and_is_gone_from_the_next():
    life = Given(repaid=((date(2026, 5, 10), 8_000_000),))
    assert told(life.figures())[1] == (date(2026, 5, 10), 42, Excluded.SETTLED, 0)
    assert life.figures(quarter_of(date(2026, 7, 1))) == NOTHING


def test_a_loan_that_is_paid_out_later_is_not_in_it():
    assert Given(paid_on=SPRING.to_on).figures() == NOTHING


def test_the_third_year_has_no_subsidy_where_the_regime_ends_with_the_second():
    got = Given(paid_on=date(2024, 5, 10), regime=Regime.TWO_YEARS).figures()
    assert told(got) == [(SPRING.from_on, 50, "", 50_000), (date(2026, 5, 10), 42, Excluded.YEARS_OVER, 0)]


def test_misuse_stops_the_subsidy_from_its_day_on():
    got = Given(bars=(Bar(date(2026, 5, 10), FOREVER, Excluded.MISUSED),)).figures()
    assert told(got) == [(SPRING.from_on, 50, "", 25_000), (date(2026, 5, 10), 42, Excluded.MISUSED, 0)]


def test_a_loan_that_the_guarantor_paid_back_costs_nothing_any_more():
    got = Given(bars=(Bar(date(2026, 5, 10), FOREVER, Excluded.COMPENSATED),)).figures()
    assert (got.interest_fen, got.closing_fen) == (50_000, 0)


@pytest.mark.parametrize(
    ("regime", "subsidy_fen"), [(Regime.FULL, 44_722), (Regime.LPR_FLOOR, 25_556), (Regime.HALF, 22_361)]
)
def test_the_regimes_compared(regime, subsidy_fen):
    got = Given(amount_fen=5_000_000, annual_rate_ppm=35_000, regime=regime).figures()
    assert (got.interest_fen, got.subsidy_fen) == (44_722, subsidy_fen)


def test_the_shares_sum_to_the_subsidy_and_the_last_takes_the_cent():
    assert shares_of(101, {"province": 500_000, "city": 500_000}) == {"province": 51, "city": 50}
    assert shares_of(100, {"province": 333_333, "city": 333_333, "county": 333_334}) == {
        "province": 33,
        "city": 33,
        "county": 34,
    }


days = st.dates(date(2026, 1, 1), date(2026, 9, 1))
steps = st.lists(st.tuples(days, st.integers(1, 3_000_000)), max_size=6).map(lambda given: tuple(sorted(given)))


@given(steps, steps, st.sampled_from(DayCount), st.sampled_from(Regime))
def test_segments_add_up_to_the_line_and_fill_the_quarter(due, repaid, day_count, regime):
    got = Given(due=due, repaid=repaid, day_count=day_count, regime=regime).figures()
    assert sum(one.subsidy_fen for one in got.segments) == got.subsidy_fen <= got.interest_fen
    assert all(one.subsidy_fen >= 0 for one in got.segments)
    if got != NOTHING:
        assert got.segments[0].segment.from_on == SPRING.from_on
        assert got.segments[-1].segment.to_on == SPRING.to_on
        assert all(a.segment.to_on == b.segment.from_on for a, b in zip(got.segments, got.segments[1:], strict=False))
