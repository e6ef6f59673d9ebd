"""Until when an office answers what she said: its own clock in working days, computed from the day on which she did."""

from datetime import date

from django.utils import timezone

from accounts.calendars import calendar_in_force
from accounts.working_days import Calendar
from records import clock
from records.clock import Reading
from workflows.matter_kinds import RULES, MatterKind
from workflows.models import Application, Matter, MatterTransition
from workflows.models.matter import UNSETTLED


def reading(matter: Matter, *, today: date, calendar: Calendar | None = None) -> Reading:
    """The clock as it stands today, or as it stood when she was answered. Nothing pauses it: nobody waits for her."""
    answered = answered_by(matter)
    return clock.read(
        started_on=timezone.localdate(matter.said_at),
        days=RULES[matter.kind].days,
        pauses=(),
        calendar=calendar or calendar_in_force(),
        today=today,
        stopped_on=timezone.localdate(answered.at) if answered else None,
    )


def answered_by(matter: Matter) -> MatterTransition | None:
    """The row that settled it; None while somebody still has to answer. Uses what was prefetched."""
    if matter.state in UNSETTLED:
        return None
    rows = list(matter.log.all())
    return rows[-1] if rows else None


def due_on(matter: Matter, *, calendar: Calendar | None = None) -> date:
    """The last day on which the answer is in time."""
    calendar = calendar or calendar_in_force()
    return calendar.nth_working_day_after(timezone.localdate(matter.said_at), RULES[matter.kind].days)


def appeal_of(application: Application) -> Matter | None:
    """The appeal against the refusal that stands; None where she made none. Uses what was prefetched."""
    made = (one for one in application.matters.all() if one.kind == MatterKind.APPEAL)
    return next((one for one in made if one.about_version == application.version), None)
