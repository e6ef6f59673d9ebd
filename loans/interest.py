"""Interest: what a balance costs over days. First day in, last day out; whole fen, rounded once."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from loans.money import PPM_WHOLE
from loans.rounding import Rounding, rounded


class DayCount(StrEnum):
    """How days are counted and how many of them are a year."""

    THIRTY_360 = "30/360"
    """Every month has 30 days: a month costs a twelfth of the annual rate."""
    ACTUAL_360 = "actual/360"
    """Calendar days, 360 to a year: the bank's daily rate (人民币利率管理规定)."""
    ACTUAL_365 = "actual/365"


class Segment(NamedTuple):
    """Days [from_on, to_on) on which one balance stood, and the part of it that may be subsidised.

    That part is in term and not overdue.
    """

    from_on: date
    to_on: date
    balance_fen: int
    subsidised_fen: int


def days_of_year(day_count: DayCount) -> int:
    """The day base: what a year's interest is divided by."""
    return 365 if day_count == DayCount.ACTUAL_365 else 360


def days_between(from_on: date, to_on: date, day_count: DayCount) -> int:
    """Days of [from_on, to_on). By 30/360 a whole month has 30, also from 31 January to 28 February."""
    if day_count != DayCount.THIRTY_360:
        return (to_on - from_on).days
    months = 12 * (to_on.year - from_on.year) + to_on.month - from_on.month
    if _are_whole_months_apart(from_on, to_on):
        return 30 * months
    return 30 * months + min(to_on.day, 30) - min(from_on.day, 30)


def interest_fen(
    balance_fen: int,
    *,
    annual_rate_ppm: int,
    days: int,
    day_base: int,
    rounding: Rounding = Rounding.HALF_UP,
) -> int:
    """fen × ppm × days ÷ (1,000,000 × day base), rounded once."""
    return rounded(balance_fen * annual_rate_ppm * days, PPM_WHOLE * day_base, rounding)


class Period(NamedTuple):
    """An interest period [from_on, to_on) as two whole numbers, so that parts of it stay exact.

    A part of a period costs its calendar days' share of the whole: by 30/360 fourteen days of a
    29-day February cost 14/29 of a month.
    """

    counted_days: int
    calendar_days: int
    day_base: int

    @classmethod
    def between(cls, from_on: date, to_on: date, day_count: DayCount) -> "Period":
        """`to_on` lies after `from_on`."""
        counted_days = days_between(from_on, to_on, day_count)
        return cls(counted_days, (to_on - from_on).days, days_of_year(day_count))

    def ratio(self, weight: int) -> tuple[int, int]:
        """Exact interest, as numerator and denominator, of Σ balance fen × rate ppm × calendar days."""
        return weight * self.counted_days, PPM_WHOLE * self.day_base * self.calendar_days


def clip(segments: Sequence[Segment], *, from_on: date, to_on: date) -> tuple[Segment, ...]:
    """What of the segments lies in [from_on, to_on): a quarter's claim out of a loan's life."""
    inside = (
        segment._replace(from_on=max(segment.from_on, from_on), to_on=min(segment.to_on, to_on)) for segment in segments
    )
    return tuple(segment for segment in inside if segment.from_on < segment.to_on)


def _are_whole_months_apart(from_on: date, to_on: date) -> bool:
    """The same day of two months, where a month that is too short has its last day instead."""
    if from_on.day == to_on.day:
        return True
    if to_on.day < from_on.day:
        return to_on.day == monthrange(to_on.year, to_on.month)[1]
    return from_on.day == monthrange(from_on.year, from_on.month)[1]
