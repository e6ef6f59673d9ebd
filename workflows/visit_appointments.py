"""约走访: the town agrees with her when it comes to see her, and tells her who comes and that it costs nothing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from accounts.models import Membership, User
from accounts.roles import Role
from records import engine
from records.refusals import FieldError, Invalid, MoveNotOpen, NotPermitted, Refusal
from workflows import notices, separation
from workflows.deadlines import office_of
from workflows.models import Application, VisitAppointment
from workflows.models.visit_appointment import VisitOutcome
from workflows.states import FINAL, State
from workflows.wording import moment

VISITING_ROLES = (Role.TOWN_REVIEWER, Role.CITY_REVIEWER)


class NoVisitAgreed(Refusal):
    """There is no visit to cancel."""

    code = "no_visit_agreed"
    message = gettext_lazy("没有约好的走访。刷新看看。")


@dataclass(frozen=True)
class Coming:
    """When, and who comes."""

    starts_at: datetime
    visitors: Sequence[User]


def who_visits(application: Application) -> list[User]:
    """Who goes on visits in this town: its own people first, then those of the city."""
    offices = [office_of(application.town), office_of(application.city)]
    members = Membership.objects.live().filter(organisation__in=offices, role__in=VISITING_ROLES)
    in_order = sorted(members.select_related("user"), key=lambda one: (one.organisation_id != offices[0].pk, one.pk))
    return list({member.user_id: member.user for member in in_order}.values())


@transaction.atomic
def book(application: Application, coming: Coming, *, by: User, at: datetime) -> VisitAppointment:
    """Write the day down and tell her; one that stood is closed as changed. A day of rest will do: she may ask for it.

    Raises MoveNotOpen, NotPermitted, HelperConflict and Kinship also of whoever comes along, or Invalid: in the past,
    fewer people than the policy asks for, somebody who doesn't visit here.
    """
    case = _to_visit(application, "book_visit", by=by)
    errors = list(_wrong_with(coming, case, at=at))
    if errors:
        raise Invalid(*errors)
    for visitor in coming.visitors:
        separation.check(case, "record_survey", by=visitor)
    was_changed = _close(case, VisitOutcome.CHANGED, by=by, at=at)
    booked = VisitAppointment.objects.create(application=case, starts_at=coming.starts_at, booked_by=by, booked_at=at)
    booked.visitors.set(coming.visitors)
    with override("zh-hans"):
        changed = _("走访改到 %(moment)s。%(who)s来您家看看。不用准备什么，不收钱。再改打 %(phone)s。编号 %(number)s。")
        first = _("约好 %(moment)s走访。%(who)s来您家看看。不用准备什么，不收钱。改时间打 %(phone)s。编号 %(number)s。")
        text = (changed if was_changed else first) % _names(case, booked)
    notices.send_to_her(case, kind="visit_booked", text=text, once=f"visit_booked:{booked.pk}", at=at)
    return booked


@transaction.atomic
def cancel(application: Application, *, by: User, at: datetime) -> VisitAppointment:
    """Nobody comes that day, and she needn't wait. Raises NoVisitAgreed, MoveNotOpen, NotPermitted, HelperConflict."""
    case = _to_visit(application, "cancel_visit", by=by)
    booked = standing(case)
    if booked is None:
        raise NoVisitAgreed
    _close(case, VisitOutcome.CANCELLED, by=by, at=at)
    _tell_nobody_comes(case, booked, at=at)
    booked.refresh_from_db()
    return booked


def follow(case: Application, *, move: str, by: User, at: datetime) -> None:
    """The visit was made, or the case waits for something else: then she hears that nobody comes for now."""
    if case.state == State.SURVEY:
        return
    booked = standing(case)
    if booked is None:
        return
    _close(case, VisitOutcome.KEPT if move == "record_survey" else VisitOutcome.DROPPED, by=by, at=at)
    if move != "record_survey" and case.state not in FINAL and booked.starts_at > at:
        _tell_nobody_comes(case, booked, at=at)


def standing(case: Application) -> VisitAppointment | None:
    """The visit that is agreed on; its hour may have passed. Uses what was prefetched."""
    return next((one for one in case.visit_appointments.all() if one.closed_at is None), None)


def coming(case: Application, *, at: datetime) -> VisitAppointment | None:
    """The visit that is still to come, until the end of its day."""
    booked = standing(case)
    is_over = booked is None or timezone.localdate(booked.starts_at) < timezone.localdate(at)
    return None if is_over else booked


def named(visitors: Iterable[User]) -> str:
    return _("、").join(str(one) for one in sorted(visitors, key=lambda one: one.pk))


def _to_visit(application: Application, act: str, *, by: User) -> Application:
    """The case, locked, where the town is to visit her."""
    case = engine.lock(application)
    if case.state != State.SURVEY:
        raise MoveNotOpen(act, case.state)
    if case.authority_of(by, "record_survey") is None:
        raise NotPermitted
    case.check_separation(act, by=by)
    return case


def _wrong_with(coming: Coming, case: Application, *, at: datetime) -> Iterator[FieldError]:
    least = case.policy.visitors_min
    if coming.starts_at <= at:
        yield FieldError("on", "appointment_is_over", _("约一个还没到的时间"))
    if len(set(coming.visitors)) < least:
        message = _("走访至少要 %(count)s 个人，都写上") % {"count": least}
        yield FieldError("visitors", "too_few_visitors", message, limits={"min": least})
    if not set(coming.visitors) <= set(who_visits(case)):
        yield FieldError("visitors", "visitors_are_staff", _("从名单里选走访的人"))


def _close(case: Application, outcome: VisitOutcome, *, by: User, at: datetime) -> bool:
    """Whether one stood."""
    open_one = case.visit_appointments.filter(closed_at__isnull=True)
    return bool(open_one.update(outcome=outcome, closed_by=by, closed_at=at))


def _tell_nobody_comes(case: Application, booked: VisitAppointment, *, at: datetime) -> None:
    with override("zh-hans"):
        words = _("%(moment)s的走访取消了，您不用等。再去会先打电话。有事打 %(phone)s。编号 %(number)s。")
        text = words % _names(case, booked)
    notices.send_to_her(case, kind="visit_cancelled", text=text, once=f"visit_cancelled:{booked.pk}", at=at)


def _names(case: Application, booked: VisitAppointment) -> dict[str, str]:
    with override("zh-hans"):
        return {
            "moment": moment(booked.starts_at),
            "who": named(booked.visitors.all()),
            "phone": office_of(case.town).phone,
            "number": case.number,
        }
