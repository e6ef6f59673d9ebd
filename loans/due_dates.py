"""On which days instalments fall due."""

from calendar import isleap
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from accounts.working_days import Calendar

_IN_EVERY_MONTH = 28
_ONE_DAY = timedelta(days=1)
_DAYS_OF_MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Frequency(StrEnum):
    """How often something falls due."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"

    @property
    def months(self) -> int:
        return 3 if self is Frequency.QUARTERLY else 1


class RestDayRule(StrEnum):
    """What becomes of a due date on a day of rest."""

    STAY = "stay"
    """It stays: the bank's system collects every day."""
    NEXT_WORKING_DAY = "next_working_day"
    """顺延."""
    PREVIOUS_WORKING_DAY = "previous_working_day"
    """提前."""


class RestDays(NamedTuple):
    """Which way due dates move off days of rest, and the calendar that says which days those are."""

    rule: RestDayRule
    calendar: Calendar

    def moved(self, day: date) -> date:
        """The day itself where it is worked."""
        if self.rule == RestDayRule.STAY or self.calendar.is_working(day):
            return day
        if self.rule == RestDayRule.NEXT_WORKING_DAY:
            return self.calendar.next_working_day(day)
        while not self.calendar.is_working(day):
            day -= _ONE_DAY
        return day


def due_dates(
    start_on: date,
    *,
    periods: int,
    frequency: Frequency,
    settlement_day: int | None = None,
    rest_days: RestDays | None = None,
) -> tuple[date, ...]:
    """The due dates of a term of `periods` months or quarters; the last is the maturity.

    Counted from the start: the same day of every following month or quarter, or the month's last day where
    it is too short. With a settlement day (结息日) interest runs through that day and is charged on the next,
    each month or in March, June, September and December: a first and a last period may be short, and the
    maturity stays where the term puts it.

    `rest_days` may move them, the maturity too; the next is still counted from the start, not from a moved
    one. Two that would meet on one day are one, and none falls on the start.
    """
    days = _as_counted(start_on, periods=periods, frequency=frequency, settlement_day=settlement_day)
    if rest_days is None:
        return days
    return tuple(sorted({moved for moved in map(rest_days.moved, days) if moved > start_on}))


def _as_counted(start_on: date, *, periods: int, frequency: Frequency, settlement_day: int | None) -> tuple[date, ...]:
    months = Frequency(frequency).months
    if settlement_day is None:
        first, day = _month_number(start_on) + months, start_on.day
        numbers = range(first, first + periods * months, months)
        if day <= _IN_EVERY_MONTH:
            return tuple([date(number // 12, number % 12 + 1, day) for number in numbers])
        return tuple([_day_of_month(number, day) for number in numbers])
    maturity_on = add_months(start_on, periods * months)
    return (
        *_days_after_settlement(start_on, maturity_on, months=months, settlement_day=settlement_day),
        maturity_on,
    )


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or that month's last day: 31 January + 1 is 28 February."""
    return _day_of_month(_month_number(day) + months, day.day)


def _days_after_settlement(start_on: date, maturity_on: date, *, months: int, settlement_day: int) -> list[date]:
    """The days strictly between start and maturity on which settled interest is charged."""
    days = []
    for number in range(_month_number(start_on), _month_number(maturity_on) + 1):
        if (number + 1) % months == 0:
            charged_on = _day_of_month(number, settlement_day) + _ONE_DAY
            if start_on < charged_on < maturity_on:
                days.append(charged_on)
    return days


def _month_number(day: date) -> int:
    """Months since the year 0; 12 of them are a year, so that January's has no remainder."""
    return 12 * day.year + day.month - 1


def _day_of_month(number: int, day: int) -> date:
    """That day of the month of that number, or its last."""
    year, month = divmod(number, 12)
    if day <= _IN_EVERY_MONTH:
        return date(year, month + 1, day)
    return date(year, month + 1, min(day, 29 if month == 1 and isleap(year) else _DAYS_OF_MONTHS[month]))
