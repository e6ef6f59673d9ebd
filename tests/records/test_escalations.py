from datetime import UTC, date, datetime
from typing import Any

import pytest

from accounts.working_days import Calendar
from records.clock import Pause, Reading, read
from records.escalations import (
    SHANGHAI,
    Level,
    promise_escalations_due,
    stage_escalations_due,
)

MONDAY = date(2026, 9, 28)  # days: 9-29, 9-30, 10-8, 10-9 (day 4), 10-10, 10-12 (day 6), 10-13 (day 7)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=SHANGHAI)


def reading(
    now: datetime, *, days: int = 7, pauses: list[Pause] | None = None, stopped_on: date | None = None
) -> Reading:
    return read(
        started_on=MONDAY,
        days=days,
        pauses=pauses or [],
        calendar=Calendar(),
        today=now.astimezone(SHANGHAI).date(),
        stopped_on=stopped_on,
    )


def promise_levels(text: str, **history: Any) -> list[Level]:
    return promise_escalations_due(reading(at(text), **history), now=at(text))


@pytest.mark.parametrize(
    ("now", "levels"),
    [
        ("10-08T23:59:59", []),
        ("10-09T00:00", ["promise_day_4"]),
        ("10-11T23:59:59", ["promise_day_4"]),
        ("10-12T00:00", ["promise_day_4", "promise_day_6"]),
        ("10-13T08:59:59", ["promise_day_4", "promise_day_6"]),
        ("10-13T09:00", ["promise_day_4", "promise_day_6", "promise_last_day"]),
        ("10-13T23:59:59", ["promise_day_4", "promise_day_6", "promise_last_day"]),
        ("10-14T00:00", ["promise_day_4", "promise_day_6", "promise_last_day", "promise_breached"]),
    ],
)
def test_the_promise_alarms_on_day_four_and_six_at_nine_on_the_last_and_when_broken(now, levels):
    assert promise_levels(now) == levels


@pytest.mark.parametrize(
    ("now", "levels"),
    [
        ("09-29T23:59:59", []),
        ("09-30T00:00", ["stage_last_day"]),
        ("10-01T00:00", ["stage_last_day", "stage_breached"]),
    ],
)
def test_a_stage_alarms_on_its_last_day_and_when_broken(now, levels):
    assert stage_escalations_due(reading(at(now), days=2), now=at(now)) == levels


def test_a_moment_is_taken_to_shanghai_first():
    evening_in_london = datetime(2026, 10, 13, 16, 0, tzinfo=UTC)  # midnight after the last day in Shanghai
    assert Level.PROMISE_BREACHED in promise_escalations_due(reading(evening_in_london), now=evening_in_london)


def test_a_moment_without_a_zone_is_a_mistake_of_the_program():
    with pytest.raises(AssertionError):
        promise_escalations_due(reading(at("10-13T09:00")), now=datetime(2026, 10, 13, 9, 0))  # noqa: DTZ001


def test_a_day_that_a_pause_takes_out_alarms_nobody():
    pauses = [Pause(date(2026, 10, 9), None, "papers")]
    assert promise_levels("10-20T12:00", pauses=pauses) == []
    assert stage_escalations_due(reading(at("10-20T12:00"), pauses=pauses), now=at("10-20T12:00")) == []


def test_a_day_reached_before_the_pause_stays_reached():
    assert promise_levels("10-20T12:00", pauses=[Pause(date(2026, 10, 10), None, "papers")]) == ["promise_day_4"]


def test_a_breach_is_told_also_while_the_case_is_paused():
    levels = promise_levels("10-20T12:00", pauses=[Pause(date(2026, 10, 15), None, "papers")])
    assert "promise_breached" in levels


def test_a_stopped_clock_alarms_nobody():
    stopped = reading(at("10-20T12:00"), stopped_on=date(2026, 10, 20))
    assert stopped.is_breached
    assert promise_escalations_due(stopped, now=at("10-20T12:00")) == []
    assert stage_escalations_due(stopped, now=at("10-20T12:00")) == []


def test_a_short_promise_does_not_warn_of_its_last_day_twice():
    assert promise_levels("10-09T12:00", days=4) == ["promise_last_day"]
