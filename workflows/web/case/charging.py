"""计时和异议: to whom each used day of a case is charged, what was said against it, and how the city decided."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.permissions import may
from accounts.web.navigation import frame
from records.edge import carry_out
from records.models.decision import Outcome
from records.refusals import Invalid, Refusal
from workflows import charge_contests
from workflows.models import ChargeContest
from workflows.notes import office_at
from workflows.sight import place_of
from workflows.web.case.found import Found, found_case
from workflows.web.case.page import home_of
from workflows.web.forms.charging import ContestForm, RulingForm
from workflows.wording import STAGES, day


@dataclass(frozen=True)
class ContestRow:
    """One contest; `form` is there for whoever decides it, while it is open."""

    key: int
    office: str
    days: str
    words: str
    evidence: str
    raised: str
    settled: str
    form: RulingForm | None


@require_http_methods(["GET", "HEAD", "POST"])
def case_charges(request: HttpRequest, number: str) -> HttpResponse:
    found = found_case(request, number)
    application, user, today = found.application, found.user, timezone.localdate()
    office = office_at(application, user)
    assert office is not None, "whoever sees a case's page works for one of its offices"
    open_days = charge_contests.contestable(application, office, today=today)
    form = ContestForm(request.POST if _is_about(request, "contest") else None, days=open_days)
    rulings = _rulings(request, found)
    status = 200
    if request.method == "POST":
        status = _do(request, found, form, rulings)
        if status == 200:
            return redirect("case_charges", number)
    sees_all = found.part.has_findings
    charges = charge_contests.settled_charges(application, today=today)
    contests = application.charge_contests.select_related(
        "organisation", "moved_to", "decision__proposed_by", "decision__decided_by"
    ).prefetch_related("days")
    context = {
        "application": application,
        "charges": [
            (one.day, one.office or _("谁也不算"), STAGES[one.stage])
            for one in charges
            if sees_all or one.office == office.short_name
        ],
        "contests": [
            _row(one, rulings.get(one.pk)) for one in contests if sees_all or one.organisation_id == office.pk
        ],
        "form": form if open_days and may(user, "contest_charge", office) else None,
        "sent": form if form.errors else next((one for one in rulings.values() if one.errors), None),
        "office": office,
    }
    return render(
        request, "workflows/case/charges.html", context | frame(request, current=home_of(found)), status=status
    )


def _is_about(request: HttpRequest, act: str) -> bool:
    return request.method == "POST" and request.POST.get("act") == act


def _rulings(request: HttpRequest, found: Found) -> dict[int, RulingForm]:
    """A form for each open contest, for whoever of the city may decide it: not for who raised it."""
    application = found.application
    if not may(found.user, "decide_contest", place_of(application, "decide_contest")):
        return {}
    waiting = application.charge_contests.filter(decision__decided_at__isnull=True)
    others = waiting.exclude(decision__proposed_by=found.user).select_related("organisation", "decision__proposed_by")
    return {
        one.pk: RulingForm(
            request.POST if _is_about(request, str(one.pk)) else None,
            key=one.pk,
            offices=charge_contests.others_of(one),
        )
        for one in others
    }


def _do(request: HttpRequest, found: Found, form: ContestForm, rulings: dict[int, RulingForm]) -> int:
    application = found.application
    if _is_about(request, "contest"):
        done = _("异议提上去了，等市妇联定。")
        return _attempt(
            request,
            form,
            lambda by, at: charge_contests.contest(application, **form.cleaned_data, by=by, at=at),
            action="contest_charge",
            about=application.number,
            done=done,
        )
    key = next((one for one in rulings if _is_about(request, str(one))), None)
    if key is None:
        messages.error(request, _("这件刚被改过，现在不能这样办了。"))
        return 200
    ruling, contested = rulings[key], get_object_or_404(ChargeContest.objects.select_related("decision"), pk=key)
    return _attempt(
        request,
        ruling,
        lambda by, at: charge_contests.decide(
            contested,
            outcome=Outcome(ruling.cleaned_data["outcome"]),
            moved_to=ruling.chosen(),
            reason=ruling.cleaned_data["reason"],
            by=by,
            at=at,
        ),
        action="decide_contest",
        about=application.number,
        done=_("定好了，对账单跟着变。她的日子没有变。"),
    )


def _attempt(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[User, datetime], object],
    *,
    action: str,
    about: str,
    done: str,
) -> int:
    """Do it; where it is refused the form says why, and keeps what was typed."""
    if not form.is_valid():
        return 422
    try:
        carry_out(request, act, action=action, about=about)
    except Invalid as invalid:
        for error in invalid.errors:
            form.add_error(error.field, str(error.message))
        return 422
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return refusal.status
    messages.success(request, done)
    return 200


def _row(one: ChargeContest, form: RulingForm | None) -> ContestRow:
    decision = one.decision
    settled = ""
    if not decision.is_open:
        to = (
            (one.moved_to.short_name if one.moved_to else _("谁也不算")) if decision.outcome == Outcome.APPROVED else ""
        )
        words = _("%(who)s：%(outcome)s，改算%(to)s。%(reason)s") if to else _("%(who)s：%(outcome)s。%(reason)s")
        names = {"who": decision.decided_by, "outcome": decision.get_outcome_display(), "reason": decision.reason}
        settled = words % (names | {"to": to})
    return ContestRow(
        key=one.pk,
        office=one.organisation.short_name,
        days=_("、").join(day(row.day) for row in one.days.all()),
        words=one.words,
        evidence=one.evidence,
        raised=f"{decision.proposed_by} {day(timezone.localdate(decision.proposed_at))}",
        settled=settled,
        form=form,
    )
