"""What waits for a second officer of the finance bureau, and what was decided last: money, leverage, write-offs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from loans.models import GuaranteePool
from records.models import Decision

# Of what was decided, so many stay in sight for whoever proposed it.
SETTLED_SHOWN: Final = 5
# What holds the key to a decision, and the page on which it is decided.
PAGES: Final = {"fund_proposal": "finance_proposal", "write_off": "write_off", "leverage_change": "leverage_change"}


@dataclass(frozen=True)
class ProposalRow:
    """One proposal and where it stands."""

    url: str
    summary: str
    by: str
    at: datetime
    is_open: bool
    is_own: bool
    outcome: str
    reason: str


def waiting_in(pool: GuaranteePool, user: User) -> list[ProposalRow]:
    """The oldest first."""
    waiting = Decision.objects.filter(_of(pool), decided_at__isnull=True).select_related("proposed_by", *PAGES)
    return [_row(one, user) for one in waiting.order_by("pk")]


def settled_in(pool: GuaranteePool, user: User) -> list[ProposalRow]:
    """The newest first."""
    settled = Decision.objects.filter(_of(pool), decided_at__isnull=False).select_related("decided_by", *PAGES)
    return [_row(one, user) for one in settled.order_by("-decided_at")[:SETTLED_SHOWN]]


def _of(pool: GuaranteePool) -> Q:
    of_loans = Q(write_off__loan__guarantee__pool=pool)
    return Q(fund_proposal__pool=pool) | Q(leverage_change__pool=pool) | of_loans


def _row(decision: Decision, user: User) -> ProposalRow:
    key = next(name for name in PAGES if hasattr(decision, name))
    return ProposalRow(
        url=reverse(PAGES[key], args=[getattr(decision, key).pk]),
        summary=decision.summary,
        by=str(decision.proposed_by if decision.is_open else decision.decided_by),
        at=decision.decided_at or decision.proposed_at,
        is_open=decision.is_open,
        is_own=decision.proposed_by_id == user.pk,
        outcome=str(decision.get_outcome_display()),
        reason=decision.reason,
    )
