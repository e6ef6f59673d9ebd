"""本村到期: who has to repay soon, to be called or visited, and 已提醒 in one tap."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.calendars import calendar_in_force
from accounts.models import Region
from accounts.web.countdown import tag_of
from loans.models import Instalment
from records.edge import caller
from records.unit_of_work import unit_of_work
from workflows import village_due
from workflows.follow_up_drafts import visited_by_helper
from workflows.follow_up_due import Due, due_visits
from workflows.web.follow_ups.listing import Line
from workflows.web.forms.follow_up import QUESTIONS
from workflows.web.helper.pages import for_helpers, villages_of


@require_http_methods(["GET", "HEAD", "POST"])
@for_helpers
def helper_due(request: HttpRequest) -> HttpResponse:
    """`reminded` names the instalment."""
    user, at = caller(request), timezone.now()
    today, villages = timezone.localdate(at), villages_of(user)
    due = village_due.due_in(villages, today=today)
    if request.method != "POST":
        return render(request, "workflows/helper/due.html", _context(villages, due, today=today))
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


def _context(villages: Sequence[Region], due: QuerySet[Instalment], *, today: date) -> dict[str, Any]:
    """Who repays, and who is to be visited; of both only those who agreed."""
    visits = due_visits(visited_by_helper(villages), today=today, calendar=calendar_in_force())
    return {
        "rows": list(due),
        "visits": [Line(one, tag=tag_of(one.clock, today=today)) for one in visits if one.is_in(Due.NOW, today=today)],
        "first": next(iter(QUESTIONS)),
        "today": today,
    }
