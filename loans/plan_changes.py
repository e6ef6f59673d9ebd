"""A plan that changes after the payout: an extension (展期), or a recall (提前收回). One officer asks, another decides.

The old edition of the plan stays; the new one is what counts from then on. Neither is subsidised any longer than the
old plan was: from the old maturity, or from the day of the recall, all interest is hers.
"""

from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.models.user import UserKind
from accounts.permissions import may
from loans.due_dates import add_months
from loans.models import Instalment, Loan, PlanChange
from loans.models.loan import LoanState
from loans.models.plan_change import PlanChangeKind, RecallGround
from loans.plan_editions import extended, recalled
from loans.refusals import (
    ChangedAlready,
    ExtensionTooLate,
    ExtensionTooLong,
    ExtensionWithoutConsent,
    named,
)
from loans.servicing import charge_interest
from records import decisions, engine
from records.models.decision import Outcome
from records.refusals import FieldError, Invalid, MoveNotOpen, NotPermitted

LONGEST_MONTHS: Final = 12
_TWICE: Final = {
    "a_loan_is_extended_once_and_recalled_once": ChangedAlready,
    "loans_planchange.loan_id": ChangedAlready,
}


def propose_extension(
    loan: Loan,
    *,
    until: date,
    asked_on: date,
    guarantor_consented_on: date | None,
    counter_consent: str,
    agreement_no: str,
    by: User,
    at: datetime,
) -> PlanChange:
    """Ask that the last day be put off to `until`, once and by a year at most, as she asked before it came.

    Raises NotPermitted, MoveNotOpen, ExtensionTooLate, ExtensionTooLong, ExtensionWithoutConsent, ChangedAlready,
    Invalid.
    """
    with transaction.atomic():
        locked = _changeable(loan, "extend", by=by)
        assert locked.matures_on is not None
        _may_be_extended(locked, until=until, asked_on=asked_on, today=timezone.localdate(at))
        if guarantor_consented_on is None or not counter_consent.strip():
            raise ExtensionWithoutConsent
        if not agreement_no.strip():
            raise Invalid(FieldError("agreement_no", "required", _("写上展期协议号")))
        summary = _("展期 %(loan)s 到 %(day)s") % {"loan": locked, "day": until.isoformat()}
        with named(_TWICE):
            return PlanChange.objects.create(
                loan=locked,
                kind=PlanChangeKind.EXTENSION,
                from_on=locked.matures_on,
                extra_days=(until - locked.matures_on).days,
                asked_on=asked_on,
                guarantor_consented_on=guarantor_consented_on,
                counter_consent=counter_consent.strip(),
                agreement_no=agreement_no.strip(),
                decision=decisions.propose("plan_change", summary=summary, by=by, at=at),
            )


def propose_recall(loan: Loan, *, on: date, ground: RecallGround, words: str, by: User, at: datetime) -> PlanChange:
    """Ask that all principal be due on `on`, today or later, and that the subsidy stop from that day.

    Raises NotPermitted, MoveNotOpen, ChangedAlready, Invalid.
    """
    with transaction.atomic():
        locked, today = _changeable(loan, "recall", by=by), timezone.localdate(at)
        assert locked.matures_on is not None
        if not today <= on < locked.matures_on:
            limits: dict[str, object] = {"min": today.isoformat(), "max": locked.matures_on.isoformat()}
            raise Invalid(FieldError("on", "date_out_of_range", _("收回日期要在今天和到期日之间"), limits=limits))
        if not words.strip():
            raise Invalid(FieldError("words", "required", _("写清为什么提前收回")))
        summary = _("提前收回 %(loan)s，%(day)s 起") % {"loan": locked, "day": on.isoformat()}
        with named(_TWICE):
            return PlanChange.objects.create(
                loan=locked,
                kind=PlanChangeKind.RECALL,
                from_on=on,
                asked_on=today,
                ground=ground,
                words=words.strip(),
                decision=decisions.propose("plan_change", summary=summary, by=by, at=at),
            )


def decide_plan_change(change: PlanChange, *, outcome: Outcome, by: User, at: datetime, reason: str = "") -> Loan:
    """Settle a proposal; approved, the new edition of the plan is stored. The loan as it is afterwards.

    Raises NotPermitted, SamePerson, MoveNotOpen where it was settled before or the loan isn't running any more, and
    ExtensionTooLate once the old last day is over.
    """
    move = Loan.extend if change.kind == PlanChangeKind.EXTENSION else Loan.recall
    with transaction.atomic():
        loan = _changeable(change.loan, move.__name__, by=by)
        change.decision = decisions.decide(change.decision, outcome=outcome, by=by, at=at, reason=reason)
        if outcome != Outcome.APPROVED:
            change.is_open = False
            change.save(update_fields=["is_open"])
            return loan
        rows = _rows(loan, change, today=timezone.localdate(at))
        change.is_open, change.edition = False, rows[-1].edition
        change.save(update_fields=["is_open", "edition"])
        Instalment.objects.bulk_create(rows)
        changed = engine.perform(loan, move, by=by, at=at, matures_on=rows[-1].due_on)
        charge_interest(changed, by=by, at=at)
        return changed


def _rows(loan: Loan, change: PlanChange, *, today: date) -> list[Instalment]:
    if change.kind == PlanChangeKind.RECALL:
        return recalled(loan, on=change.from_on)
    if loan.matures_on != change.from_on or today > change.from_on:
        raise ExtensionTooLate
    return extended(loan, until=change.from_on + timedelta(days=change.extra_days))


def _changeable(loan: Loan, step: str, *, by: User) -> Loan:
    """The loan's row, locked. An extension or a recall takes people: the bank's own system is none."""
    locked = engine.lock(loan)
    if by.kind != UserKind.STAFF or not may(by, step, locked.bank):
        raise NotPermitted
    if locked.state != LoanState.ACTIVE:
        raise MoveNotOpen(step, locked.state)
    return locked


def _may_be_extended(loan: Loan, *, until: date, asked_on: date, today: date) -> None:
    assert loan.matures_on is not None
    if loan.plan_changes.filter(edition__isnull=False).exists():
        raise ChangedAlready
    if max(asked_on, today) > loan.matures_on:
        raise ExtensionTooLate
    if until > add_months(loan.matures_on, LONGEST_MONTHS):
        raise ExtensionTooLong
    if until <= loan.matures_on:
        raise Invalid(FieldError("until", "date_out_of_range", _("新的到期日要晚于原来的到期日")))
