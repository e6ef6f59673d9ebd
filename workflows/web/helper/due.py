"""本村到期: who has to repay soon, to be called or visited, and 已提醒 in one tap."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from records.edge import caller
from records.unit_of_work import unit_of_work
from workflows import village_due
from workflows.web.helper.pages import for_helpers, villages_of


@require_http_methods(["GET", "HEAD", "POST"])
@for_helpers
def helper_due(request: HttpRequest) -> HttpResponse:
    """`reminded` names the instalment."""
    user, at = caller(request), timezone.now()
    today, villages = timezone.localdate(at), villages_of(user)
    due = village_due.due_in(villages, today=today)
    if request.method != "POST":
        return render(request, "workflows/helper/due.html", {"rows": list(due), "today": today})
    named = request.POST.get("reminded", "")
    instalment = get_object_or_404(due, pk=int(named) if named.isdecimal() else 0)
    unit_of_work(
        lambda: village_due.note_reminded(instalment, villages=villages, by=user, at=at, today=today),
        by=user,
        at=at,
        action="remind",
        about=instalment.loan.number,
    )
    messages.success(request, _("%(name)s 记下了：已提醒。") % {"name": instalment.loan.applicant.full_name})
    return redirect("helper_due")
