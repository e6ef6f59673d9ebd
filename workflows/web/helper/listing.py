"""The women whom a helper fills in for: how far each case is, and what the helper can do now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from accounts.calendars import calendar_in_force
from accounts.models import User
from applicants.models import Mandate
from applicants.models.mandate import Route
from records.clock import Reading
from workflows import deadlines, doorsteps
from workflows.models import Application
from workflows.states import FINAL, HERS_ALONE, State
from workflows.web.apply.chosen import cases_of

# Newest first; whoever helped more women than this finds the others with the town.
ROWS_MAX = 100


@dataclass(frozen=True)
class HelpedRow:
    """One case of one woman."""

    case: Application
    mandate: Mandate
    promise: Reading | None
    today: date
    is_undelivered: bool

    @property
    def has_begun(self) -> bool:
        """Whether it was handed in: only then is there a clock to show."""
        return self.case.state not in HERS_ALONE and self.case.state not in FINAL

    @property
    def has_leave(self) -> bool:
        return self.mandate.valid_until_on >= self.today

    @property
    def can_fill(self) -> bool:
        return bool(self.case.state == State.DRAFT) and self.has_leave

    @property
    def waits_for_her(self) -> bool:
        return bool(self.case.state == State.AWAITING_CONSENT)

    @property
    def can_supply(self) -> bool:
        return bool(self.case.state == State.SUPPLEMENT) and self.mandate.may_supply and self.has_leave

    @property
    def has_link(self) -> bool:
        return bool(self.mandate.route == Route.LINK)

    @property
    def can_begin_again(self) -> bool:
        return self.case.state in (State.EXPIRED, State.WITHDRAWN) and self.has_leave


def rows_of(helper: User, *, today: date) -> Iterator[HelpedRow]:
    mine = Mandate.objects.standing().filter(helper=helper).order_by("-pk")
    cases = cases_of(helper).filter(applicant__mandates__in=mine).distinct().order_by("-pk")
    found = cases.prefetch_related("log", "pauses", Prefetch("applicant__mandates", mine))
    calendar = calendar_in_force()
    undelivered = set(doorsteps.undelivered().filter(helper=helper).values_list("pk", flat=True))
    for case in found[:ROWS_MAX]:
        # Closed cases show no clock, so the calendar of their end isn't asked for.
        promise = deadlines.read(case, today=today, calendar=calendar).promise
        mandate = case.applicant.mandates.all()[0]
        yield HelpedRow(case, mandate, promise, today, is_undelivered=mandate.pk in undelivered)
