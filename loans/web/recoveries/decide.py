"""The finance bureau's word on a claim that the bank wants to give up."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.web.navigation import frame
from accounts.web.parts import Fact
from loans import write_offs
from loans.models import WriteOff
from loans.money import capitals, format_yuan
from loans.web.finance import funded_pools
from loans.web.forms.fund import DecisionForm
from records.edge import caller
from records.models.decision import Outcome
from records.web.attempts import UNPROCESSABLE, attempted


@require_http_methods(["GET", "HEAD", "POST"])
def write_off(request: HttpRequest, write_off_id: int) -> HttpResponse:
    user = caller(request)
    proposals = WriteOff.objects.select_related(
        "loan__guarantee__pool__finance", "decision__proposed_by", "decision__decided_by"
    )
    proposal = get_object_or_404(proposals.filter(loan__guarantee__pool__in=funded_pools(user)), pk=write_off_id)
    form = DecisionForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound:
        status = _decide(request, form, proposal) if form.is_valid() else UNPROCESSABLE
        if not form.errors:
            agreed = form.cleaned_data["outcome"] == Outcome.APPROVED
            words = _("同意了，损失记下来，这笔结案。") if agreed else _("没同意，提请的人看得到理由。")
            messages.success(request, words)
            return redirect("recovery", loan_number=proposal.loan.number)
    proposal.decision.refresh_from_db()
    context = {
        "form": form,
        "proposal": proposal,
        "facts": _facts(proposal),
        "is_own": proposal.decision.proposed_by_id == user.pk,
        "back_url": reverse("recovery", args=[proposal.loan.number]),
    }
    return render(
        request, "loans/recoveries/write_off.html", context | frame(request, current="finance"), status=status
    )


def _decide(request: HttpRequest, form: DecisionForm, proposal: WriteOff) -> int:
    given = form.cleaned_data

    def act(by: User, at: datetime) -> object:
        return write_offs.decide_write_off(
            proposal, outcome=Outcome(given["outcome"]), reason=given["reason"], by=by, at=at
        )

    return attempted(request, form, act, action="decide_write_off", about=proposal.loan.number)


def _facts(proposal: WriteOff) -> list[Fact]:
    return [
        Fact(_("贷款"), proposal.loan.number),
        Fact(_("核销本金"), _yuan(proposal.principal_fen)),
        Fact(_("大写"), capitals(proposal.principal_fen)),
        Fact(_("基金的损失"), _yuan(proposal.fund_fen)),
        Fact(_("银行的损失"), _yuan(proposal.bank_fen)),
        Fact(_("为什么追不回来"), proposal.reason),
        Fact(_("提请人"), str(proposal.decision.proposed_by)),
    ]


def _yuan(fen: int) -> str:
    return _("%(yuan)s 元") % {"yuan": format_yuan(fen)}
