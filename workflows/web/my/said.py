"""What she said to the offices, and what they answered, as she reads it; and what is still asked of her."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.calendars import calendar_in_force
from accounts.web.parts import Link
from accounts.working_days import Calendar
from workflows import after_payout, matter_clock, matters
from workflows.matter_kinds import MatterKind
from workflows.models import Application, Matter, PayoutReply
from workflows.models.matter import UNSETTLED
from workflows.states import State


@dataclass(frozen=True)
class Said:
    """One matter: until when it is answered, or the answer and who gave it."""

    kind: str
    words: str
    said_on: date
    due_on: date
    is_open: bool
    is_late: bool
    office: str
    state: str
    answer: str
    answered_on: date | None
    answered_by: str


def said_of(application: Application, *, today: date) -> list[Said]:
    """Newest first; an appeal against the no that stands has its place beside the reasons."""
    beside = matter_clock.appeal_of(application)
    theirs = [one for one in application.matters.all() if one != beside]
    calendar = calendar_in_force() if theirs else None
    return [said(one, today=today, calendar=calendar) for one in reversed(theirs)]


def said(matter: Matter, *, today: date, calendar: Calendar | None = None) -> Said:
    """Uses what was prefetched."""
    row = matter_clock.answered_by(matter)
    due_on, is_open = matter_clock.due_on(matter, calendar=calendar), matter.state in UNSETTLED
    return Said(
        kind=str(matter.get_kind_display()),
        words=matter.words,
        said_on=timezone.localdate(matter.said_at),
        due_on=due_on,
        is_open=is_open,
        is_late=is_open and today > due_on,
        office=matters.offices_for(matter)[0].short_name,
        state=str(matter.get_state_display()),
        answer=matter.answer,
        answered_on=timezone.localdate(row.at) if row else None,
        answered_by=f"{row.acting_as.organisation.short_name} {row.by}" if row and row.acting_as else "",
    )


def is_asked_about_the_money(application: Application) -> bool:
    """Until she has said that it came and that she uses it herself, or that something is wrong."""
    return application.state == State.DISBURSED and not PayoutReply.objects.filter(application=application).exists()


def sayings_of(application: Application) -> list[Link]:
    """What she may still say, beside what her case is about."""
    number, links = application.number, []
    if application.state == State.DISBURSED:
        links.append(Link(reverse("my_arrival", args=[number]), _("钱没到，或不是我在用"), "alert"))
    if application.state in after_payout.RATED_IN and not hasattr(application, "rating"):
        links.append(Link(reverse("my_rating", args=[number]), _("评价这次办得怎么样"), "tick"))
    if matters.may_complain(application):
        links.append(Link(reverse("my_say", args=[number, MatterKind.COMPLAINT]), _("投诉"), "letter"))
    return links
