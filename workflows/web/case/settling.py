"""A person's word on one finding; calling met what the rule found not met takes a second person."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from loans import rule_wording
from records.models.decision import Outcome
from workflows import findings
from workflows.models import AssessedFinding
from workflows.models.finding import FindingOutcome
from workflows.stages import eligibility
from workflows.web.case.found import Found, found_case
from workflows.web.case.page import case_page
from workflows.web.case.panel import Panel
from workflows.web.forms.casework import FindingForm, OverrideForm
from workflows.web.forms.moves import MoveForm, SecondForm
from workflows.web.moves.acts import seen
from workflows.web.moves.found_reasons import as_found
from workflows.web.refused import UNPROCESSABLE, Refused, attempt


class Way(NamedTuple):
    """How this finding is settled: its form, what it calls, and the words around it."""

    form: type[MoveForm]
    do: Callable[[AssessedFinding, dict[str, Any], User, datetime], object]
    label: str
    hint: str
    done: str


@require_http_methods(["GET", "HEAD", "POST"])
def case_finding(request: HttpRequest, number: str, finding: int) -> HttpResponse:
    """One rule beside the case; POST settles it."""
    found = found_case(request, number)
    current = findings.current(found.application).select_related("application", "override__proposed_by")
    kept = get_object_or_404(current, pk=finding) if found.part.has_findings else None
    if kept is None:
        return redirect("case", number)
    way = _way(kept)
    form = way.form(request.POST or None, initial=seen(found.application))
    if request.method != "POST":
        return case_page(request, found, panel=_panel(found, kept, way, form, None))
    refused = _attempt(found, kept, way, form) if form.is_valid() else Refused(UNPROCESSABLE)
    if refused is not None:
        found = found_case(request, number)
        return case_page(request, found, panel=_panel(found, kept, way, form, refused), status=refused.status)
    messages.success(request, way.done)
    return redirect(f"{reverse('case', args=[number])}#findings")


def _attempt(found: Found, kept: AssessedFinding, way: Way, form: MoveForm) -> Refused | None:
    now = timezone.now()
    return attempt(
        lambda: way.do(kept, form.cleaned_data, found.user, now),
        form=form,
        application=found.application,
        seen_version=form.cleaned_data["version"],
        by=found.user,
        at=now,
        action="settle_finding",
    )


def _way(kept: AssessedFinding) -> Way:
    if kept.override is not None and kept.override.is_open:
        return Way(SecondForm, _decide, _("提交复核"), _asked_by(kept), _("复核完了。"))
    if kept.outcome == FindingOutcome.NOT_MET:
        hint = _("系统判断不满足。要改成满足，写明理由，再由另一个人复核。")
        return Way(OverrideForm, _propose, _("提出改成满足"), hint, _("提出了，等另一个人复核。"))
    return Way(FindingForm, _settle, _("定下来"), _("结论由您来定，写进案卷。"), _("这一条定了。"))


def _settle(kept: AssessedFinding, given: dict[str, Any], by: User, at: datetime) -> object:
    return eligibility.settle(kept, outcome=given["outcome"], note=given["note"], by=by, at=at)


def _propose(kept: AssessedFinding, given: dict[str, Any], by: User, at: datetime) -> object:
    return eligibility.propose_override(kept, note=given["note"], by=by, at=at)


def _decide(kept: AssessedFinding, given: dict[str, Any], by: User, at: datetime) -> object:
    return eligibility.decide_override(kept, outcome=Outcome(given["outcome"]), by=by, at=at)


def _asked_by(kept: AssessedFinding) -> str:
    assert kept.override is not None
    names = {"name": kept.override.proposed_by, "note": kept.note}
    return _("%(name)s 提出改成满足：%(note)s") % names


def _panel(found: Found, kept: AssessedFinding, way: Way, form: MoveForm, refused: Refused | None) -> Panel:
    finding = as_found(kept)
    return Panel(
        title=rule_wording.title(kept.rule),
        url=reverse("case_finding", args=[found.application.number, kept.pk]),
        form=form,
        label=way.label,
        hint=way.hint,
        template="workflows/case/acts/finding.html",
        refused=refused,
        words={
            "seen": rule_wording.found_words(finding),
            "required": rule_wording.required_words(finding),
            "clause": kept.clause,
        },
    )
