"""回避: why, and who gets the case instead."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from workflows import recusing
from workflows.web.case.found import Found, found_case
from workflows.web.case.page import case_page
from workflows.web.case.panel import Panel
from workflows.web.forms.casework import StepBackForm
from workflows.web.moves.acts import seen
from workflows.web.refused import UNPROCESSABLE, Refused, attempt


@require_http_methods(["GET", "HEAD", "POST"])
def case_step_back(request: HttpRequest, number: str) -> HttpResponse:
    """The form beside the case; POST steps back, for good."""
    found = found_case(request, number)
    colleagues = recusing.successors(found.application, by=found.user)
    form = StepBackForm(request.POST or None, colleagues=colleagues, initial=seen(found.application))
    if request.method != "POST":
        return case_page(request, found, panel=_panel(found, form, None))
    refused = _attempt(found, form) if form.is_valid() else Refused(UNPROCESSABLE)
    if refused is not None:
        found = found_case(request, number)
        return case_page(request, found, panel=_panel(found, form, refused), status=refused.status)
    to = form.chosen()
    messages.success(request, _("您回避了，交给 %(owner)s 了。") % {"owner": to} if to else _("您回避了，记下了。"))
    return redirect("case", number)


def _attempt(found: Found, form: StepBackForm) -> Refused | None:
    given, now = form.cleaned_data, timezone.now()
    return attempt(
        lambda: recusing.step_back(found.application, reason=given["reason"], to=form.chosen(), by=found.user, at=now),
        form=form,
        application=found.application,
        seen_version=given["version"],
        by=found.user,
        at=now,
        action="step_back",
    )


def _panel(found: Found, form: StepBackForm, refused: Refused | None) -> Panel:
    return Panel(
        title=_("回避"),
        url=reverse("case_step_back", args=[found.application.number]),
        form=form,
        label=_("回避这件"),
        hint=_("和她是亲戚、有往来，怕办不公，就回避。回避后您不能再办这件，时间照算。"),
        refused=refused,
    )
