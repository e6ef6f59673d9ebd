"""On which days instalments fall due."""

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum


class Frequency(StrEnum):
    """How often something falls due."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"

    @property
    def months(self) -> int:
        return 3 if self is Frequency.QUARTERLY else 1


def due_dates(
    start_on: date, *, periods: int, frequency: Frequency, settlement_day: int | None = None
) -> tuple[date, ...]:
    """The due dates of a term of `periods` months or quarters; the last is the maturity.

    Counted from the start: the same day of every following month or quarter, or the month's last day where
    it is too short. With a settlement day (结息日) interest runs through that day and is charged on the next,
    each month or in March, June, September and December: a first and a last period may be short, and the
    maturity stays where the term puts it.
    """
    months = Frequency(frequency).months
    maturity_on = add_months(start_on, periods * months)
    if settlement_day is None:
        return (*(add_months(start_on, number * months) for number in range(1, periods)), maturity_on)
    return (
        *_days_after_settlement(start_on, maturity_on, months=months, settlement_day=settlement_day),
        maturity_on,
    )


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or that month's last day: 31 January + 1 is 28 February."""
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    if day.day <= 28:  # every month has it, and no calendar need be asked
        return date(year, month + 1, day.day)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _days_after_settlement(start_on: date, maturity_on: date, *, months: int, settlement_day: int) -> list[date]:
    """The days strictly between start and maturity on which settled interest is charged."""
    days = []
    month_on = date(start_on.year, start_on.month, 1)
    while month_on < maturity_on:
        last_day = monthrange(month_on.year, month_on.month)[1]
        charged_on = month_on.replace(day=min(settlement_day, last_day)) + timedelta(days=1)
        if month_on.month % months == 0 and start_on < charged_on < maturity_on:
            days.append(charged_on)
        month_on = add_months(month_on, 1)
    return days
