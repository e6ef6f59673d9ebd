"""时限对账单: what a month of one office came to: its cases, which were on time, its days by stage, its contests."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q

from accounts.calendars import Calendars
from accounts.models import Organisation, User
from records.clock import Reading
from reports.periods import Period
from workflows import charge_contests, deadlines
from workflows.models import Application, ContestedDay
from workflows.states import HERS_ALONE


@dataclass(frozen=True)
class Line:
    """One case: the office's days of the month by stage, and how many days it contested, got and gave away."""

    application: Application
    promise: Reading
    days: Mapping[str, int]
    contested: int
    moved: int  # to it, less what went from it to others or to nobody

    @property
    def sum_days(self) -> int:
        return sum(self.days.values())


def statement_of(office: Organisation, period: Period, *, user: User, today: date) -> list[Line]:
    """The cases in which a day of the month is charged to the office, was, or is contested by it, by number."""
    alive = Q(ended_on__isnull=True) | Q(ended_on__gte=period.starts_on)
    seen = Application.objects.visible_to(user).filter(alive, promise_started_on__lte=period.ends_on)
    held = seen.filter(Q(assignments__organisation=office) | Q(charge_contests__moved_to=office)).distinct()
    cases = held.exclude(state__in=[str(state) for state in HERS_ALONE]).select_related(
        "applicant__village__parent__parent", "policy", "loan", "guarantor", "bank"
    )
    upheld = Prefetch("charge_contests", charge_contests.upheld())
    calendars, contested = Calendars(), _contested(office, period)
    lines = []
    for case in cases.prefetch_related("log", "pauses", upheld).order_by("number"):
        line = _line(case, office, period, calendars, contested=contested.get(case.pk, 0), today=today)
        if line is not None:
            lines.append(line)
    return lines


def _contested(office: Organisation, period: Period) -> Counter[int]:
    days = ContestedDay.objects.filter(organisation=office, day__gte=period.starts_on, day__lte=period.ends_on)
    return Counter(days.values_list("application", flat=True))


def _line(
    case: Application, office: Organisation, period: Period, calendars: Calendars, *, contested: int, today: date
) -> Line | None:
    calendar = calendars.as_of(list(case.log.all())[-1].at) if case.ended_on else calendars.in_force
    promise = deadlines.read(case, today=today, calendar=calendar).promise
    if promise is None:
        return None
    first = [one for one in deadlines.charges(case, today=today, calendar=calendar) if _is_in(one.day, period)]
    settled = charge_contests.settled(first, case.charge_contests.all())
    before = sum(1 for one in first if one.office == office.short_name)
    days = Counter(one.stage for one in settled if one.office == office.short_name)
    if not days and not before and not contested:
        return None
    return Line(case, promise, days, contested, sum(days.values()) - before)


def _is_in(day: date, period: Period) -> bool:
    return period.starts_on <= day <= period.ends_on
