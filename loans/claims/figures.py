"""What one loan's quarter comes to: its day segments, priced, with nothing lost between them and the sum."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from loans.claims.days import DaySegment, LoanLife, day_segments
from loans.claims.quarter import Quarter
from loans.interest import DayCount, Period, days_between
from loans.money import PPM_WHOLE, split_by_shares
from loans.rounding import half_up
from loans.subsidy import treasury_weight


class Priced(NamedTuple):
    """One day segment with its counted days, its interest, and what of that the treasury pays."""

    segment: DaySegment
    days: int
    interest_fen: int
    subsidy_fen: int


class Figures(NamedTuple):
    """One loan in one quarter. Interest and subsidy are rounded once, half up (四舍五入), each loan, each quarter.

    Those of the segments are differences of rounded running sums, so that they add up to the cent.
    """

    segments: tuple[Priced, ...]
    days: int
    """Days with a subsidy."""
    interest_fen: int
    subsidy_fen: int
    opening_fen: int
    """Balance when the quarter began; nil for a loan paid out in it."""
    closing_fen: int


NOTHING = Figures((), 0, 0, 0, 0, 0)


def figures_of(life: LoanLife, quarter: Quarter) -> Figures:
    """The loan's line of the claim; NOTHING where nothing was owed in the quarter."""
    segments = day_segments(life, quarter)
    if not segments:
        return NOTHING
    last_on = max(one.to_on for one in segments if one.balance_fen)
    period = Period.between(segments[0].from_on, last_on, life.day_count)
    priced = tuple(_priced(life, segments, period))
    opened = life.paid_on < quarter.from_on
    return Figures(
        segments=priced,
        days=sum(one.days for one in priced if one.segment.subsidised_fen),
        interest_fen=sum(one.interest_fen for one in priced),
        subsidy_fen=sum(one.subsidy_fen for one in priced),
        opening_fen=segments[0].balance_fen if opened else 0,
        closing_fen=segments[-1].balance_fen,
    )


def shares_of(subsidy_fen: int, shares_ppm: dict[str, int]) -> dict[str, int]:
    """Who bears how much of a subsidy, in fen; the last share takes the cent that is over. They sum to it."""
    return dict(zip(shares_ppm, split_by_shares(subsidy_fen, list(shares_ppm.values())), strict=True))


def _priced(life: LoanLife, segments: Sequence[DaySegment], period: Period) -> Iterable[Priced]:
    weight = subsidised_weight = 0
    told_fen = paid_fen = 0
    scale, denominator = period.counted_days, PPM_WHOLE * period.day_base * period.calendar_days
    for segment in segments:
        calendar_days = (segment.to_on - segment.from_on).days
        weight += segment.balance_fen * life.annual_rate_ppm * calendar_days
        if segment.subsidised_fen:
            subsidised_weight += calendar_days * treasury_weight(
                segment.subsidised_fen,
                annual_rate_ppm=life.annual_rate_ppm,
                lpr_ppm=life.lpr_ppm,
                regime=life.regime,
            )
        interest_fen = half_up(weight * scale, denominator)
        subsidy_fen = half_up(subsidised_weight * scale, denominator * PPM_WHOLE)
        days = _counted(segments[0], segment, life.day_count)
        yield Priced(segment, days, interest_fen - told_fen, subsidy_fen - paid_fen)
        told_fen, paid_fen = interest_fen, subsidy_fen


def _counted(first: DaySegment, segment: DaySegment, day_count: DayCount) -> int:
    """By 30/360 a day is what the months make it: counted from the first day on, so that the days add up."""
    if day_count != DayCount.THIRTY_360:
        return (segment.to_on - segment.from_on).days
    before = days_between(first.from_on, segment.from_on, day_count)
    return days_between(first.from_on, segment.to_on, day_count) - before
