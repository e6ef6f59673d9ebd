"""Stopping the clock for something outside our hands, and letting it run again."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from workflows import pausing
from workflows.models import CasePause
from workflows.models.pause import PauseReason
from workflows.web.case.desk import asked_pause_of
from workflows.web.case.found import Found, found_case
from workflows.web.case.page import case_page
from workflows.web.case.panel import Panel
from workflows.web.forms.casework import PauseForm
from workflows.web.forms.moves import MoveForm
from workflows.web.moves.acts import seen
from workflows.web.refused import UNPROCESSABLE, Refused, attempt


@require_http_methods(["GET", "HEAD", "POST"])
def case_pause(request: HttpRequest, number: str) -> HttpResponse:
    """Stop the clock; where somebody has stopped it already, let it run again."""
    found = found_case(request, number)
    stopped = asked_pause_of(found.application)
    form_class = MoveForm if stopped else PauseForm
    form: Any = form_class(request.POST or None, initial=seen(found.application))
    if request.method != "POST":
        return case_page(request, found, panel=_panel(found, form, stopped, None))
    refused = _attempt(found, form, stopped) if form.is_valid() else Refused(UNPROCESSABLE)
    if refused is not None:
        found = found_case(request, number)
        return case_page(request, found, panel=_panel(found, form, stopped, refused), status=refused.status)
    messages.success(request, _("从下一个工作日接着算。") if stopped else _("时间停下来了。"))
    return redirect("case", number)


def _attempt(found: Found, form: Any, stopped: CasePause | None) -> Refused | None:
    now, given = timezone.now(), form.cleaned_data

    def pause_or_resume() -> object:
        if stopped:
            return pausing.resume(stopped, by=found.user, at=now)
        return pausing.pause(
            found.application,
            reason=PauseReason(given["pause_reason"]),
            expected_on=given["until"],
            note=given["note"],
            by=found.user,
            at=now,
        )

    return attempt(
        pause_or_resume,
        form=form,
        application=found.application,
        seen_version=given["version"],
        by=found.user,
        at=now,
        action="resume" if stopped else "pause",
    )


def _panel(found: Found, form: MoveForm, stopped: CasePause | None, refused: Refused | None) -> Panel:
    url = reverse("case_pause", args=[found.application.number])
    if stopped:
        hint = _("%(reason)s。接着算从下一个工作日起。") % {"reason": stopped.get_reason_display()}
        return Panel(_("接着算时间"), url, form, _("接着算"), hint, refused=refused)
    hint = _("只有外部核查和不可抗力能停。排队、休假、同事请假都不能停。")
    return Panel(_("暂停"), url, form, _("暂停"), hint, refused=refused)
