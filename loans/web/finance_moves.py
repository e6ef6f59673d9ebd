"""Money into the fund and out of it: one officer writes it down, another agrees or doesn't."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.templatetags.page import zh_date_year
from accounts.web.navigation import frame
from accounts.web.parts import Fact
from loans import compensation, funds
from loans.models import FundProposal, GuaranteePool
from loans.models.fund import OUTGOING, FundMoveKind
from loans.money import capitals, format_yuan
from loans.refusals import VoucherUsed
from loans.spoken_money import money
from loans.web.finance import funded_pools
from loans.web.forms.fund import DecisionForm, FundMoveForm
from records.edge import caller
from records.models.decision import Outcome
from records.refusals import Refusal
from records.web.attempts import UNPROCESSABLE, attempted

AT_FIELD: dict[type[Refusal], str] = {VoucherUsed: "voucher_no"}
# What follows from a loan is decided with the loan.
DECIDE: Mapping[str, Callable[..., object]] = {
    FundMoveKind.COMPENSATION: compensation.decide_compensation,
    FundMoveKind.RECOVERY: compensation.decide_recovery,
}


@require_http_methods(["GET", "HEAD", "POST"])
def finance_propose(request: HttpRequest, pool_id: int) -> HttpResponse:
    """The form for a movement; sent, it waits for another officer."""
    pool = get_object_or_404(funded_pools(caller(request)), pk=pool_id)
    form = FundMoveForm(request.POST if request.method == "POST" else None, today=timezone.localdate())
    status = 200
    if form.is_bound:
        status = _propose(request, form, pool) if form.is_valid() else UNPROCESSABLE
        if not form.errors:
            messages.success(request, _("记下了，等另一位同事复核。复核同意以后才算数。"))
            return redirect(_address_of(pool))
    context = {"form": form, "pool": pool, "back_url": _address_of(pool)}
    return render(request, "loans/finance_propose.html", context | frame(request, current="finance"), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def finance_proposal(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """What one officer proposed and what would come of it; another one decides here."""
    user = caller(request)
    proposals = FundProposal.objects.select_related("pool__finance", "decision__proposed_by", "decision__decided_by")
    proposal = get_object_or_404(proposals.filter(pool__in=funded_pools(user)), pk=proposal_id)
    form = DecisionForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound:
        status = _decide(request, form, proposal) if form.is_valid() else UNPROCESSABLE
        if not form.errors:
            agreed = form.cleaned_data["outcome"] == Outcome.APPROVED
            messages.success(request, _("同意了，已经记账。") if agreed else _("没同意，提请的人看得到理由。"))
            return redirect(_address_of(proposal.pool))
    proposal.decision.refresh_from_db()
    context = {
        "form": form,
        "proposal": proposal,
        "facts": _facts(proposal),
        "effect": _effect(proposal),
        "is_own": proposal.decision.proposed_by_id == user.pk,
        "back_url": _address_of(proposal.pool),
    }
    return render(request, "loans/finance_proposal.html", context | frame(request, current="finance"), status=status)


def _propose(request: HttpRequest, form: FundMoveForm, pool: GuaranteePool) -> int:
    given = form.cleaned_data

    def act(by: User, at: datetime) -> FundProposal:
        return funds.propose_fund_move(
            pool,
            kind=FundMoveKind(given["kind"]),
            amount_fen=given["amount"],
            value_on=given["value_on"],
            voucher_no=given["voucher_no"],
            by=by,
            at=at,
        )

    return attempted(request, form, act, action="propose_fund_move", about=pool.name, at_field=AT_FIELD)


def _decide(request: HttpRequest, form: DecisionForm, proposal: FundProposal) -> int:
    given = form.cleaned_data
    decide = DECIDE.get(proposal.kind, funds.decide_fund_move)

    def act(by: User, at: datetime) -> object:
        return decide(proposal, outcome=Outcome(given["outcome"]), reason=given["reason"], by=by, at=at)

    return attempted(request, form, act, action="decide_fund_move", about=proposal.voucher_no, at_field=AT_FIELD)


def _facts(proposal: FundProposal) -> list[Fact]:
    facts = [
        Fact(_("类别"), str(FundMoveKind(proposal.kind).label)),
        Fact(_("金额"), _("%(yuan)s 元") % {"yuan": format_yuan(proposal.amount_fen)}),
        Fact(_("大写"), capitals(proposal.amount_fen)),
        Fact(_("日期"), zh_date_year(proposal.value_on)),
        Fact(_("凭证号"), proposal.voucher_no),
        Fact(_("提请人"), str(proposal.decision.proposed_by)),
    ]
    if proposal.loan is not None:
        facts.append(Fact(_("贷款"), proposal.loan.number))
    return facts


def _effect(proposal: FundProposal) -> str:
    """What an approval would leave, said before anybody agrees; "" once it is decided."""
    if not proposal.decision.is_open:
        return ""
    pool = proposal.pool
    sign = -1 if proposal.kind in OUTGOING else 1
    balance_fen = pool.fund_balance_fen + sign * proposal.amount_fen
    capacity_fen = balance_fen * pool.leverage
    short_fen = pool.committed_fen + pool.reserved_fen - capacity_fen
    words = _("同意以后：保证金 %(balance)s，额度 %(capacity)s。") % {
        "balance": money(balance_fen),
        "capacity": money(capacity_fen),
    }
    if short_fen > 0 and proposal.kind == FundMoveKind.WITHDRAWAL:
        return words + _("比已经答应的少 %(short)s，现在退不了这么多。") % {"short": money(short_fen)}
    return words


def _address_of(pool: GuaranteePool) -> str:
    return f"{reverse('finance')}?pool={pool.pk}"
