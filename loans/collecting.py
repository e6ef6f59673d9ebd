"""催收: which loans are late and how late, and what was said to whoever owes. She herself is shown none of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import may
from loans import sight
from loans.ageing import RiskClass, risk_class
from loans.models import CollectionContact, Instalment, Loan
from loans.models.collection_contact import ContactWay
from loans.models.loan import LoanState
from loans.policies import class_days_of
from loans.position import Position
from loans.servicing import position
from records.refusals import FieldError, Invalid, NotPermitted


@dataclass(frozen=True)
class Late:
    """An overdue loan as it stands at the end of a day, with its newest contact."""

    loan: Loan
    position: Position
    risk: RiskClass
    last: CollectionContact | None


def may_collect(user: User, loan: Loan) -> bool:
    """The bank that lent, and the federation of her town."""
    village = loan.applicant.village
    return may(user, "collect", loan.bank) or (village is not None and may(user, "collect", village))


def late_loans(user: User, *, on: date) -> list[Late]:
    """The overdue loans of which the user asks for money, the latest first; a few queries for all of them."""
    began = Instalment.objects.filter(loan=OuterRef("pk"), due_on__lt=on)
    loans = Loan.objects.filter(sight.of_loans(user), Exists(began), state=LoanState.ACTIVE)
    found = loans.select_related("policy", "bank__region", "applicant__village").prefetch_related(
        "instalments", "repayments", "contacts"
    )
    return sorted(_late(found, user, on=on), key=lambda one: (-one.position.days_overdue, one.loan.number))


def note_contact(
    loan: Loan,
    *,
    made_on: date,
    way: ContactWay,
    said: str,
    next_step: str,
    next_on: date,
    by: User,
    at: datetime,
) -> CollectionContact:
    """Write down one contact; it stays as it was written. Raises NotPermitted, Invalid."""
    if not may_collect(by, loan):
        raise NotPermitted
    if made_on > timezone.localdate(at):
        raise Invalid(FieldError("made_on", "date_out_of_range", _("联系的日期不能晚于今天")))
    if next_on < made_on:
        raise Invalid(FieldError("next_on", "date_out_of_range", _("下一步的日期不能早于联系那天")))
    return CollectionContact.objects.create(
        loan=loan, made_on=made_on, way=way, said=said, next_step=next_step, next_on=next_on, by=by, at=at
    )


def standing(loan: Loan, *, on: date) -> Late:
    """How one loan stands, overdue or not."""
    now = position(loan, on=on)
    last = next(iter(loan.contacts.all()), None)
    return Late(loan, now, risk_class(now.days_overdue, from_days=class_days_of(loan.policy)), last)


def _late(loans: Iterable[Loan], user: User, *, on: date) -> Iterator[Late]:
    for loan in loans:
        if may_collect(user, loan) and (late := standing(loan, on=on)).position.days_overdue:
            yield late
