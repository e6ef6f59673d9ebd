"""A payout that was recorded after its quarter's claim was computed: the missed days stand in the next claim's line."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db.models import Exists, Min, OuterRef, QuerySet

from loans.claims.days import LoanLife
from loans.claims.figures import NOTHING, Figures, figures_of
from loans.claims.quarter import Quarter
from loans.models import ClaimLine, ClaimSegment, Loan, SubsidyClaim
from loans.models.claim import ClaimState


def missed_quarters(claim: SubsidyClaim, *, first: int, last: int) -> Mapping[int, Sequence[Quarter]]:
    """Of the loans with ids from `first` to `last`, the paid quarters that know nothing of them, the oldest first."""
    missed: dict[int, list[Quarter]] = defaultdict(list)
    loans = Loan.objects.paid_out().filter(pk__gte=first, pk__lte=last, bank=claim.pool.bank_id)
    for paid in claims_before(claim).filter(state=ClaimState.PAID):
        told = ClaimSegment.objects.filter(loan=OuterRef("pk"), from_on__gte=paid.from_on, from_on__lt=paid.to_on)
        late = loans.filter(
            ~Exists(told), disbursed_on__lt=paid.to_on, log__move="activate", log__at__gt=paid.computed_at
        )
        for loan_id in late.filter(policy__programme=claim.pool.programme_id).values_list("pk", flat=True):
            missed[loan_id].append(Quarter(paid.from_on, paid.to_on))
    return missed


def quarters_of(line: ClaimLine) -> list[Quarter]:
    """What a line covers: its claim's quarter, and those before it that had been missed."""
    first_on = line.segments.aggregate(first=Min("from_on"))["first"]
    own = Quarter(line.claim.from_on, line.claim.to_on)
    if first_on is None or first_on >= own.from_on:
        return [own]
    earlier = claims_before(line.claim).filter(to_on__gt=first_on)
    return [*(Quarter(one.from_on, one.to_on) for one in earlier), own]


def figures_through(life: LoanLife, quarters: Sequence[Quarter]) -> Figures:
    """Several quarters as one line, each rounded for itself; NOTHING where nothing was owed in any."""
    parts = [one for quarter in quarters if (one := figures_of(life, quarter)) is not NOTHING]
    if len(parts) < 2:
        return parts[0] if parts else NOTHING
    return Figures(
        segments=tuple(segment for one in parts for segment in one.segments),
        days=sum(one.days for one in parts),
        interest_fen=sum(one.interest_fen for one in parts),
        subsidy_fen=sum(one.subsidy_fen for one in parts),
        opening_fen=parts[0].opening_fen,
        closing_fen=parts[-1].closing_fen,
    )


def claims_before(claim: SubsidyClaim) -> QuerySet[SubsidyClaim]:
    """The pool's earlier claims, the oldest first."""
    return SubsidyClaim.objects.filter(pool=claim.pool_id, from_on__lt=claim.from_on).order_by("from_on")
