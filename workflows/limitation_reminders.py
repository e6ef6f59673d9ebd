"""A line to the bank and the guarantor ninety and thirty days before a claim can no longer be sued for, each once."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from loans.models import GuaranteePool
from loans.models.loan import LoanState
from loans.recoveries import claims_in, limitation_on
from loans.spoken_money import money
from records import outbox
from workflows.audience import people_of
from workflows.wording import day

DAYS_BEFORE: Final = (90, 30)


def remind(*, at: datetime) -> int:
    """Owe what is due today; say how many claims are near their end. Safe to run often, and late."""
    today = timezone.localdate(at)
    near = list(_near(today))
    for loan, last_on in near:
        _tell(loan, last_on, today=today, at=at)
    return len(near)


def _near(today: date) -> Iterator[tuple[Any, date]]:
    open_claims = claims_in(list(GuaranteePool.objects.all())).filter(state=LoanState.COMPENSATED)
    for loan in open_claims.select_related("bank", "guarantee__pool__guarantor"):
        last_on = limitation_on(loan.last_step_on, years=loan.policy.limitation_years)
        if 0 <= (last_on - today).days <= max(DAYS_BEFORE):
            yield loan, last_on


def _tell(loan: Any, last_on: date, *, today: date, at: datetime) -> None:
    """`once` holds the day itself: when money comes back the period begins anew, and so do the reminders."""
    step = min(days for days in DAYS_BEFORE if (last_on - today).days <= days)
    text = _("%(number)s 还有 %(left)s没追回，%(day)s前要起诉，过了诉讼时效就难追了。") % {
        "number": loan.number,
        "left": money(loan.left_fen),
        "day": day(last_on),
    }
    for person in _whom(loan):
        once = f"limitation:{loan.number}:{last_on.isoformat()}:{step}:{person.pk}"
        about = loan.guarantee.case_number
        outbox.inbox_message(person, kind="limitation", text=text, about=about, once=once, at=at)


def _whom(loan: Any) -> list[User]:
    return [*people_of(loan.bank), *people_of(loan.guarantee.pool.guarantor)]
