"""How often the deposit is lent out: one finance officer proposes another figure, with the repayment rate beside it."""

from datetime import date, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.web.navigation import frame
from accounts.web.parts import Fact
from loans import funds
from loans.models import GuaranteePool, LeverageChange
from loans.money import percent
from loans.repayment_rate import due_rate_of_year
from loans.spoken_money import money
from loans.web.finance import funded_pools, leverage_words
from loans.web.forms.fund import DecisionForm
from loans.web.forms.leverage import LeverageForm
from records.edge import caller, carry_out
from records.models.decision import Outcome
from records.web.attempts import UNPROCESSABLE, attempted


@require_http_methods(["GET", "HEAD", "POST"])
def leverage_propose(request: HttpRequest, pool_id: int) -> HttpResponse:
    pool = get_object_or_404(funded_pools(caller(request)), pk=pool_id)
    form = LeverageForm(request.POST if request.method == "POST" else None, current=pool.leverage)
    status = 200
    if form.is_bound:
        status = UNPROCESSABLE
        if form.is_valid():
            given = form.cleaned_data
            carry_out(
                request,
                lambda by, at: funds.propose_leverage(
                    pool, leverage=given["leverage"], grounds=given["grounds"], by=by, at=at
                ),
                action="propose_leverage",
                about=pool.name,
            )
            messages.success(request, _("记下了，等另一位同事复核。复核同意以后才算数。"))
            return redirect(_address_of(pool))
    facts = [Fact(_("现在"), leverage_words(pool)), *rates_of(pool, today=timezone.localdate())]
    context = {"form": form, "pool": pool, "facts": facts, "back_url": _address_of(pool)}
    return render(request, "loans/leverage_propose.html", context | frame(request, current="finance"), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def leverage_change(request: HttpRequest, leverage_id: int) -> HttpResponse:
    """What one officer proposed and what would come of it; another one decides here."""
    user = caller(request)
    changes = LeverageChange.objects.select_related("pool__finance", "decision__proposed_by", "decision__decided_by")
    change = get_object_or_404(changes.filter(pool__in=funded_pools(user)), pk=leverage_id)
    form = DecisionForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound:
        status = _decide(request, form, change) if form.is_valid() else UNPROCESSABLE
        if not form.errors:
            agreed = form.cleaned_data["outcome"] == Outcome.APPROVED
            messages.success(request, _("同意了，倍数改了。") if agreed else _("没同意，提请的人看得到理由。"))
            return redirect(_address_of(change.pool))
    change.decision.refresh_from_db()
    context = {
        "form": form,
        "proposal": change,
        "facts": _facts(change, today=timezone.localdate()),
        "effect": effect_of(change),
        "is_own": change.decision.proposed_by_id == user.pk,
        "back_url": _address_of(change.pool),
    }
    return render(request, "loans/leverage_change.html", context | frame(request, current="finance"), status=status)


def rates_of(pool: GuaranteePool, *, today: date) -> list[Fact]:
    """Last year's rate and this year's so far, with the figures that they are made of."""
    return [_rate(pool, year, today=today) for year in (today.year - 1, today.year)]


def effect_of(change: LeverageChange) -> str:
    """What an approval would leave, said before anybody agrees."""
    pool = change.pool
    capacity_fen = pool.fund_balance_fen * change.leverage
    left_fen = capacity_fen - pool.committed_fen - pool.reserved_fen
    words = _("同意以后：保证金 %(balance)s × %(leverage)s 倍 = 额度 %(capacity)s。") % {
        "balance": money(pool.fund_balance_fen),
        "leverage": change.leverage,
        "capacity": money(capacity_fen),
    }
    if left_fen < 0:
        return words + _("比已经答应的少 %(short)s，现在不能降这么多。") % {"short": money(-left_fen)}
    return words + _("还能用 %(left)s。") % {"left": money(left_fen)}


def _rate(pool: GuaranteePool, year: int, *, today: date) -> Fact:
    rate = due_rate_of_year(pool, year, today=today)
    label = _("%(year)s 年到期还款率") % {"year": year}
    if rate.rate_ppm is None:
        return Fact(label, _("没有到期的本金"))
    words = _("%(rate)s%%（到期 %(due)s，还了 %(repaid)s）") % {
        "rate": percent(rate.rate_ppm),
        "due": money(rate.due_fen),
        "repaid": money(rate.repaid_fen),
    }
    return Fact(label, words)


def _facts(change: LeverageChange, *, today: date) -> list[Fact]:
    return [
        Fact(_("事项"), change.decision.summary),
        Fact(_("依据"), change.grounds),
        *rates_of(change.pool, today=today),
        Fact(_("提请人"), str(change.decision.proposed_by)),
    ]


def _decide(request: HttpRequest, form: DecisionForm, change: LeverageChange) -> int:
    given = form.cleaned_data

    def act(by: User, at: datetime) -> object:
        return funds.decide_leverage(change, outcome=Outcome(given["outcome"]), reason=given["reason"], by=by, at=at)

    return attempted(request, form, act, action="decide_leverage", about=change.pool.name)


def _address_of(pool: GuaranteePool) -> str:
    return f"{reverse('finance')}?pool={pool.pk}"
