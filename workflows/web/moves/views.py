"""Doing something with a case: the form beside it, or the page of a visit; one call, and back to the case."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.web.navigation import frame
from workflows.web.case.desk import desk_of
from workflows.web.case.found import Found, found_case
from workflows.web.case.lines import Masks
from workflows.web.case.page import case_page, head_context
from workflows.web.case.panel import Panel
from workflows.web.forms.visit import NOT_MET
from workflows.web.moves.acts import Act
from workflows.web.moves.offers import ACTS
from workflows.web.refused import UNPROCESSABLE, Refused, attempt

VISIT = "record_survey"
NOTHING: Mapping[str, Any] = {}


@require_http_methods(["GET", "HEAD", "POST"])
def case_move(request: HttpRequest, number: str, move: str) -> HttpResponse:
    """The form of one act beside the case; POST does it."""
    found = found_case(request, number)
    act = ACTS.get(move)
    if act is None:
        raise Http404
    if act.page != "case_move":
        return redirect(act.page, number)
    if request.method == "POST":
        return _do(request, found, act)
    panel = _panel(found, act, act.form(found.application, None, timezone.localdate()))
    desk = desk_of(found, panel=panel)
    if not desk.is_open:
        messages.info(request, _("这件现在不在这一步了，看看走到哪里。"))
        return redirect("case", number)
    return case_page(request, found, panel=panel, desk=desk)


@require_http_methods(["GET", "HEAD", "POST"])
def case_visit(request: HttpRequest, number: str) -> HttpResponse:
    """A visit, written down on a page of its own."""
    found, act = found_case(request, number), ACTS[VISIT]
    if request.method == "POST":
        return _do(request, found, act)
    panel = _panel(found, act, act.form(found.application, None, timezone.localdate()))
    if not desk_of(found, panel=panel).is_open:
        messages.info(request, _("这件现在不用记走访，看看走到哪里。"))
        return redirect("case", number)
    return _visit_page(request, found, panel)


def _do(request: HttpRequest, found: Found, act: Act) -> HttpResponse:
    now = timezone.now()
    form: Any = act.form(found.application, request.POST, timezone.localdate(now))
    form.files = request.FILES
    if not form.is_valid():
        return _again(request, found, _panel(found, act, form, refused=Refused(UNPROCESSABLE)))
    if act.preview and "preview" in request.POST:
        return _again(request, found, _panel(found, act, form, looked_at=act.preview(found.application, form)))
    refused = attempt(
        lambda: act.do(found.application, form, found.user, now),
        form=form,
        application=found.application,
        seen_version=form.cleaned_data["version"],
        by=found.user,
        at=now,
        action=act.name,
    )
    if refused is not None:
        found = found_case(request, found.application.number)
        return _again(request, found, _panel(found, act, form, refused=refused))
    _say(request, act, form)
    return redirect("case", found.application.number)


def _again(request: HttpRequest, found: Found, panel: Panel) -> HttpResponse:
    """The same page with what was typed, under the status of what kept it from being done."""
    status = panel.refused.status if panel.refused else 200
    if panel.url.endswith("/visit"):
        return _visit_page(request, found, panel, status=status)
    return case_page(request, found, panel=panel, status=status)


def _visit_page(request: HttpRequest, found: Found, panel: Panel, *, status: int = 200) -> HttpResponse:
    context = {
        **frame(request, current="work"),
        **head_context(found, Masks(found.application, found.part, shown={})),
        "panel": panel,
        "form": panel.form,
    }
    return render(request, "workflows/case/visit.html", context, status=status)


def _panel(
    found: Found, act: Act, form: Any, *, refused: Refused | None = None, looked_at: Mapping[str, Any] = NOTHING
) -> Panel:
    return Panel(
        title=act.label,
        url=act.url_of(found.application),
        form=form,
        label=act.label,
        hint=act.hint,
        template=act.template,
        is_no=act.is_no,
        refused=refused,
        words={**act.beside(found.application), **looked_at},
    )


def _say(request: HttpRequest, act: Act, form: Any) -> None:
    messages.success(request, str(act.done))
    if act.name == VISIT and not form.cleaned_data["met_in_person"]:
        messages.warning(request, str(NOT_MET))
