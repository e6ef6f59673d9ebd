"""The clock of a promise or of a stage: what events, pauses and the calendar of working days make of it.

Nothing is counted up or stored: every figure is computed from what happened, so that a missed job, a late
entry or a new calendar can't leave a wrong one behind.

How days are counted (after Civil Code 201 and 203, by analogy, since a promise is no statutory period):

- The day on which the clock starts isn't counted. Day 1 is the first working day after it, and the clock is
  due at the end of day n (24:00 in Asia/Shanghai).
- A pause takes out its first day, every day in it and the day on which it ends. Pauses that overlap take a
  day out once. While a pause is open nobody can say when the clock is due, unless day n was over before it
  began.
- A running clock has used the counted days that are complete, those before today: on the last day one is
  left. A stopped one has used the counted days through its end: paid on day 5 means that 5 days were used.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice, takewhile

from accounts.working_days import Calendar


@dataclass(frozen=True, slots=True)
class Pause:
    """A time in which the clock stands still. `ended_on` is None while it is open."""

    started_on: date
    ended_on: date | None
    reason: str

    def __post_init__(self) -> None:
        assert self.ended_on is None or self.started_on <= self.ended_on, self

    def takes_out(self, day: date) -> bool:
        return self.started_on <= day and (self.ended_on is None or day <= self.ended_on)

    def holds_on(self, day: date) -> bool:
        """Whether the case still waits when the day is over: not on the day that the pause ends."""
        return self.started_on <= day and (self.ended_on is None or day < self.ended_on)


@dataclass(frozen=True, slots=True)
class Stay:
    """One visit of a case to a stage, in the hands of one office. `left_on` is None while it is there."""

    office: str
    stage: str
    entered_on: date
    left_on: date | None


@dataclass(frozen=True, slots=True)
class Charge:
    """One used day of a promise, the office it is charged to, and the stage it went to."""

    day: date
    office: str
    stage: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a clock is due. `counted` are its days 1 to n, or those before the open pause that hides the rest.

    `provisional` says that a notice still to come may move it: a day that decides it is only estimated.
    """

    due_on: date | None
    provisional: bool
    counted: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a clock shows on a day.

    `left` is `days − used`: 1 on the last day, 0 or less after it. `counted` are days 1 to n as they fall,
    also those still to come. `days_over` is how many working days late it is, today included: 1 on the
    first day after it was due, and on the days of rest before that one; 0 while it isn't breached.
    """

    started_on: date
    due_on: date | None
    provisional: bool
    used: int
    left: int
    days: int
    days_over: int
    is_paused: bool
    pause_reason: str
    is_stopped: bool
    is_breached: bool
    counted: tuple[date, ...]


def read(
    *,
    started_on: date,
    days: int,
    pauses: Collection[Pause],
    calendar: Calendar,
    today: date,
    stopped_on: date | None = None,
    valued_on: date | None = None,
) -> Reading:
    """The clock as it stands today, or as it stood when it was stopped.

    `valued_on` is the bank's value date of the payment that stopped it. It decides, not the day the payment
    was recorded: money that came in time is in time however late the entry.
    """
    assert valued_on is None or stopped_on is not None, "a value date belongs to a payment that stopped it"
    ended_on = valued_on or stopped_on
    promised = deadline(started_on, days=days, pauses=pauses, calendar=calendar)
    used = len(_used_days(started_on, pauses, calendar, today=today, ended_on=ended_on))
    is_breached = promised.due_on is not None and promised.due_on < (ended_on or today)
    pause = None if ended_on else _pause_in_force(pauses, today)
    return Reading(
        started_on=started_on,
        due_on=promised.due_on,
        provisional=promised.provisional,
        used=used,
        left=days - used,
        days=days,
        days_over=_days_over(promised, pauses, calendar, through=ended_on or today) if is_breached else 0,
        is_paused=pause is not None,
        pause_reason=pause.reason if pause else "",
        is_stopped=ended_on is not None,
        is_breached=is_breached,
        counted=promised.counted,
    )


def deadline(started_on: date, *, days: int, pauses: Collection[Pause], calendar: Calendar) -> Deadline:
    """When a clock of so many working days is due. Without a due day if the year 9999 is over first."""
    assert days >= 1, days
    counted = tuple(islice(_counted_days(started_on, pauses, calendar), days))
    is_known = len(counted) == days
    decided_through = counted[-1] if is_known else _first_open(pauses)
    return Deadline(
        due_on=counted[-1] if is_known else None,
        provisional=_is_estimated(started_on, pauses, calendar, through=decided_through),
        counted=counted,
    )


def charged_days(
    stays: Sequence[Stay],
    *,
    started_on: date,
    pauses: Collection[Pause],
    calendar: Calendar,
    today: date,
    stopped_on: date | None = None,
    valued_on: date | None = None,
) -> dict[str, int]:
    """How many used days of a promise are charged to each office; offices that are charged nothing are left out."""
    days = charges(
        stays,
        started_on=started_on,
        pauses=pauses,
        calendar=calendar,
        today=today,
        stopped_on=stopped_on,
        valued_on=valued_on,
    )
    return dict(Counter(one.office for one in days))


def charges(
    stays: Sequence[Stay],
    *,
    started_on: date,
    pauses: Collection[Pause],
    calendar: Calendar,
    today: date,
    stopped_on: date | None = None,
    valued_on: date | None = None,
) -> list[Charge]:
    """The used days of a promise with the office each is charged to; `stays` in the order they began.

    A day belongs to the office that held the case when the day began: handing it on at noon doesn't give
    the day away. Work that is returned is simply another stay of the office it returns to. Every used day
    is charged once, so the figures add up to `used` of the promise's `Reading`.
    """
    assert stays, "a promise that runs is in somebody's hands"
    entered = [stay.entered_on for stay in stays]
    assert entered == sorted(entered), "stays come in the order in which they began"
    used = _used_days(started_on, pauses, calendar, today=today, ended_on=valued_on or stopped_on)
    # The last stay that began before the day. What comes before the first stay is the first holder's too.
    held = ((day, stays[max(0, bisect_left(entered, day) - 1)]) for day in used)
    return [Charge(day, stay.office, stay.stage) for day, stay in held]


def _counted_days(started_on: date, pauses: Collection[Pause], calendar: Calendar) -> Iterator[date]:
    working = calendar.working_days_after(started_on)
    if not pauses:
        return working
    first_open = _first_open(pauses)
    known = takewhile(lambda day: day < first_open, working)
    return (day for day in known if not _is_taken_out(day, pauses))


def _used_days(
    started_on: date, pauses: Collection[Pause], calendar: Calendar, *, today: date, ended_on: date | None
) -> list[date]:
    counted = _counted_days(started_on, pauses, calendar)
    if ended_on is None:
        return list(takewhile(lambda day: day < today, counted))
    return list(takewhile(lambda day: day <= ended_on, counted))


def _days_over(promised: Deadline, pauses: Collection[Pause], calendar: Calendar, *, through: date) -> int:
    assert promised.due_on is not None
    late = _counted_days(promised.due_on, pauses, calendar)
    return max(1, sum(1 for _ in takewhile(lambda day: day <= through, late)))


def _is_estimated(started_on: date, pauses: Collection[Pause], calendar: Calendar, *, through: date) -> bool:
    """Whether an estimated day has a say. One that a pause takes out has none, worked or rested."""
    return any(not _is_taken_out(day, pauses) for day in calendar.provisional_days(started_on, through))


def _is_taken_out(day: date, pauses: Collection[Pause]) -> bool:
    return any(pause.takes_out(day) for pause in pauses)


def _first_open(pauses: Collection[Pause]) -> date:
    return min((pause.started_on for pause in pauses if pause.ended_on is None), default=date.max)


def _pause_in_force(pauses: Collection[Pause], day: date) -> Pause | None:
    """The pause that holds the clock at the end of the day, the one begun last if several do."""
    holding = [pause for pause in pauses if pause.holds_on(day)]
    return max(holding, key=lambda pause: pause.started_on, default=None)
