"""What must be true of every claim, read again from its rows."""

from collections.abc import Iterator

from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce

from loans.models import ClaimLine, SubsidyClaim
from loans.models.claim import ClaimState


def findings() -> Iterator[str]:
    """One line for each thing that isn't true."""
    own = ClaimLine.objects.filter(adjusts__isnull=True).annotate(
        told_fen=Coalesce(Sum("segments__subsidy_fen"), 0), told_interest_fen=Coalesce(Sum("segments__interest_fen"), 0)
    )
    wrong = own.exclude(told_fen=F("ours_fen"), told_interest_fen=F("interest_fen")).select_related("claim", "loan")
    for line in wrong.order_by("pk"):
        yield f"claim {line.claim}: {line.loan} is computed as {line.ours_fen} fen, its days sum to {line.told_fen}"
    done = Q(state__in=[ClaimState.REVIEWED, ClaimState.PAID])
    for claim in SubsidyClaim.objects.filter(done, lines__agreed_fen__isnull=True).distinct():
        yield f"claim {claim}: is {claim.state}, and some of its rows were never settled"
    for claim in SubsidyClaim.objects.filter(done).exclude(
        Q(decision__outcome="approved") & ~Q(decision__decided_by=F("decision__proposed_by"))
    ):
        yield f"claim {claim}: two people have not agreed on it"
