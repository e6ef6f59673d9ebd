"""Whom a clock has to alarm, and since when: the levels that its reading has reached at a moment.

Each level is raised once for a clock; who has been told already is the caller's to remember. A stopped
clock alarms nobody.
"""

from datetime import datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from records.clock import Reading

SHANGHAI = ZoneInfo("Asia/Shanghai")
LAST_DAY_NOTICE = time(9, 0)  # when the offices open: there is a whole day left to act


class Level(StrEnum):
    """Half and three quarters of the promise used, its last day, its breach; of a stage the last two."""

    PROMISE_DAY_4 = "promise_day_4"
    PROMISE_DAY_6 = "promise_day_6"
    PROMISE_LAST_DAY = "promise_last_day"
    PROMISE_BREACHED = "promise_breached"
    STAGE_LAST_DAY = "stage_last_day"
    STAGE_BREACHED = "stage_breached"


WARNINGS = ((4, Level.PROMISE_DAY_4), (6, Level.PROMISE_DAY_6))


def promise_escalations_due(reading: Reading, *, now: datetime) -> list[Level]:
    """The levels of a promise reached by `now` (aware), the mildest first.

    Days 4 and 6 are reached at midnight as they begin, the last day at nine, the breach at midnight after
    it. A promise shorter than seven days skips the warnings that would fall on its last day or later.
    """
    if reading.is_stopped:
        return []
    local = _in_shanghai(now)
    reached = [level for day, level in WARNINGS if day < reading.days and _has_begun(reading, day, local)]
    if reading.due_on is None:
        return reached
    if local >= datetime.combine(reading.due_on, LAST_DAY_NOTICE, SHANGHAI):
        reached.append(Level.PROMISE_LAST_DAY)
    if local.date() > reading.due_on:
        reached.append(Level.PROMISE_BREACHED)
    return reached


def stage_escalations_due(reading: Reading, *, now: datetime) -> list[Level]:
    """The levels of a stage reached by `now` (aware): its last day as it begins, its breach as it ends."""
    if reading.is_stopped or reading.due_on is None:
        return []
    today = _in_shanghai(now).date()
    reached = []
    if today >= reading.due_on:
        reached.append(Level.STAGE_LAST_DAY)
    if today > reading.due_on:
        reached.append(Level.STAGE_BREACHED)
    return reached


def _has_begun(reading: Reading, day: int, local: datetime) -> bool:
    return len(reading.counted) >= day and reading.counted[day - 1] <= local.date()


def _in_shanghai(now: datetime) -> datetime:
    assert now.tzinfo is not None, "a moment without a time zone is no moment"
    return now.astimezone(SHANGHAI)
