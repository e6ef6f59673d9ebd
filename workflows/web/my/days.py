"""The days that her calendar may remember: whole days, and no word in them of whose they are."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from accounts.calendars import calendar_in_force
from loans.models import Loan
from loans.models.loan import LoanState
from loans.money import format_yuan
from workflows import expiry, signing_appointments, visit_appointments
from workflows.deadlines import CaseClock
from workflows.models import Application
from workflows.states import FINAL, State

PRODUCT = "-//jinguo-loans//applications//ZH"
# At nine in the morning before the day: the card can still be filled.
REMINDED_BEFORE = timedelta(hours=15)
# What her calendar shows as busy; how long signing takes is nobody's promise.
MEETING_TAKES = timedelta(hours=1)


class Day(NamedTuple):
    """One day and what it is for. `name` tells the days of a case apart; `at` is its hour, where it has one."""

    name: str
    on: date
    words: str
    at: datetime | None = None
    place: str = ""


def days_of(application: Application, clocks: CaseClock, *, today: date) -> list[Day]:
    """What is still to come."""
    return [day for day in _days(application, clocks) if day.on >= today]


def written(days: list[Day], application: Application, *, at: datetime, url: str) -> bytes:
    """The days as a calendar file (RFC 5545). `url` leads back to the case."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    for day in days:
        event = Event()
        event.add("uid", f"{application.number}-{day.name}@{url.split('/')[2]}")
        event.add("dtstamp", at)
        event.add("dtstart", day.at.astimezone(UTC) if day.at else day.on)
        event.add("dtend", (day.at.astimezone(UTC) + MEETING_TAKES) if day.at else day.on + timedelta(days=1))
        if day.place:
            event.add("location", day.place)
        event.add("summary", day.words)
        event.add("url", url)
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", day.words)
        alarm.add("trigger", -REMINDED_BEFORE)
        event.add_component(alarm)
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _days(application: Application, clocks: CaseClock) -> Iterator[Day]:
    number = {"number": application.number}
    if application.state == State.DISBURSED and application.loan is not None:
        yield from _instalments(application.loan)
    if application.state == State.SUPPLEMENT:
        last_day = expiry.last_day_of(application, calendar=calendar_in_force())
        yield Day("papers", last_day, _("补材料的最后一天：%(number)s") % number)
    if application.state == State.SURVEY:
        yield from _visit(application)
    if application.state == State.SIGNING:
        yield from _appointment(application)
        last_day = expiry.last_day_of(application, calendar=calendar_in_force())
        yield Day("signing", last_day, _("去农信签字的最后一天：%(number)s") % number)
    if application.state in FINAL:
        return
    if clocks.promise is not None and clocks.promise.due_on is not None:
        yield Day("promise", clocks.promise.due_on, _("贷款最晚今天办完：%(number)s") % number)
    elif application.state == State.SUBMITTED and clocks.stage is not None and clocks.stage.reading.due_on is not None:
        yield Day("intake", clocks.stage.reading.due_on, _("材料最晚今天看完：%(number)s") % number)


def _visit(application: Application) -> Iterator[Day]:
    booked = visit_appointments.standing(application)
    if booked is not None:
        names = {"who": visit_appointments.named(booked.visitors.all()), "number": application.number}
        words = _("%(who)s来家里看看，不收钱：%(number)s") % names
        yield Day("visit", timezone.localdate(booked.starts_at), words, booked.starts_at)


def _appointment(application: Application) -> Iterator[Day]:
    booked = signing_appointments.standing(application)
    if booked is not None:
        words = _("到%(bank)s签字，带%(bring)s：%(number)s") % {
            "bank": application.bank.short_name,
            "bring": booked.to_bring,
            "number": application.number,
        }
        yield Day("appointment", timezone.localdate(booked.starts_at), words, booked.starts_at, booked.place)


def _instalments(loan: Loan) -> Iterator[Day]:
    """When the bank takes money from her card."""
    if loan.state != LoanState.ACTIVE:
        return
    instalments = list(loan.instalments.all())
    newest = max((one.edition for one in instalments), default=1)
    for one in instalments:
        if one.edition == newest and one.due_from_her_fen:
            words = _("贷款扣款 %(yuan)s 元，卡里先存好钱") % {"yuan": format_yuan(one.due_from_her_fen)}
            yield Day(f"instalment-{one.number}", one.due_on, words)
