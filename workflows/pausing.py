"""When the promise's clock stands still: by where the case waits, or because somebody says so."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.calendars import calendar_in_force
from accounts.models import User
from accounts.permissions import acting_membership, may
from records import engine
from records.refusals import FieldError, Invalid, NotPermitted, Refusal
from workflows import deadlines, separation
from workflows.models import Application, CasePause
from workflows.models.pause import PauseReason
from workflows.refusals import HeadNeeded
from workflows.sight import place_of
from workflows.states import FINAL, State

# Waiting for her, or for the days of a notice, stops the clock by itself.
REASON_OF: dict[str, PauseReason] = {
    State.SUPPLEMENT: PauseReason.PAPERS,
    State.TERMS_OFFERED: PauseReason.TERMS,
    State.SIGNING: PauseReason.SIGNING,
    State.PUBLICITY: PauseReason.PUBLICITY,
    State.FROZEN: PauseReason.FROZEN,
}
ASKED_FOR = (PauseReason.OUTSIDE_CHECK, PauseReason.FORCE_MAJEURE)
LONGEST_WORKING_DAYS = 10


class AlreadyPaused(Refusal):
    code = "already_paused"
    message = _("这件已经暂停了。")


class NothingToPause(Refusal):
    code = "nothing_to_pause"
    message = _("这件还没起算，或者已经办完，不用暂停。")


def follow(application: Application, *, by: User, at: datetime) -> None:
    """Open or close the pause that belongs to the state which the case has just entered."""
    reason = REASON_OF.get(application.state)
    today = timezone.localdate(at)
    ending = application.pauses.filter(ended_on__isnull=True).exclude(reason=reason or "")
    if application.state not in FINAL:
        ending = ending.exclude(reason__in=ASKED_FOR)
    ending.update(ended_on=today, closed_by=by)
    if reason and not application.pauses.filter(ended_on__isnull=True, reason=reason).exists():
        CasePause.objects.create(application=application, reason=reason, started_on=today, opened_by=by)


@transaction.atomic
def pause(
    application: Application, *, reason: PauseReason, expected_on: date, note: str, by: User, at: datetime
) -> CasePause:
    """Stop the clock for something outside our hands, for ten working days at most.

    A check outside takes the head of the office.
    Raises NotPermitted, HeadNeeded, Invalid, NothingToPause, AlreadyPaused.
    """
    assert reason in ASKED_FOR, "the other reasons follow from the state"
    locked = engine.lock(application)
    _check_pauser(locked, reason=reason, by=by)
    _check_expected(expected_on, today=timezone.localdate(at))
    if locked.promise_started_on is None or locked.state in FINAL:
        raise NothingToPause
    if locked.pauses.filter(ended_on__isnull=True, reason=reason).exists():
        raise AlreadyPaused
    opened = CasePause.objects.create(
        application=locked,
        reason=reason,
        started_on=timezone.localdate(at),
        expected_on=expected_on,
        opened_by=by,
        note=note,
    )
    deadlines.refresh(locked, at=at)
    return opened


@transaction.atomic
def resume(pause: CasePause, *, by: User, at: datetime) -> None:
    """Let the clock run again, from the next working day. Raises NotPermitted, NothingToPause."""
    application = engine.lock(pause.application)
    if not may(by, "pause", place_of(application, "pause")):
        raise NotPermitted
    ended = CasePause.objects.filter(pk=pause.pk, ended_on__isnull=True, reason__in=ASKED_FOR).update(
        ended_on=timezone.localdate(at), closed_by=by
    )
    if not ended:
        raise NothingToPause
    deadlines.refresh(application, at=at)


def open_pause(application: Application, reason: PauseReason) -> CasePause | None:
    """The open pause for one reason. Uses what was prefetched."""
    return next((one for one in application.pauses.all() if one.ended_on is None and one.reason == reason), None)


def _check_pauser(application: Application, *, reason: PauseReason, by: User) -> None:
    membership = acting_membership(by, "pause", place_of(application, "pause"))
    if membership is None:
        raise NotPermitted
    separation.check(application, "pause", by=by)
    if reason == PauseReason.OUTSIDE_CHECK and not membership.is_head:
        raise HeadNeeded


def _check_expected(expected_on: date, *, today: date) -> None:
    latest = calendar_in_force().nth_working_day_after(today, LONGEST_WORKING_DAYS)
    if not today < expected_on <= latest:
        limits: dict[str, object] = {"min": today.isoformat(), "max": latest.isoformat()}
        message = gettext("写预计哪天能接着办，最多 10 个工作日")
        raise Invalid(FieldError("until", "until_out_of_range", message, limits=limits))
