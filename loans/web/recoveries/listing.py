"""代偿追偿: what may be compensated now, what is still claimed, and what has come to an end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.permissions import live_memberships
from accounts.web.navigation import frame
from accounts.web.parts import Tone
from loans import recoveries as ways
from loans import sight
from loans.claims.quarter import quarter_of
from loans.models import FundProposal, GuaranteePool, Loan
from loans.models.fund import FundMoveKind
from loans.models.loan import LoanState
from loans.money import format_yuan
from loans.recoveries import Overdue, limitation_on
from loans.web.recoveries.wording import effect_words, limitation_tone, limitation_words, rhythm_words
from records.edge import caller

CLOSED_SHOWN = 20


@dataclass(frozen=True)
class OverdueRow:
    """One loan that the fund may be asked for; `name` is "" for whoever may not see whose it is."""

    number: str
    name: str
    days: int
    principal: str
    fund: str
    bank: str
    is_asked: bool


@dataclass(frozen=True)
class ClaimRow:
    """One claim; `limitation` is "" once it is closed."""

    number: str
    name: str
    claimed: str
    recovered: str
    left: str
    lost: str
    limitation: str
    tone: Tone


@dataclass(frozen=True)
class PoolPart:
    """What a pool's loans come to: those that may be compensated and what all of them would cost."""

    pool: GuaranteePool
    rows: list[OverdueRow]
    effect: str


@require_safe
def recoveries(request: HttpRequest) -> HttpResponse:
    user, today = caller(request), timezone.localdate()
    pools = list(pools_of(user))
    claims = list(_claims(pools, user, today=today, state=LoanState.COMPENSATED))
    context = {
        "today": today,
        "rhythm": rhythm_words(quarter_of(today)),
        "parts": [_part(one, user, today=today) for one in pools],
        "claims": claims,
        "closed": list(_claims(pools, user, today=today, state=LoanState.CLOSED))[:CLOSED_SHOWN],
    }
    return render(request, "loans/recoveries/list.html", context | frame(request, current="recoveries"))


def pools_of(user: User) -> QuerySet[GuaranteePool]:
    """The pools whose losses her office has a part in. Raises Http404 for whoever has none."""
    offices = [one.organisation_id for one in live_memberships(user) if one.grants("view_recoveries")]
    if not offices:
        raise Http404
    mine = Q(bank__in=offices) | Q(guarantor__in=offices) | Q(finance__in=offices)
    return GuaranteePool.objects.filter(mine).order_by("pk")


def names_of(loans: Sequence[Loan], user: User) -> dict[int, str]:
    """Whose they are, of those that she may see."""
    seen = Loan.objects.filter(sight.of_loans(user), pk__in=[one.pk for one in loans])
    return dict(seen.values_list("pk", "applicant__full_name"))


def _part(pool: GuaranteePool, user: User, *, today: date) -> PoolPart:
    late = ways.overdue_in(pool, on=today)
    names = names_of([one.loan for one in late], user)
    asked = FundProposal.objects.filter(kind=FundMoveKind.COMPENSATION, decision__decided_at__isnull=True, pool=pool)
    waiting = set(asked.values_list("loan", flat=True))
    cost = ways.sum_of([one.cost for one in late])
    rows = [_overdue_row(one, names.get(one.loan.pk, ""), is_asked=one.loan.pk in waiting) for one in late]
    return PoolPart(pool, rows, effect_words(cost, leverage=pool.leverage))


def _overdue_row(one: Overdue, name: str, *, is_asked: bool) -> OverdueRow:
    return OverdueRow(
        number=one.loan.number,
        name=name,
        days=one.days,
        principal=format_yuan(one.cost.principal_fen),
        fund=format_yuan(one.cost.fund_fen),
        bank=format_yuan(one.cost.bank_fen),
        is_asked=is_asked,
    )


def _claims(pools: Sequence[GuaranteePool], user: User, *, today: date, state: LoanState) -> Iterator[ClaimRow]:
    found = list(ways.claims_in(pools).filter(state=state))
    names = names_of(found, user)
    for loan in found:
        yield _claim_row(loan, names.get(loan.pk, ""), today=today)


def _claim_row(loan: Any, name: str, *, today: date) -> ClaimRow:
    last_on = limitation_on(loan.last_step_on, years=loan.policy.limitation_years)
    is_open = loan.state == LoanState.COMPENSATED
    return ClaimRow(
        number=loan.number,
        name=name,
        claimed=format_yuan(loan.claimed_fen),
        recovered=format_yuan(loan.recovered_fen),
        left=format_yuan(loan.left_fen),
        lost=format_yuan(loan.lost_fen),
        limitation=limitation_words(last_on) if is_open else "",
        tone=limitation_tone(last_on, today=today),
    )
