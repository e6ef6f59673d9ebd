"""展期 and 提前收回: one officer of the bank writes it down, another agrees or doesn't."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.permissions import may
from accounts.templatetags.page import zh_date_year
from accounts.web.navigation import frame
from accounts.web.parts import Fact
from loans.models import Loan, PlanChange
from loans.models.plan_change import PlanChangeKind, RecallGround
from loans.plan_changes import decide_plan_change, propose_recall
from loans.web.forms.fund import DecisionForm
from records.models.decision import Outcome
from records.web.attempts import UNPROCESSABLE, attempted
from workflows import extensions
from workflows.web.case.found import Found, found_case
from workflows.web.case.page import home_of
from workflows.web.forms.plan_change import ExtensionForm, RecallForm
from workflows.web.loan.statement import what_of


@require_http_methods(["GET", "HEAD", "POST"])
def case_loan_extend(request: HttpRequest, number: str) -> HttpResponse:
    """Put down the signed agreement on an extension that everybody has agreed to."""
    found, _loan = _of_the_bank(request, number, "extend")
    asked = extensions.granted(found.application)
    if asked is None:
        raise Http404
    form = ExtensionForm(request.POST or None, initial={"until": asked.wanted_on})

    def act(by: User, at: datetime) -> object:
        return extensions.propose(found.application, **form.cleaned_data, by=by, at=at)

    facts = [
        Fact(_("她想延到"), zh_date_year(asked.wanted_on)),
        Fact(_("哪天提的"), zh_date_year(timezone.localdate(asked.said_at))),
        Fact(_("担保公司的话"), asked.guarantor_words),
        Fact(_("贴息"), _("展期的部分政府不贴息")),
    ]
    return _page(request, found, form, act, title=_("办展期"), facts=facts)


@require_http_methods(["GET", "HEAD", "POST"])
def case_loan_recall(request: HttpRequest, number: str) -> HttpResponse:
    """Say from which day all of it is due, and why."""
    found, loan = _of_the_bank(request, number, "recall")
    form = RecallForm(request.POST or None, initial={"on": timezone.localdate()})

    def act(by: User, at: datetime) -> object:
        given = form.cleaned_data
        return propose_recall(
            loan, on=given["on"], ground=RecallGround(given["ground"]), words=given["words"], by=by, at=at
        )

    facts = [
        Fact(_("到期日"), zh_date_year(loan.matures_on)),
        Fact(_("同意以后"), _("全部本金从那天起到期，政府不再贴息")),
    ]
    return _page(request, found, form, act, title=_("提前收回"), facts=facts)


@require_http_methods(["GET", "HEAD", "POST"])
def case_loan_change(request: HttpRequest, number: str, change_id: int) -> HttpResponse:
    """What one officer proposed; another of the bank decides here, and whoever sees the case may read it."""
    found = found_case(request, number)
    rows = PlanChange.objects.select_related("loan__bank", "decision__proposed_by", "decision__decided_by")
    change = get_object_or_404(rows.filter(loan=found.application.loan_id), pk=change_id)
    step = "extend" if change.kind == PlanChangeKind.EXTENSION else "recall"
    is_checker = may(found.user, step, change.loan.bank)
    form = DecisionForm(request.POST if request.method == "POST" and is_checker else None)

    def act(by: User, at: datetime) -> object:
        given = form.cleaned_data
        return decide_plan_change(change, outcome=Outcome(given["outcome"]), reason=given["reason"], by=by, at=at)

    status = _attempted(request, form, act, about=change.loan.number)
    if form.is_bound and not form.errors:
        messages.success(request, _("复核好了，提请的人看得到。"))
        return redirect("case_loan", number)
    change.decision.refresh_from_db()
    context = {
        "form": form,
        "change": change,
        "facts": _facts(change),
        "may_decide": is_checker and change.decision.proposed_by_id != found.user.pk,
        "is_own": change.decision.proposed_by_id == found.user.pk,
        "back_url": reverse("case_loan", args=[number]),
    }
    context |= frame(request, current=home_of(found))
    return render(request, "workflows/loan/decide.html", context, status=status)


def _of_the_bank(request: HttpRequest, number: str, step: str) -> tuple[Found, Loan]:
    found = found_case(request, number)
    loan = found.application.loan
    if loan is None or loan.disbursed_on is None or not may(found.user, step, loan.bank):
        raise Http404
    return found, loan


def _page(
    request: HttpRequest,
    found: Found,
    form: forms.Form,
    act: Callable[[User, datetime], object],
    *,
    title: str,
    facts: list[Fact],
) -> HttpResponse:
    number = found.application.number
    status = _attempted(request, form, act, about=number)
    if form.is_bound and not form.errors:
        messages.success(request, _("记下了，等另一位同事复核。复核同意以后才算数。"))
        return redirect("case_loan", number)
    context: dict[str, Any] = {
        "form": form,
        "title": title,
        "facts": facts,
        "application": found.application,
        "back_url": reverse("case_loan", args=[number]),
    }
    context |= frame(request, current=home_of(found))
    return render(request, "workflows/loan/change.html", context, status=status)


def _attempted(request: HttpRequest, form: forms.Form, act: Callable[[User, datetime], object], *, about: str) -> int:
    """Do what was sent; where it is refused, the form says why and keeps what was typed."""
    if not form.is_bound:
        return 200
    if not form.is_valid():
        return UNPROCESSABLE
    return attempted(request, form, act, action="change_plan", about=about)


def _facts(change: PlanChange) -> list[Fact]:
    facts = [
        Fact(_("贷款"), change.loan.number),
        Fact(_("事项"), what_of(change)),
        Fact(_("提请人"), str(change.decision.proposed_by)),
    ]
    if change.kind == PlanChangeKind.RECALL:
        return [*facts, Fact(_("原因"), f"{change.get_ground_display()}：{change.words}")]
    assert change.guarantor_consented_on is not None
    return [
        *facts,
        Fact(_("她哪天提的"), zh_date_year(change.asked_on)),
        Fact(_("担保公司哪天同意的"), zh_date_year(change.guarantor_consented_on)),
        Fact(_("反担保人"), change.counter_consent),
        Fact(_("展期协议号"), change.agreement_no),
        Fact(_("贴息"), _("展期的部分政府不贴息")),
    ]
