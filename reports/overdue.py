"""The cases whose promise is broken today, the longest first, each with whoever has it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from accounts.calendars import calendar_in_force
from records.clock import Reading
from workflows import deadlines
from workflows.assigning import current_assignment
from workflows.models import Application, Assignment
from workflows.models.application import ApplicationQuerySet


@dataclass(frozen=True)
class OverdueCase:
    """One of them; `assignment` is None where it waits for nobody in particular."""

    application: Application
    promise: Reading
    assignment: Assignment | None


def overdue_of(cases: ApplicationQuerySet, *, today: date, at_most: int) -> list[OverdueCase]:
    """`cases` are open and past their due day. Five queries."""
    held = Assignment.objects.filter(ended_at__isnull=True).select_related("organisation", "owner")
    known = cases.select_related("applicant__village__parent", "policy", "loan")
    found = known.prefetch_related("log", "pauses", Prefetch("assignments", held)).order_by("due_on", "pk")[:at_most]
    calendar = calendar_in_force()
    return [_row(case, deadlines.read(case, today=today, calendar=calendar)) for case in found]


def _row(case: Application, clocks: deadlines.CaseClock) -> OverdueCase:
    assert clocks.promise is not None, "what is overdue was promised"
    return OverdueCase(case, clocks.promise, current_assignment(case))
