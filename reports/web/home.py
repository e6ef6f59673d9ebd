"""The front page: what is promised, how it goes, and what has come of it so far."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from applicants.models.business import ProjectType
from applicants.web.marks import MARK_OF_TRADE
from loans import policy_wording
from loans.models import Policy
from loans.on_offer import policy_on_offer
from loans.refusals import NoPolicyInForce
from loans.spoken_money import figure_and_unit
from reports.figures import PublicFigures, public_figures


@dataclass(frozen=True)
class Pledge:
    """The policy's figures, as a headline prints them."""

    amount: tuple[str, str]
    interest: str
    days: int


@dataclass(frozen=True)
class TradeCard:
    """One trade with its mark, and how many women live by it."""

    icon: str
    label: str
    women: int


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    figures = public_figures()
    context = {
        "pledge": _pledge(on=timezone.localdate()),
        "women": figures.women,
        "lent": figure_and_unit(figures.lent_fen),
        "trades": _trades(figures),
    }
    return render(request, "reports/home.html", context)


def _pledge(*, on: date) -> Pledge | None:
    """None while there is no policy to promise anything by."""
    try:
        policy: Policy = policy_on_offer(on=on)
    except NoPolicyInForce:
        return None
    return Pledge(
        amount=figure_and_unit(policy.amount_max_fen),
        interest=str(policy_wording.HELP[policy.subsidy_regime]),
        days=policy.promise_days,
    )


def _trades(figures: PublicFigures) -> list[TradeCard]:
    kinds = [(ProjectType(trade.project_type), trade.women) for trade in figures.trades]
    return [TradeCard(MARK_OF_TRADE[kind], str(kind.label), women) for kind, women in kinds]
