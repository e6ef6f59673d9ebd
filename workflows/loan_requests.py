"""While she repays: she asks the bank to take it back early, or to wait. Nothing here changes the plan.

What the bank answers binds nobody yet: an early repayment is recorded when it comes, and an extension is an agreement
that she signs (workflows.extensions).
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from loans.models import Loan
from loans.models.loan import LoanState
from loans.models.plan_change import PlanChangeKind
from records import engine
from records.refusals import FieldError, Invalid, MoveNotOpen
from workflows import matters
from workflows.matter_kinds import MatterKind
from workflows.models import Application, Matter
from workflows.refusals import GuarantorFirst

# Longer than that is a new loan, not a delay; the office may decide otherwise.
LONGEST = timedelta(days=366)


def may_ask(application: Application, kind: str, *, on: date) -> bool:
    """Whether the loan runs, and for an extension whether it hasn't fallen due and wasn't extended before."""
    loan = application.loan
    if loan is None or loan.state != LoanState.ACTIVE or loan.matures_on is None:
        return False
    if kind == MatterKind.EARLY_REPAYMENT:
        return True
    extended = loan.plan_changes.filter(kind=PlanChangeKind.EXTENSION, edition__isnull=False)
    return on <= loan.matures_on and not extended.exists()


@transaction.atomic
def ask(
    application: Application,
    kind: MatterKind,
    *,
    wanted_on: date,
    words: str,
    by: User,
    at: datetime,
    version: int | None = None,
) -> Matter:
    """She asks to repay on a day, or that the last day be put off to a later one.

    Raises Stale, MoveNotOpen, NotPermitted, SaidAlready, Invalid.
    """
    case, today = matters.opened(application, by=by, version=version), timezone.localdate(at)
    if not may_ask(case, kind, on=today) or case.loan is None:
        raise MoveNotOpen(kind, case.state)
    first, last = _between(case.loan, kind, today=today)
    if not first <= wanted_on <= last:
        raise Invalid(FieldError("wanted_on", "date_out_of_range", _("这一天不行，选提示里说的日子")))
    return matters.put(case, kind, words=words, by=by, at=at, wanted_on=wanted_on)


@transaction.atomic
def second(matter: Matter, *, agrees: bool, words: str, by: User, at: datetime) -> Matter:
    """The guarantor's word on an extension. Raises MoveNotOpen, NotPermitted, Invalid."""
    return engine.perform(matter, Matter.second, by=by, at=at, agrees=agrees, words=matters.checked(words))


def grant(matter: Matter, *, answer: str, by: User, at: datetime) -> Matter:
    """The bank's yes. Raises GuarantorFirst, MoveNotOpen, NotPermitted, Invalid."""
    locked = engine.lock(matter)
    if locked.kind == MatterKind.EXTENSION and not locked.guarantor_agrees:
        raise GuarantorFirst
    settled = matters.settle(matter, Matter.grant, answer=answer, by=by, at=at)
    matters.tell_answer(settled, at=at)
    return settled


def _between(loan: Loan, kind: str, *, today: date) -> tuple[date, date]:
    assert loan.matures_on is not None
    if kind == MatterKind.EARLY_REPAYMENT:
        return today, loan.matures_on
    return loan.matures_on + timedelta(days=1), loan.matures_on + LONGEST
