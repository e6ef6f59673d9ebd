"""预约签约: the bank's desk and the woman agree on a day and an hour; whoever didn't come is reminded once.

The bank writes the appointment down, for it knows who is there to sign with her; she changes it by telephone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from accounts.calendars import calendar_in_force
from accounts.models import User
from records import engine
from records.refusals import FieldError, Invalid, MoveNotOpen, NotPermitted, Refusal
from workflows import expiry, notices
from workflows.models import Application, SigningAppointment
from workflows.models.signing_appointment import AppointmentOutcome
from workflows.states import State
from workflows.wording import day, moment

LONGEST: Final = 100


class NobodyWasExpected(Refusal):
    """There is no appointment whose hour has come."""

    code = "nobody_was_expected"
    message = gettext_lazy("没有到了时间还没来的预约。刷新看看。")


@dataclass(frozen=True)
class Meeting:
    """When, where, and what she brings."""

    starts_at: datetime
    place: str
    to_bring: str


@transaction.atomic
def book(application: Application, meeting: Meeting, *, by: User, at: datetime) -> SigningAppointment:
    """Write an appointment down and tell her; one that stood is closed as changed.

    Raises MoveNotOpen, NotPermitted, HelperConflict, Kinship, or Invalid: in the past, on a day off, outside the
    bank's hours, after the last day to sign (policy: signing_days).
    """
    case = _to_sign(application, "book_signing", by=by)
    errors = list(_wrong_with(meeting, case, at=at))
    if errors:
        raise Invalid(*errors)
    _close(case, AppointmentOutcome.CHANGED, by=by, at=at)
    booked = SigningAppointment.objects.create(
        application=case,
        starts_at=meeting.starts_at,
        place=meeting.place.strip(),
        to_bring=meeting.to_bring.strip(),
        booked_by=by,
        booked_at=at,
    )
    with override("zh-hans"):
        words = _("约好 %(moment)s签字，到%(place)s。带%(bring)s。改时间打 %(phone)s。编号 %(number)s。")
        text = words % _names(case, booked)
    notices.send_to_her(case, kind="signing_booked", text=text, once=f"signing_booked:{booked.pk}", at=at)
    return booked


@transaction.atomic
def record_no_show(application: Application, *, by: User, at: datetime) -> SigningAppointment:
    """She didn't come: written down, and one reminder to her.

    Raises NobodyWasExpected, MoveNotOpen, NotPermitted, HelperConflict, Kinship.
    """
    case = _to_sign(application, "record_no_show", by=by)
    missed = standing(case)
    if missed is None or missed.starts_at > at:
        raise NobodyWasExpected
    _close(case, AppointmentOutcome.MISSED, by=by, at=at)
    names = _names(case, missed) | {"day": day(expiry.last_day_of(case, calendar=calendar_in_force()))}
    with override("zh-hans"):
        words = _("您约了 %(moment)s签字，没等到您。%(day)s前来都行，打 %(phone)s 再约。编号 %(number)s。")
        text = words % names
    notices.send_to_her(case, kind="signing_missed", text=text, once=f"signing_missed:{missed.pk}", at=at)
    missed.refresh_from_db()
    return missed


def follow(case: Application, *, move: str, by: User, at: datetime) -> None:
    """Whatever leads away from signing ends the appointment: she came and signed, or needn't come any more."""
    if case.loan_id is not None and case.state != State.SIGNING:
        outcome = AppointmentOutcome.KEPT if move == "sign" else AppointmentOutcome.DROPPED
        _close(case, outcome, by=by, at=at)


def standing(case: Application) -> SigningAppointment | None:
    """The appointment that holds; its hour may have passed. Uses what was prefetched."""
    return next((one for one in case.signing_appointments.all() if one.closed_at is None), None)


def coming(case: Application, *, at: datetime) -> SigningAppointment | None:
    """The appointment that is still to come, on the page until the end of its day."""
    booked = standing(case)
    is_over = booked is None or timezone.localdate(booked.starts_at) < timezone.localdate(at)
    return None if is_over else booked


def _to_sign(application: Application, act: str, *, by: User) -> Application:
    """The case, locked, where the bank waits for her to sign."""
    case = engine.lock(application)
    if case.state != State.SIGNING:
        raise MoveNotOpen(act, case.state)
    if case.authority_of(by, "sign") is None:
        raise NotPermitted
    case.check_separation(act, by=by)
    return case


def _wrong_with(meeting: Meeting, case: Application, *, at: datetime) -> Iterator[FieldError]:
    begins, calendar = timezone.localtime(meeting.starts_at), calendar_in_force()
    last_day = expiry.last_day_of(case, calendar=calendar)
    if meeting.starts_at <= at:
        yield FieldError("on", "appointment_is_over", _("约一个还没到的时间"))
    elif begins.date() > last_day:
        words = _("签约最晚 %(day)s，约在那天或之前") % {"day": day(last_day)}
        yield FieldError("on", "after_the_last_day", words)
    elif not calendar.is_working(begins.date()):
        yield FieldError("on", "rest_day", _("那天休息，选一个工作日"))
    if not case.bank.is_open_at(begins.time()):
        names = {"opens": f"{case.bank.opens_at:%H:%M}", "closes": f"{case.bank.closes_at:%H:%M}"}
        yield FieldError("time", "outside_opening_hours", _("约在 %(opens)s 到 %(closes)s 之间，关门前要到") % names)
    for name, words in (("place", meeting.place), ("to_bring", meeting.to_bring)):
        if not 2 <= len(words.strip()) <= LONGEST:
            yield FieldError(name, f"{name}_length", _("写 2 到 100 个字"))


def _close(case: Application, outcome: AppointmentOutcome, *, by: User, at: datetime) -> None:
    open_one = case.signing_appointments.filter(closed_at__isnull=True)
    open_one.update(outcome=outcome, closed_by=by, closed_at=at)


def _names(case: Application, booked: SigningAppointment) -> dict[str, str]:
    with override("zh-hans"):
        return {
            "moment": moment(booked.starts_at),
            "place": booked.place,
            "bring": booked.to_bring,
            "phone": case.bank.phone,
            "number": case.number,
        }
