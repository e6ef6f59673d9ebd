"""The one answer that she came for: who has her case, what happens next, by when, and what she has to do."""

from datetime import date

from django.utils.translation import gettext as _

from accounts.calendars import calendar_in_force
from workflows import answers_by_state, deadlines, delays
from workflows.assigning import current_assignment
from workflows.deadlines import CaseClock, office_of
from workflows.models import Application
from workflows.models.pause import PauseReason
from workflows.pausing import ASKED_FOR, open_pause
from workflows.states import FINAL, PAUSED
from workflows.wording import day


def answer_sentence(application: Application, clock: CaseClock, *, today: date) -> str:
    """At most two short sentences for her, the same on the page and in the SMS."""
    if application.state not in FINAL and application.state not in PAUSED:
        # Where we wait for her, what she has to do comes first, however late we are.
        if clock.promise and clock.promise.is_breached:
            return _overdue(application, clock, today=today)
        if clock.promise and clock.promise.pause_reason in ASKED_FOR:
            return _held_up(application, PauseReason(clock.promise.pause_reason))
    return answers_by_state.sentence(application, clock, today=today)


def contact_of(application: Application) -> str:
    """Who has the case, and the phone to call: 「经办人甲 0999-0123456」."""
    assignment = current_assignment(application)
    office = assignment.organisation if assignment else office_of(application.town)
    owner = assignment.owner if assignment else None
    if owner is None:
        return f"{office.short_name} {office.phone}"
    return f"{owner.name} {owner.phone or office.phone}"


def promised_anew_on(application: Application, clock: CaseClock, *, today: date) -> date:
    """The new date of a broken promise: what the office gave, or else she was told, as long as it isn't past."""
    given = delays.standing_account(application, clock)
    if given is not None and given.new_on >= today:
        return given.new_on
    told = application.escalations.filter(new_on__gte=today).order_by("pk").last()
    if told is not None and told.new_on is not None:
        return told.new_on
    return deadlines.new_date(application, clock, today=today, calendar=calendar_in_force())


def _overdue(application: Application, clock: CaseClock, *, today: date) -> str:
    assert clock.promise is not None
    assert clock.promise.due_on is not None
    assignment = current_assignment(application)
    return _("说好 %(due)s办完，没办完，对不住您。现在卡在%(office)s，新的日子是 %(new)s。电话 %(contact)s。") % {
        "due": day(clock.promise.due_on),
        "office": assignment.organisation.short_name if assignment else office_of(application.town).short_name,
        "new": day(promised_anew_on(application, clock, today=today)),
        "contact": contact_of(application),
    }


def _held_up(application: Application, reason: PauseReason) -> str:
    pause = open_pause(application, reason)
    if pause is None or pause.expected_on is None:
        return _("因为%(reason)s，时间先停下来。您不用做什么。") % {"reason": reason.label}
    return _("因为%(reason)s，时间先停下来，预计 %(day)s接着办。您不用做什么。") % {
        "reason": reason.label,
        "day": day(pause.expected_on),
    }
