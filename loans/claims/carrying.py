"""A claim that takes back more than it asks for: nothing is paid, and what is left is carried into the next one.

Nothing is stored for it. What was agreed of a reviewed claim never changes, so what it carries on never does.
"""

from django.db.models import Sum

from loans.models import ClaimLine, SubsidyClaim
from loans.models.claim import ClaimState

SETTLED = (ClaimState.REVIEWED, ClaimState.PAID)


def carried_claims(claim: SubsidyClaim) -> list[int]:
    """Ids of the pool's claims, settled before this one, whose sum together is below nought still."""
    settled = SubsidyClaim.objects.filter(pool=claim.pool_id, state__in=SETTLED).exclude(pk=claim.pk)
    if claim.state in SETTLED and claim.decision is not None and claim.decision.decided_at is not None:
        settled = settled.filter(decision__decided_at__lt=claim.decision.decided_at)
    carried: list[int] = []
    left_fen = 0
    for pk, fen in (
        settled.order_by("decision__decided_at").annotate(fen=Sum("lines__agreed_fen")).values_list("pk", "fen")
    ):
        left_fen += fen or 0
        carried = [*carried, pk] if left_fen < 0 else []
        left_fen = min(left_fen, 0)
    return carried


def carried_fen(claim: SubsidyClaim) -> int:
    """What earlier claims left to be taken back: nought or less."""
    return _agreed_fen(carried_claims(claim))


def payable_fen(claim: SubsidyClaim) -> int:
    """What the treasury pays for the claim: what is agreed of its rows, less what was carried; never below nought."""
    return max(_agreed_fen([claim.pk, *carried_claims(claim)]), 0)


def _agreed_fen(claims: list[int]) -> int:
    return ClaimLine.objects.filter(claim__in=claims).aggregate(total=Sum("agreed_fen"))["total"] or 0
