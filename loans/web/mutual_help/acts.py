"""Gifts, help and what comes back: one officer writes it down; what goes out, another one of the city agrees to."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import Region, User
from accounts.models.region import RegionLevel
from accounts.templatetags.page import zh_date_year
from accounts.web.navigation import frame
from accounts.web.parts import Fact
from loans import mutual_help
from loans.models import MutualHelp, MutualHelpFund
from loans.money import capitals, format_yuan
from loans.refusals import VoucherUsed
from loans.web.forms.fund import DecisionForm
from loans.web.forms.mutual_help import DonationForm, HelpForm, RepaymentForm
from loans.web.mutual_help.book import standing_of
from loans.web.mutual_help.page import kept_fund, place_of
from records.edge import caller
from records.models.decision import Outcome
from records.refusals import Refusal
from records.web.attempts import UNPROCESSABLE, attempted

AT_FIELD: dict[type[Refusal], str] = {VoucherUsed: "voucher_no"}
Act = Callable[[User, datetime], object]


@require_http_methods(["GET", "HEAD", "POST"])
def mutual_help_donate(request: HttpRequest) -> HttpResponse:
    """A gift, with or without a name."""
    fund = kept_fund(request)
    form = DonationForm(_sent(request), initial={"value_on": timezone.localdate()})

    def act(by: User, at: datetime) -> object:
        return mutual_help.donate(fund, **_in_fen(form), by=by, at=at)

    return _form_page(request, form, act, title=_("登记捐款"), done=_("记下了，已经入账。"), label=_("记入台账"))


@require_http_methods(["GET", "HEAD", "POST"])
def mutual_help_new(request: HttpRequest) -> HttpResponse:
    """Help for one mother; it waits for another officer."""
    fund = kept_fund(request)
    form = HelpForm(_sent(request), villages=_villages(fund))

    def act(by: User, at: datetime) -> object:
        return mutual_help.propose_help(fund, **_in_fen(form), by=by, at=at)

    done = _("记下了，等另一位同事复核。复核同意以后才算数。")
    return _form_page(request, form, act, title=_("帮一位母亲"), done=done, label=_("提交复核"))


@require_http_methods(["GET", "HEAD", "POST"])
def mutual_help_one(request: HttpRequest, help_id: int) -> HttpResponse:
    """One help: its plan, what came back, and what may be done now: decide on it, or write down a repayment."""
    fund, user = kept_fund(request), caller(request)
    rows = MutualHelp.objects.select_related("village__parent", "fund", "decision__proposed_by", "decision__decided_by")
    helped = get_object_or_404(rows.filter(fund=fund), pk=help_id)
    is_own = helped.decision.proposed_by_id == user.pk
    form = _form_of(request, helped)
    status = 200
    if form is not None and form.is_bound:
        status = _attempted(request, form, _act_of(helped, form), about=str(helped.pk))
        if not form.errors:
            messages.success(request, _("记下了，已经入账。") if isinstance(form, RepaymentForm) else _("复核好了。"))
            return redirect("mutual_help_one", help_id)
    helped.decision.refresh_from_db()
    context = {
        "form": None if helped.decision.is_open and is_own else form,
        "is_decision": helped.decision.is_open,
        "is_own": is_own,
        "helped": helped,
        "facts": _facts(helped),
        "plan": [(part.due_on, format_yuan(part.amount_fen)) for part in mutual_help.plan_of(helped)],
        "back_url": reverse("mutual_help"),
    }
    page = "loans/mutual_help/one.html"
    return render(request, page, context | frame(request, current="mutual_help"), status=status)


def _form_of(request: HttpRequest, helped: MutualHelp) -> forms.Form | None:
    """What is open now, None where nothing is: refused, or all given back."""
    sent = _sent(request)
    if helped.decision.is_open:
        return DecisionForm(sent)
    if not mutual_help.left_fen_of(helped):
        return None
    return RepaymentForm(sent, initial={"value_on": timezone.localdate()})


def _act_of(helped: MutualHelp, form: forms.Form) -> Act:
    def act(by: User, at: datetime) -> object:
        if isinstance(form, RepaymentForm):
            return mutual_help.repay(helped, **_in_fen(form), by=by, at=at)
        given = form.cleaned_data
        outcome = Outcome(given["outcome"])
        return mutual_help.decide_help(helped, outcome=outcome, reason=given["reason"], by=by, at=at)

    return act


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _in_fen(form: forms.Form) -> dict[str, Any]:
    given = dict(form.cleaned_data)
    given["amount_fen"] = given.pop("amount")
    return given


def _form_page(request: HttpRequest, form: forms.Form, act: Act, *, title: str, done: str, label: str) -> HttpResponse:
    status = _attempted(request, form, act, about=title)
    if form.is_bound and not form.errors:
        messages.success(request, done)
        return redirect("mutual_help")
    context = {"form": form, "title": title, "label": label, "back_url": reverse("mutual_help")}
    page = "loans/mutual_help/form.html"
    return render(request, page, context | frame(request, current="mutual_help"), status=status)


def _attempted(request: HttpRequest, form: forms.Form, act: Act, *, about: str) -> int:
    """Do what was sent; where it is refused, the form says why and keeps what was typed."""
    if not form.is_bound:
        return 200
    if not form.is_valid():
        return UNPROCESSABLE
    return attempted(request, form, act, action="mutual_help", about=about, at_field=AT_FIELD)


def _villages(fund: MutualHelpFund) -> dict[str, Region]:
    villages = Region.objects.filter(level=RegionLevel.VILLAGE, code__startswith=fund.keeper.region.prefix)
    return {one.code: one for one in villages.select_related("parent").order_by("code")}


def _facts(helped: MutualHelp) -> list[Fact]:
    left_fen = mutual_help.left_fen_of(helped)
    decision = helped.decision
    facts = [
        Fact(_("她"), f"{helped.name}，{place_of(helped)}"),
        Fact(_("家里的困难"), helped.need),
        Fact(_("用途"), helped.purpose),
        Fact(_("金额"), _("%(yuan)s 元，不收利息") % {"yuan": format_yuan(helped.amount_fen)}),
        Fact(_("大写"), capitals(helped.amount_fen)),
        Fact(_("凭证号"), helped.voucher_no),
        Fact(_("提请人"), str(decision.proposed_by)),
        Fact(_("情况"), standing_of(helped, left_fen=left_fen)),
    ]
    if decision.decided_at is not None:
        day = zh_date_year(timezone.localdate(decision.decided_at))
        facts.append(Fact(_("复核"), f"{decision.decided_by}，{day} {decision.reason}".strip()))
    if left_fen:
        facts.append(Fact(_("还没归还"), _("%(yuan)s 元") % {"yuan": format_yuan(left_fen)}))
    return facts
