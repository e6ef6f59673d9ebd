"""How long it took from acceptance to the money, in working days of the promise, and from submission, in days."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

from accounts.calendars import Calendars
from workflows import deadlines
from workflows.models import Application
from workflows.models.application import ApplicationQuerySet

_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Durations:
    """Means over the cases that were paid, to a tenth; None where there were none."""

    working_days: Decimal | None
    days_since_submission: Decimal | None


def durations(paid: ApplicationQuerySet) -> Durations:
    """`paid` are cases with the money. Pauses don't count in the first mean, but do in the second, as she waited."""
    calendars = Calendars()
    used: list[int] = []
    waited: list[int] = []
    for case in paid.select_related("policy", "loan", "applicant__village__parent").prefetch_related("log", "pauses"):
        used.append(_used_days(case, calendars))
        assert case.loan is not None
        assert case.loan.disbursed_on is not None
        assert case.submitted_at is not None
        waited.append((case.loan.disbursed_on - timezone.localdate(case.submitted_at)).days)
    return Durations(_mean(used), _mean(waited))


def _used_days(case: Application, calendars: Calendars) -> int:
    """Counted with what was known of the calendar when it ended, as its own page counts."""
    ended_at = list(case.log.all())[-1].at
    clocks = deadlines.read(case, today=timezone.localdate(ended_at), calendar=calendars.as_of(ended_at))
    assert clocks.promise is not None, "a case is paid after it was accepted"
    return clocks.promise.used


def _mean(days: list[int]) -> Decimal | None:
    if not days:
        return None
    return (Decimal(sum(days)) / len(days)).quantize(_TENTH, rounding=ROUND_HALF_UP)
