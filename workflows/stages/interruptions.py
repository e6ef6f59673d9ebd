"""What stops a case, sends it back a step, or ends it before the money: papers, rework, her own word, time."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.calendars import calendar_in_force
from accounts.models import User
from loans.models import PayoutInstruction
from records.refusals import FieldError, Invalid
from workflows import casework, expiry, missing_items, notices
from workflows.deadlines import STAGE_OF
from workflows.missing_items import MissingItem as MissingItem
from workflows.models import Application
from workflows.refusals import NotYetDue, PayoutInstructionOut
from workflows.states import State

REASON_LONGEST = 200


@transaction.atomic
def request_supplement(
    application: Application,
    *,
    items: Sequence[MissingItem],
    by: User,
    at: datetime,
    version: int | None,
    allowed_by: User | None = None,
) -> Application:
    """Ask her for everything that is missing, once a stage; the clock stops until she has handed it in.

    Raises Invalid, HeadNeeded, AskedTwice.
    """
    case = casework.begin(application, Application.request_supplement, by=by, version=version)
    today = timezone.localdate(at)
    missing_items.ask(
        case,
        stage=STAGE_OF[case.state],
        items=items,
        due_on=calendar_in_force().nth_working_day_after(today, case.policy.supplement_days),
        allowed_by=allowed_by,
        second_takes="request_second_supplement",
        by=by,
        at=at,
    )
    reason = missing_items.reasons_in_words(items)
    return casework.advance(case, Application.request_supplement, by=by, at=at, version=None, reason=reason)


@transaction.atomic
def supply(application: Application, *, by: User, at: datetime, version: int | None) -> Application:
    """She, or her helper, has handed in what was missing. Raises StillMissing."""
    case = casework.begin(application, Application.supply, by=by, version=version)
    request = missing_items.open_request(case)
    assert request is not None, "a supplement was asked for"
    missing_items.check_supplied(case, request)
    missing_items.close(case, at=at)
    return casework.advance(case, Application.supply, by=by, at=at, version=None)


@transaction.atomic
def return_for_rework(
    application: Application, *, reason: str, by: User, at: datetime, version: int | None
) -> Application:
    """Back to the office before, with the reason; the clock runs on. Raises Invalid."""
    case = casework.begin(application, Application.return_for_rework, by=by, version=version)
    _check_reason(reason)
    return casework.advance(case, Application.return_for_rework, by=by, at=at, version=None, reason=reason.strip())


@transaction.atomic
def withdraw(application: Application, *, reason: str, by: User, at: datetime, version: int | None) -> Application:
    """She doesn't want it any more; she needn't say why. Raises PayoutInstructionOut."""
    case = casework.begin(application, Application.withdraw, by=by, version=version)
    if _payout_is_out(case):
        raise PayoutInstructionOut
    return casework.advance(case, Application.withdraw, by=by, at=at, version=None, reason=reason.strip())


@transaction.atomic
def freeze(application: Application, *, reason: str, by: User, at: datetime, version: int | None) -> Application:
    """「不是我办的」: everything stands still until the city has looked. The bank is asked to stop a payment."""
    case = casework.begin(application, Application.freeze, by=by, version=version)
    if case.state == State.PAYOUT:
        notices.ask_bank_to_stop(case, at=at)
    frozen = casework.advance(case, Application.freeze, by=by, at=at, version=None, reason=reason.strip())
    notices.alarm_federation(frozen, at=at)
    return frozen


@transaction.atomic
def unfreeze(application: Application, *, reason: str, by: User, at: datetime, version: int | None) -> Application:
    """The city has looked into it; the case goes on where it was. Raises Invalid."""
    case = casework.begin(application, Application.unfreeze, by=by, version=version)
    _check_reason(reason)
    return casework.advance(case, Application.unfreeze, by=by, at=at, version=None, reason=reason.strip())


@transaction.atomic
def expire(application: Application, *, by: User, at: datetime, version: int | None) -> Application:
    """Nobody did what was waited for in the policy's time. Raises NotYetDue."""
    case = casework.begin(application, Application.expire, by=by, version=version)
    if not expiry.is_due(case, at=at, calendar=calendar_in_force()):
        raise NotYetDue
    missing_items.close(case, at=at)
    return casework.advance(case, Application.expire, by=by, at=at, version=None)


def _payout_is_out(case: Application) -> bool:
    out = PayoutInstruction.objects.filter(loan=case.loan, released_at__isnull=False, failed_at__isnull=True)
    return case.loan is not None and out.exists()


def _check_reason(reason: str) -> None:
    if not 1 <= len(reason.strip()) <= REASON_LONGEST:
        limits: dict[str, object] = {"max": REASON_LONGEST}
        raise Invalid(FieldError("reason", "reason_missing", _("写一下原因，最多 200 个字"), limits=limits))
