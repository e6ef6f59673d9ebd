"""The visits after the money that were due in a period, and whether each was made by its last day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from accounts.calendars import calendar_in_force
from accounts.working_days import Calendar
from reports.periods import Period
from workflows.follow_up_due import plan_of
from workflows.models import Application, FollowUp
from workflows.models.application import ApplicationQuerySet
from workflows.states import State


@dataclass(frozen=True)
class VisitDue:
    """One visit of a plan whose last day is over."""

    application: Application
    due_on: date
    done_on: date | None

    @property
    def is_on_time(self) -> bool:
        return self.done_on is not None and self.done_on <= self.due_on


def visits_due(cases: ApplicationQuerySet, *, period: Period, today: date) -> list[VisitDue]:
    """In three queries. A visit that is due today may still be made in time, and isn't among them."""
    calendar = calendar_in_force()
    standing = Prefetch("follow_ups", FollowUp.objects.standing(), to_attr="standing_follow_ups")
    paid = cases.filter(state=State.DISBURSED).select_related("loan", "applicant__village__parent")
    last = [
        visit
        for case in paid.prefetch_related(standing).order_by("pk")
        for visit in _visits(case, calendar)
        if period.starts_on <= visit.due_on <= period.ends_on and visit.due_on < today
    ]
    return sorted(last, key=lambda visit: (visit.due_on, visit.application.number))


def _visits(case: Application, calendar: Calendar) -> Iterator[VisitDue]:
    visits: list[FollowUp] = case.standing_follow_ups  # type: ignore[attr-defined]
    assert case.loan is not None
    for planned in plan_of(case.loan, visits):
        day = planned.planned_on
        last = day if calendar.is_working(day) else calendar.next_working_day(day)
        yield VisitDue(case, last, planned.done_on)
