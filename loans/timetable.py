"""When a loan's periods end and how many days each counts. Asked again for the same days, it is remembered."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from itertools import repeat
from operator import sub
from typing import NamedTuple

from loans.due_dates import Frequency, RestDays, due_dates
from loans.interest import DayCount, days_between

# A year of payout days by the terms and day counts that offices use; each entry is a few kilobytes.
REMEMBERED = 2_048


class Timetable(NamedTuple):
    """Period number i runs from `starts[i]` to `due_dates[i]`, and its interest counts `days[i]`."""

    starts: tuple[date, ...]
    due_dates: tuple[date, ...]
    days: tuple[int, ...]


@lru_cache(maxsize=REMEMBERED)
def timetable(
    start_on: date,
    periods: int,
    frequency: Frequency,
    settlement_day: int | None,
    day_count: DayCount,
    rest_days: RestDays | None = None,
) -> Timetable:
    """The periods of a term, as loans/due_dates.py has them."""
    ends = due_dates(start_on, periods=periods, frequency=frequency, settlement_day=settlement_day, rest_days=rest_days)
    starts = (start_on, *ends[:-1])
    days: Iterable[int]
    if day_count != DayCount.THIRTY_360:
        ordinals = [start_on.toordinal(), *map(date.toordinal, ends)]
        days = map(sub, ordinals[1:], ordinals)
    elif settlement_day is None and rest_days is None:
        days = repeat(30 * Frequency(frequency).months, periods)
    else:
        days = map(days_between, starts, ends, repeat(day_count))
    return Timetable(starts, ends, tuple(days))
