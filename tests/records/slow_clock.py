"""A second clock, written to be obviously right: it walks from day to day and keeps a tally.

It shares no code with the real one. Its working days come from the chinesecalendar package.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from random import Random

import chinese_calendar

from records.clock import Pause, Stay

ONE_DAY = timedelta(days=1)
LONGEST_LIFE = timedelta(days=120)  # no history below has an event or a day that counts after it
END_OF_TABLE = date(2026, 12, 31)
is_workday = cache(chinese_calendar.is_workday)


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
    horizon = min(history.started_on + LONGEST_LIFE, END_OF_TABLE)
    paused = _paused_days(history.pauses, horizon)
    holder = history.stays[0].office
    day = history.started_on
    while day < horizon:
        # The evening of `day`: what happened in the course of it.
        for stay in history.stays:
            if stay.entered_on == day:
                holder = stay.office
        day += ONE_DAY
        if not is_workday(day) or day in paused:
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


def random_history(random: Random) -> History:
    """A case of 2020–2025: hand-overs, rework, overlapping and open pauses, money valued before its entry."""
    started_on = date(2020, 1, 1) + timedelta(days=random.randrange(2150))
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
    )


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
