"""How long a case waits for her, or for room, before it lapses: by policy, from the log and the calendar."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from accounts.calendars import calendar_in_force
from accounts.working_days import Calendar
from workflows.missing_items import open_request
from workflows.models import Application
from workflows.states import EXPIRING, State


def due_to_expire(*, at: datetime) -> Iterator[Application]:
    """The cases whose time is over, whoever's they are."""
    calendar = calendar_in_force()
    waiting = Application.objects.filter(state__in=EXPIRING).select_related("policy").prefetch_related("log")
    for application in waiting.order_by("pk"):
        if is_due(application, at=at, calendar=calendar):
            yield application


def is_due(application: Application, *, at: datetime, calendar: Calendar) -> bool:
    return application.state in EXPIRING and at >= lapses_at(application, calendar=calendar)


def lapses_at(application: Application, *, calendar: Calendar) -> datetime:
    """The moment from which the case may be closed. Days end at midnight after the last one."""
    if application.state == State.AWAITING_CONSENT:
        return entered_at(application) + timedelta(hours=application.policy.consent_hours)
    last_day = last_day_of(application, calendar=calendar)
    return timezone.make_aware(datetime.combine(last_day + timedelta(days=1), time.min))


def last_day_of(application: Application, *, calendar: Calendar) -> date:
    """The last day on which she can still do what is waited for: hand in, supply, sign, or be called up."""
    policy = application.policy
    entered_on = timezone.localdate(entered_at(application))
    if application.state == State.DRAFT:
        return entered_on + timedelta(days=policy.draft_calendar_days)
    if application.state == State.AWAITING_CONSENT:
        return timezone.localdate(lapses_at(application, calendar=calendar))
    if application.state == State.WAITLISTED:
        return entered_on + timedelta(days=policy.waitlist_calendar_days)
    if application.state == State.SIGNING:
        return calendar.nth_working_day_after(entered_on, policy.signing_days)
    assert application.state == State.SUPPLEMENT, application.state
    request = open_request(application)
    assert request is not None, "a supplement was asked for"
    # Time in which the case was frozen isn't held against her: back here, she has her days again.
    return max(request.due_on, calendar.nth_working_day_after(entered_on, policy.supplement_days))


def entered_at(application: Application) -> datetime:
    """When the case came to the state that it is in. Uses what was prefetched."""
    log = list(application.log.all())
    return log[-1].at if log else application.created_at
