"""What everybody may know: how many women were helped, with how much, and with what they earn their living."""

from dataclasses import dataclass

from django.db.models import Count, Sum

from applicants.models.business import ProjectType
from loans.models import Loan

# Of fewer women than this the number is not told: their neighbours would know who is meant.
FEWEST_TOLD = 3


@dataclass(frozen=True)
class Trade:
    """How many women were helped in one trade."""

    project_type: str
    women: int


@dataclass(frozen=True)
class PublicFigures:
    """Money that was paid out, whatever became of the loans since. `trades`: the most women first."""

    women: int
    lent_fen: int
    trades: list[Trade]


def public_figures() -> PublicFigures:
    """Counted anew in two queries. A woman who came twice, by whatever phone, is one woman."""
    paid_out = Loan.objects.paid_out()
    woman = Count("applicant__id_index", distinct=True)
    whole = paid_out.aggregate(women=woman, lent_fen=Sum("amount_fen"))
    trades = paid_out.order_by().values_list("applicant__business__project_type").annotate(women=woman)
    told = [Trade(kind, women) for kind, women in trades if kind in ProjectType.values and women >= FEWEST_TOLD]
    return PublicFigures(
        women=whole["women"],
        lent_fen=whole["lent_fen"] or 0,
        trades=sorted(told, key=lambda trade: -trade.women),
    )
