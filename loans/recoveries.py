"""The loans that went wrong: which may be compensated, what that costs whom, and which claims are still open."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Max, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from loans import charging
from loans.due_dates import add_months
from loans.models import GuaranteePool, Loan
from loans.models.ledger import Account, Reason
from loans.models.loan import LoanState
from loans.money import share
from loans.position import Position
from loans.servicing import position


@dataclass(frozen=True)
class Cost:
    """What compensating so much principal comes to, in fen.

    The fund pays its share and carries `capacity_fen` less for it; `exposure_fen` no longer counts against the limit.
    """

    principal_fen: int
    fund_fen: int
    capacity_fen: int
    exposure_fen: int

    @property
    def bank_fen(self) -> int:
        return self.principal_fen - self.fund_fen

    @property
    def headroom_fen(self) -> int:
        """How much less may be promised afterwards; negative where there is more room than before."""
        return self.capacity_fen - self.exposure_fen


@dataclass(frozen=True)
class Overdue:
    """A loan so late that the fund may be asked to pay."""

    loan: Loan
    days: int
    cost: Cost


def cost_of(loan: Loan, principal_fen: int, *, pool: GuaranteePool) -> Cost:
    """By the loan's own policy and the pool's leverage of today."""
    fund_fen = share(principal_fen, loan.policy.loss_share_ppm)
    return Cost(principal_fen, fund_fen, fund_fen * pool.leverage, pool.exposure_fen(principal_fen))


def sum_of(costs: Sequence[Cost]) -> Cost:
    return Cost(
        sum(one.principal_fen for one in costs),
        sum(one.fund_fen for one in costs),
        sum(one.capacity_fen for one in costs),
        sum(one.exposure_fen for one in costs),
    )


def overdue_in(pool: GuaranteePool, *, on: date) -> list[Overdue]:
    """Those of the pool, the longest overdue first; a few queries, however many there are."""
    running = pool.guarantees.filter(loan__state=LoanState.ACTIVE).order_by("pk")
    late = list(_late(list(running.values_list("loan__pk", flat=True)), pool, on=on))
    return sorted(late, key=lambda one: (-one.days, one.loan.pk))


def claims_in(pools: Sequence[GuaranteePool]) -> QuerySet[Any]:
    """The compensated loans with what was claimed, came back and was given up in fen, and the last step on each."""
    after = Loan.objects.filter(guarantee__pool__in=pools, state__in=[LoanState.COMPENSATED, LoanState.CLOSED])
    return (
        after.filter(fund_moves__kind="compensation")
        .annotate(
            claimed_fen=_booked(Reason.CLAIM),
            recovered_fen=_booked(Reason.RECOVERY),
            lost_fen=_booked(Reason.FUND_LOSS, Reason.BANK_LOSS),
            last_step_on=Max("entries__value_on", filter=Q(entries__reason__in=[Reason.CLAIM, Reason.RECOVERY])),
        )
        .annotate(left_fen=F("claimed_fen") - F("recovered_fen") - F("lost_fen"))
        .select_related("applicant", "policy", "guarantee__pool")
        .order_by("-pk")
    )


def limitation_of(loan: Loan) -> date:
    """Until when the claim can be sued for: what came back acknowledges it, and the period begins anew (民法典 195)."""
    steps = loan.entries.filter(credit=Account.LOAN_PRINCIPAL, reason=Reason.CLAIM) | loan.entries.filter(
        reason=Reason.RECOVERY
    )
    last_on = steps.aggregate(last=Max("value_on"))["last"]
    assert last_on is not None, f"{loan} was never compensated"
    return limitation_on(last_on, years=loan.policy.limitation_years)


def limitation_on(last_step_on: date, *, years: int) -> date:
    """The last day of the period that begins with the last step (民法典 188)."""
    return add_months(last_step_on, 12 * years)


def is_overdue_enough(loan: Loan, now: Position) -> bool:
    return now.days_overdue > loan.policy.compensation_after_days


def _late(ids: list[int], pool: GuaranteePool, *, on: date) -> Iterator[Overdue]:
    for start in range(0, len(ids), charging.CHUNK):
        # Whoever owes nothing that is due isn't told again.
        owing = charging.needing(ids[start : start + charging.CHUNK], on=on)
        loans = Loan.objects.filter(pk__in=owing).select_related("applicant", "policy", "guarantee")
        for loan in loans.prefetch_related("instalments", "repayments"):
            now = position(loan, on=on)
            if is_overdue_enough(loan, now):
                yield Overdue(loan, now.days_overdue, cost_of(loan, now.principal_outstanding_fen, pool=pool))


def _booked(*reasons: Reason) -> Coalesce:
    return Coalesce(Sum("entries__amount_fen", filter=Q(entries__reason__in=reasons)), 0)
