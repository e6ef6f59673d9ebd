"""How many working days the cases of a place spent in each stage, without the days on which the clock stood still."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Final

from django.utils import timezone

from accounts.calendars import Calendars
from records import clock
from workflows.deadlines import STAGE_OF, budget_days
from workflows.models import Application
from workflows.models.application import ApplicationQuerySet
from workflows.states import State

_TENTH: Final = Decimal("0.1")
_INTERRUPTIONS: Final = (State.SUPPLEMENT, State.FROZEN)


def mean_stage_days(paid: ApplicationQuerySet, *, by: Callable[[Application], str]) -> dict[str, dict[str, Decimal]]:
    """By place, and by stage in the order of the way. `paid` are cases with the money; four queries."""
    calendars = Calendars()
    found: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for case in paid.select_related("policy", "loan", "applicant__village").prefetch_related("log", "pauses"):
        place = found[by(case)]
        for stage, days in _stays(case, calendars):
            place[stage].append(days)
    return {place: {stage: _mean(days) for stage, days in stages.items()} for place, stages in found.items()}


def _stays(case: Application, calendars: Calendars) -> Iterator[tuple[str, int]]:
    """Each stage it went through, with its used days; two visits to one stage are two."""
    log = list(case.log.all())
    calendar = calendars.as_of(log[-1].at)
    pauses = [clock.Pause(one.started_on, one.ended_on, one.reason) for one in case.pauses.all()]
    marks = [
        (STAGE_OF.get(row.target, ""), timezone.localdate(row.at)) for row in log if row.target not in _INTERRUPTIONS
    ]
    changes = [mark for place, mark in enumerate(marks) if not place or marks[place - 1][0] != mark[0]]
    for (stage, entered_on), (_next, left_on) in pairwise(changes):
        if stage:
            reading = clock.read(
                started_on=entered_on,
                days=budget_days(case.policy, stage),
                pauses=[one for one in pauses if one.ended_on is None or one.ended_on >= entered_on],
                calendar=calendar,
                today=left_on,
                stopped_on=left_on,
            )
            yield stage, reading.used


def _mean(days: list[int]) -> Decimal:
    return (Decimal(sum(days)) / len(days)).quantize(_TENTH, rounding=ROUND_HALF_UP)
