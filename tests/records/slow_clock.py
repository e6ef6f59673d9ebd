"""A second clock, written to be obviously right: it walks from day to day and keeps a tally.

It shares no code with the real one. Its working days come from the chinesecalendar package, or from a table that
a history brings along: some days turned by later notices, or the whole of a year that no notice has spoken of.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from random import Random

import chinese_calendar

from records.clock import Pause, Stay

ONE_DAY = timedelta(days=1)
LONGEST_LIFE = timedelta(days=120)  # no history below has an event or a day that counts after it
LAST_OFFICIAL = date(2026, 12, 31)
A_NEW_YEAR = date(2027, 1, 1)
END_OF_KNOWLEDGE = date(2027, 1, 31)
Table = Mapping[date, bool]  # worked or rested, whatever the official years say


@cache
def is_workday(day: date) -> bool:
    """The official years; of the January after them only weekends and its first day are known to rest."""
    if day <= LAST_OFFICIAL:
        return bool(chinese_calendar.is_workday(day))
    assert day <= END_OF_KNOWLEDGE, "no history without a table gets so far"
    return day.weekday() < 5 and day != A_NEW_YEAR


@dataclass
class History:
    """What happened to one case. The last stay is open exactly while the clock isn't stopped."""

    started_on: date
    days: int
    pauses: list[Pause]
    stays: list[Stay]
    today: date
    stopped_on: date | None
    valued_on: date | None
    table: Table = field(default_factory=dict)


@dataclass
class Tally:
    counted: list[date] = field(default_factory=list)
    due_on: date | None = None
    used: int = 0
    charged: dict[str, int] = field(default_factory=dict)
    is_breached: bool = False


def walk(history: History) -> Tally:
    """Lives through the history a day at a time."""
    tally = Tally()
    horizon = _horizon(history)
    paused = _paused_days(history.pauses, horizon)
    holder = history.stays[0].office
    day = history.started_on
    while day < horizon:
        # The evening of `day`: what happened in the course of it.
        for stay in history.stays:
            if stay.entered_on == day:
                holder = stay.office
        day += ONE_DAY
        if day in paused or not _works(day, history.table):
            continue
        if len(tally.counted) < history.days:
            tally.counted.append(day)
            if len(tally.counted) == history.days:
                tally.due_on = day
        if _is_used(day, history):
            tally.used += 1
            tally.charged[holder] = tally.charged.get(holder, 0) + 1
    end = history.valued_on or history.stopped_on or history.today
    tally.is_breached = tally.due_on is not None and end > tally.due_on
    return tally


def _horizon(history: History) -> date:
    last = history.started_on + LONGEST_LIFE
    return last if history.table else min(last, END_OF_KNOWLEDGE)


def _works(day: date, table: Table) -> bool:
    return table[day] if day in table else is_workday(day)


def random_tables(random: Random, count: int) -> list[Table]:
    """Calendars that never were: sixty days of an official year turned round, or the years 2027 to 2029 made up."""
    return [_turned_days(random) if random.random() < 0.5 else _made_up_years(random) for _ in range(count)]


def random_history(random: Random, tables: list[Table] | None = None) -> History:
    """A case with hand-overs, rework, overlapping and open pauses, and money valued before its entry.

    It is of 2020–2025, or of the years of one of the tables.
    """
    table = random.choice([{}, *tables]) if tables else {}
    started_on = _start_within(random, table)
    end = started_on + timedelta(days=random.randrange(60))
    is_stopped = random.random() < 0.5
    valued_on = end - timedelta(days=random.randrange(4)) if is_stopped and random.random() < 0.5 else None
    return History(
        started_on=started_on,
        days=random.choice([1, 2, 2, 5, 7, 7, 7, 7, 10]),
        pauses=[_random_pause(random, started_on) for _ in range(random.choice([0, 0, 1, 1, 2, 3]))],
        stays=_random_stays(random, started_on, end, is_stopped),
        today=end + timedelta(days=random.randrange(5)),
        stopped_on=end if is_stopped else None,
        valued_on=valued_on,
        table=table,
    )


def _start_within(random: Random, table: Table) -> date:
    if not table:
        return date(2020, 1, 1) + timedelta(days=random.randrange(2150))
    first, last = min(table), max(table)
    return first + timedelta(days=random.randrange(max(1, (last - first - LONGEST_LIFE).days)))


def _turned_days(random: Random) -> Table:
    first = date(random.randrange(2020, 2025), 1, 1)
    return {day: random.random() < 0.5 for day in (first + timedelta(days=random.randrange(500)) for _ in range(60))}


def _made_up_years(random: Random) -> Table:
    """Every day has its word, the first of October rests as in every notice."""
    days = [A_NEW_YEAR + timedelta(days=n) for n in range((date(2030, 1, 1) - A_NEW_YEAR).days)]
    return {day: random.random() < 0.7 and (day.month, day.day) != (10, 1) for day in days}


def _is_used(day: date, history: History) -> bool:
    if history.valued_on:
        return day <= history.valued_on
    if history.stopped_on:
        return day <= history.stopped_on
    return day < history.today


def _paused_days(pauses: list[Pause], horizon: date) -> set[date]:
    days = set()
    for pause in pauses:
        day = pause.started_on
        while day <= (pause.ended_on or horizon):
            days.add(day)
            day += ONE_DAY
    return days


def _random_pause(random: Random, started_on: date) -> Pause:
    first = started_on + timedelta(days=random.randrange(-3, 30))
    is_open = random.random() < 0.15
    return Pause(first, None if is_open else first + timedelta(days=random.randrange(15)), reason="papers")


def _random_stays(random: Random, started_on: date, end: date, is_stopped: bool) -> list[Stay]:
    span = (end - started_on).days
    moves = sorted(started_on + timedelta(days=random.randint(0, span)) for _ in range(random.randrange(5)))
    bounds = [started_on, *moves]
    return [
        Stay(random.choice(["town", "city", "guarantor", "bank"]), "stage", entered_on, left_on)
        for entered_on, left_on in zip(bounds, [*moves, end if is_stopped else None], strict=True)
    ]
