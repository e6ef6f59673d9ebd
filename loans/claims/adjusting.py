"""A paid quarter that turned out otherwise: the difference goes into the next claim, as a line of its own."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from loans.claims import lives
from loans.claims.late_payouts import figures_through, quarters_of
from loans.models import ClaimLine, Loan, PlanChange, Repayment, SubsidyClaim, SubsidyStop
from loans.models.claim import ClaimState


def add_adjusting_lines(claim: SubsidyClaim) -> None:
    """For every line of a paid claim about which something new is known, what it should have been less what it was.

    Only loans of which something was recorded since are computed again: a repayment, a reversal, a recall, a stop.
    """
    paid = SubsidyClaim.objects.filter(pool=claim.pool_id, state=ClaimState.PAID, from_on__lt=claim.from_on)
    lines = [line for one in paid.order_by("from_on") for line in _differences(claim, one)]
    ClaimLine.objects.bulk_create(lines, batch_size=1_000)


def _differences(claim: SubsidyClaim, paid: SubsidyClaim) -> Iterator[ClaimLine]:
    changed = list(_changed_since(paid, before=claim.from_on))
    wanted = {line.loan_id: line for line in changed}
    for chunk in lives.chunks(Loan.objects.filter(pk__in=wanted), before=paid.to_on):
        for read in chunk:
            line = wanted[read.loan_id]
            now = figures_through(read.life, quarters_of(line))
            before_fen = line.ours_fen + (line.adjusted_fen or 0)  # type: ignore[attr-defined]
            told_fen = line.interest_fen + (line.adjusted_interest_fen or 0)  # type: ignore[attr-defined]
            if now.subsidy_fen != before_fen:
                difference_fen = now.subsidy_fen - before_fen
                yield ClaimLine(
                    claim=claim,
                    loan_id=line.loan_id,
                    adjusts=line,
                    days=0,
                    opening_fen=0,
                    closing_fen=0,
                    interest_fen=now.interest_fen - told_fen,
                    ours_fen=difference_fen,
                    bank_fen=difference_fen,
                    payment=line.payment,
                )


def _changed_since(paid: SubsidyClaim, *, before: date) -> QuerySet[ClaimLine]:
    """The claim's lines of loans that something was recorded of after it was computed, with what adjusted them."""
    news = (
        Exists(Repayment.objects.filter(loan=OuterRef("loan"), recorded_at__gt=paid.computed_at))
        | Exists(SubsidyStop.objects.filter(loan=OuterRef("loan"), stopped_at__gt=paid.computed_at))
        | Exists(PlanChange.objects.filter(loan=OuterRef("loan"), decision__decided_at__gt=paid.computed_at))
    )
    settled = Q(adjusted_by__claim__from_on__lt=before)
    return (
        paid.lines.filter(news, adjusts__isnull=True)
        .annotate(
            adjusted_fen=Sum("adjusted_by__ours_fen", filter=settled),
            adjusted_interest_fen=Sum("adjusted_by__interest_fen", filter=settled),
        )
        .order_by("loan_id")
    )
