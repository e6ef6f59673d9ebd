"""When a woman is visited after the money (跟踪服务): a month after it, every quarter, and before the loan is due.

Nothing is counted up: the plan follows from the day of the money and the day on which the loan matures, and a visit
that was written down answers whatever was open on its day.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import count
from typing import Final

from accounts.working_days import Calendar
from loans.due_dates import add_months
from records import clock
from records.clock import Reading

# So long before its day a visit may be made and counts for it.
WINDOW: Final = timedelta(days=14)
BEFORE_MATURITY: Final = timedelta(days=30)
QUARTER_MONTHS: Final = 3


class Occasion(StrEnum):
    FIRST_MONTH = "first_month"
    QUARTER = "quarter"
    BEFORE_MATURITY = "before_maturity"


@dataclass(frozen=True, slots=True)
class Planned:
    """One visit of the plan; `done_on` is the day of the visit that answered it."""

    occasion: Occasion
    planned_on: date
    done_on: date | None

    @property
    def opens_on(self) -> date:
        return self.planned_on - WINDOW

    def is_open(self, today: date) -> bool:
        """Whether somebody has to go there now."""
        return self.done_on is None and self.opens_on <= today

    def reading(self, *, today: date, calendar: Calendar) -> Reading | None:
        """Its clock, in working days as every other; None before its window. A day of rest moves it to the next."""
        if self.done_on is None and today < self.opens_on:
            return None
        rests = not calendar.is_working(self.planned_on)
        last = calendar.next_working_day(self.planned_on) if rests else self.planned_on
        days = calendar.count_between(self.opens_on, last)
        return clock.read(
            started_on=self.opens_on, days=days, pauses=(), calendar=calendar, today=today, stopped_on=self.done_on
        )


def plan(*, paid_on: date, matures_on: date, visited_on: Collection[date]) -> list[Planned]:
    """All visits of one loan in their order. The one before maturity comes in place of a quarter that falls near it."""
    visits = sorted(visited_on)
    return [
        Planned(occasion, day, next((visit for visit in visits if visit >= day - WINDOW), None))
        for occasion, day in _days(paid_on, matures_on)
    ]


def next_of(planned: Collection[Planned]) -> Planned | None:
    """The first that nobody has made yet."""
    return next((one for one in planned if one.done_on is None), None)


def _days(paid_on: date, matures_on: date) -> Iterator[tuple[Occasion, date]]:
    last = matures_on - BEFORE_MATURITY
    first = add_months(paid_on, 1)
    if first < last - WINDOW:
        yield Occasion.FIRST_MONTH, first
    for number in count(1):
        day = add_months(paid_on, QUARTER_MONTHS * number)
        if day >= last - WINDOW:
            break
        yield Occasion.QUARTER, day
    yield Occasion.BEFORE_MATURITY, last
