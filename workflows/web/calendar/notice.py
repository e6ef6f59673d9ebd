"""One file of working days: what it changes, which open deadlines it moves, and the second person's word."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.permissions import holds
from accounts.web.navigation import frame
from accounts.working_day_import import changes
from loans.web.forms.fund import DecisionForm
from records.edge import caller, carry_out
from records.models.decision import Outcome
from records.refusals import Invalid, Refusal
from workflows import calendar_changes
from workflows.models import Application, CalendarNotice
from workflows.wording import STAGES, day

SHOWN = 200


@dataclass(frozen=True)
class MovedRow:
    """One deadline, from → to; `url` and `name` are empty for a case that isn't hers to see."""

    number: str
    url: str
    name: str
    what: str
    before: str
    after: str


@require_http_methods(["GET", "HEAD", "POST"])
def calendar_notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    user = caller(request)
    if not holds(user, "manage_calendar"):
        raise Http404
    found = CalendarNotice.objects.select_related("decision__proposed_by", "decision__decided_by")
    notice = get_object_or_404(found, pk=notice_id)
    form = DecisionForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound:
        status = _decide(request, form, notice) if form.is_valid() else 422
        if not form.errors:
            agreed = form.cleaned_data["outcome"] == Outcome.APPROVED
            messages.success(request, _("发布了，在办的件换了新的日子。") if agreed else _("没同意，日历没有变。"))
            return redirect("calendar_notice", notice_id=notice_id)
        notice.decision.refresh_from_db()
    context = {
        "form": form,
        "notice": notice,
        "is_own": notice.decision.proposed_by_id == user.pk,
    } | (_preview(request, notice) if notice.is_open else {})
    return render(
        request, "workflows/calendar/notice.html", context | frame(request, current="work_calendar"), status=status
    )


def _decide(request: HttpRequest, form: DecisionForm, notice: CalendarNotice) -> int:
    """Do it; where it is refused the form says why."""
    given = form.cleaned_data
    try:
        carry_out(
            request,
            lambda by, at: calendar_changes.decide(
                notice, outcome=Outcome(given["outcome"]), reason=given["reason"], by=by, at=at
            ),
            action="decide_calendar",
            about=notice.file_name[:60],
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return refusal.status
    return 200


def _preview(request: HttpRequest, notice: CalendarNotice) -> dict[str, object]:
    """Computed now, as it would be applied now."""
    now = timezone.now()
    try:
        rows = calendar_changes.rows_of(bytes(notice.content), at=now)
    except Invalid as invalid:
        return {"problems": [str(error.message) for error in invalid.errors]}
    moved = list(calendar_changes.moved(rows, today=timezone.localdate(now)))
    seen = Application.objects.visible_to(caller(request)).filter(pk__in=[one.application.pk for one in moved[:SHOWN]])
    hers = set(seen.values_list("pk", flat=True))
    return {
        "changes": changes(rows),
        "moved_count": len(moved),
        "moved": [_row(one, is_hers=one.application.pk in hers) for one in moved[:SHOWN]],
    }


def _row(one: calendar_changes.Moved, *, is_hers: bool) -> MovedRow:
    application = one.application
    return MovedRow(
        number=application.number,
        url=reverse("case", args=[application.number]) if is_hers else "",
        name=application.applicant.full_name if is_hers else "",
        what=str(STAGES[one.stage]) if one.stage else _("承诺"),
        before=day(one.before) if one.before else "—",
        after=day(one.after) if one.after else "—",
    )
