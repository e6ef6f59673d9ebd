"""Whom the federation has to visit: each running loan with its plan, what is due next first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Prefetch, TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.working_days import Calendar
from loans.models import Loan
from loans.models.loan import LoanState
from records.clock import Reading
from workflows.follow_up_plan import Planned, next_of, plan
from workflows.models import Application, FollowUp
from workflows.models.application import ApplicationQuerySet
from workflows.states import State

SOON: Final = timedelta(days=30)


class Due(TextChoices):
    NOW = "now", _("该回访")
    LATE = "late", _("超期")
    SOON = "soon", _("30 天内")
    ALL = "all", _("全部")


@dataclass(frozen=True)
class DueVisit:
    """One loan and the next visit of its plan. `clock` is None until its window opens."""

    application: Application
    planned: Planned
    clock: Reading | None
    last: FollowUp | None

    @property
    def due_on(self) -> date:
        return self.clock.due_on if self.clock and self.clock.due_on else self.planned.planned_on

    def is_in(self, due: Due, *, today: date) -> bool:
        if due == Due.NOW:
            return self.clock is not None
        if due == Due.LATE:
            return self.clock is not None and self.clock.is_breached
        return due == Due.ALL or self.planned.planned_on <= today + SOON


def running(user: User) -> ApplicationQuerySet:
    """The paid-out cases that she sees whose loan still runs."""
    seen: ApplicationQuerySet = Application.objects.visible_to(user)
    return seen.filter(state=State.DISBURSED, loan__state=LoanState.ACTIVE)


def due_visits(cases: ApplicationQuerySet, *, today: date, calendar: Calendar) -> list[DueVisit]:
    """The next visit of each, what is due first at the top. Two queries, however many loans run."""
    standing = Prefetch("follow_ups", FollowUp.objects.standing(), to_attr="standing_follow_ups")
    found = cases.select_related("loan", "applicant__village__parent", "follow_up_draft__prepared_by")
    rows = (_due_visit(case, today=today, calendar=calendar) for case in found.prefetch_related(standing))
    return sorted((row for row in rows if row), key=lambda row: (row.due_on, row.application.number))


def plan_of(loan: Loan, visits: Iterable[FollowUp]) -> list[Planned]:
    """The plan of a loan that was paid out, with what its visits answered."""
    assert loan.disbursed_on is not None
    assert loan.matures_on is not None
    days = [visit.visited_on for visit in visits]
    return plan(paid_on=loan.disbursed_on, matures_on=loan.matures_on, visited_on=days)


def _due_visit(case: Application, *, today: date, calendar: Calendar) -> DueVisit | None:
    visits: list[FollowUp] = case.standing_follow_ups  # type: ignore[attr-defined]
    assert case.loan is not None
    following = next_of(plan_of(case.loan, visits))
    if following is None:
        return None
    last = max(visits, key=lambda visit: (visit.visited_on, visit.pk), default=None)
    return DueVisit(case, following, following.reading(today=today, calendar=calendar), last)
