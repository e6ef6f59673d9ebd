"""Whose the case is: taking it, or giving it to a colleague."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from workflows import assigning
from workflows.assigning import current_assignment, free_colleagues
from workflows.web.case.found import Found, found_case
from workflows.web.case.page import case_page
from workflows.web.case.panel import Panel
from workflows.web.forms.casework import AssignForm
from workflows.web.moves.acts import seen
from workflows.web.refused import UNPROCESSABLE, Refused, attempt


@require_http_methods(["GET", "HEAD", "POST"])
def case_assign(request: HttpRequest, number: str) -> HttpResponse:
    """The people of the office that has the case; POST gives it to one of them."""
    found = found_case(request, number)
    form = AssignForm(request.POST or None, colleagues=_colleagues(found), initial=seen(found.application))
    if request.method != "POST":
        return case_page(request, found, panel=_panel(found, form, None))
    if not form.is_valid():
        return _refuse(request, found, form, Refused(UNPROCESSABLE))
    owner, now = form.chosen(), timezone.now()
    refused = attempt(
        lambda: assigning.assign(found.application, owner=owner, by=found.user, at=now),
        form=form,
        application=found.application,
        seen_version=form.cleaned_data["version"],
        by=found.user,
        at=now,
        action="assign",
    )
    if refused is not None:
        return _refuse(request, found_case(request, number), form, refused)
    is_hers = owner == found.user
    messages.success(request, _("您接手了。") if is_hers else _("交给 %(owner)s 了。") % {"owner": owner})
    return redirect("case", number)


def _colleagues(found: Found) -> list[User]:
    """Whoever may handle this one in the office that has it. A case that is over is nobody's."""
    assignment = current_assignment(found.application)
    if assignment is None:
        raise Http404
    return free_colleagues(found.application, assignment.organisation)


def _refuse(request: HttpRequest, found: Found, form: AssignForm, refused: Refused) -> HttpResponse:
    return case_page(request, found, panel=_panel(found, form, refused), status=refused.status)


def _panel(found: Found, form: AssignForm, refused: Refused | None) -> Panel:
    return Panel(
        title=_("转交"),
        url=reverse("case_assign", args=[found.application.number]),
        form=form,
        label=_("交给她"),
        hint=_("只能交给本单位的人。时间照算。"),
        refused=refused,
    )
