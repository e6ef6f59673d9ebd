"""When the promise's clock stands still: by where the case waits, or because somebody says so."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import may
from records import engine
from records.refusals import NotPermitted, Refusal
from workflows.models import Application, CasePause
from workflows.models.pause import PauseReason
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


def pause(
    application: Application, *, reason: PauseReason, expected_on: date, note: str, by: User, at: datetime
) -> CasePause:
    """Stop the clock for something outside our hands. Raises NotPermitted, NothingToPause, AlreadyPaused."""
    assert reason in ASKED_FOR, "the other reasons follow from the state"
    locked = engine.lock(application)
    if not may(by, "pause", place_of(locked, "pause")):
        raise NotPermitted
    if locked.promise_started_on is None or locked.state in FINAL:
        raise NothingToPause
    if locked.pauses.filter(ended_on__isnull=True, reason=reason).exists():
        raise AlreadyPaused
    return CasePause.objects.create(
        application=locked,
        reason=reason,
        started_on=timezone.localdate(at),
        expected_on=expected_on,
        opened_by=by,
        note=note,
    )


def resume(open_pause: CasePause, *, by: User, at: datetime) -> None:
    """Let the clock run again, from the next working day. Raises NotPermitted, NothingToPause."""
    application = engine.lock(open_pause.application)
    if not may(by, "pause", place_of(application, "pause")):
        raise NotPermitted
    ended = CasePause.objects.filter(pk=open_pause.pk, ended_on__isnull=True, reason__in=ASKED_FOR).update(
        ended_on=timezone.localdate(at), closed_by=by
    )
    if not ended:
        raise NothingToPause
