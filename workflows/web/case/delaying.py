"""超期说明: the form beside a late case."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from workflows import deadlines, delay_accounts
from workflows.models.delay import DelayReason
from workflows.web.case.found import Found, found_case
from workflows.web.case.late import late_of
from workflows.web.case.page import case_page
from workflows.web.case.panel import Panel
from workflows.web.forms.delay import DelayForm
from workflows.web.moves.acts import seen
from workflows.web.refused import UNPROCESSABLE, Refused, attempt


@require_http_methods(["GET", "HEAD", "POST"])
def case_delay(request: HttpRequest, number: str) -> HttpResponse:
    found = found_case(request, number)
    form = DelayForm(request.POST or None, initial=seen(found.application))
    if request.method != "POST":
        if not _is_hers_to_explain(found):
            messages.info(request, _("这件现在不用写超期原因。"))
            return redirect("case", number)
        return case_page(request, found, panel=_panel(found, form, None))
    refused = _attempt(found, form) if form.is_valid() else Refused(UNPROCESSABLE)
    if refused is not None:
        found = found_case(request, number)
        return case_page(request, found, panel=_panel(found, form, refused), status=refused.status)
    messages.success(request, _("记下了，新的日子告诉她了。"))
    return redirect("case", number)


def _is_hers_to_explain(found: Found) -> bool:
    application, today = found.application, timezone.localdate()
    clocks = deadlines.read(application, today=today, calendar=deadlines.calendar_for(application))
    late = late_of(found, clocks, today=today)
    return late is not None and bool(late.url)


def _attempt(found: Found, form: DelayForm) -> Refused | None:
    now, given = timezone.now(), form.cleaned_data
    return attempt(
        lambda: delay_accounts.explain(
            found.application,
            reason=DelayReason(given["reason"]),
            words=given["words"],
            new_on=given["new_on"],
            by=found.user,
            at=now,
        ),
        form=form,
        application=found.application,
        seen_version=given["version"],
        by=found.user,
        at=now,
        action="explain_delay",
    )


def _panel(found: Found, form: DelayForm, refused: Refused | None) -> Panel:
    url = reverse("case_delay", args=[found.application.number])
    hint = _("写明原因和新的日子。她的页面上会换成新的日子和经办人。")
    return Panel(_("超期说明"), url, form, _("记下并告诉她"), hint, refused=refused)
