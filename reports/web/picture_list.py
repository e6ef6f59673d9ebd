"""The cases behind a figure of the report: as many as it says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.models import Region
from accounts.web.keyset import page_of
from accounts.web.navigation import frame
from loans.money import format_yuan
from records.edge import caller
from reports.counted import Figure, cases_in, condition
from reports.web.picture import reported_region, sees_cases
from reports.web.picture_period import address_of, asked_period, period_words
from workflows.models import Application

TITLES: Mapping[Figure, object] = {
    Figure.DECLARED: _("申报的"),
    Figure.APPROVED: _("申报的里面，银行批了的"),
    Figure.COMPLETED: _("申报的里面，已经放款的"),
    Figure.SETTLED: _("申报的里面，已经还清的"),
    Figure.PAID: _("放款的"),
    Figure.ON_TIME: _("按时的"),
    Figure.LATE: _("超期的"),
    Figure.APART: _("到期，但没批、撤回或过期的"),
    Figure.ASKED_TWICE: _("申报的里面，补过第二次材料的"),
    Figure.REFUSED: _("妇联没批的，后来改判的也在内"),
    Figure.OVERTURNED: _("没批、后来改判的"),
    Figure.OVERDUE: _("现在超期的"),
}


@dataclass(frozen=True)
class CaseRow:
    """One case of the list. Days are None where they don't exist."""

    url: str
    number: str
    name: str
    town: str
    village: str
    amount: str
    state: str
    submitted_at: datetime | None
    due_on: date | None
    paid_on: date | None


@require_safe
def report_list(request: HttpRequest, figure: str) -> HttpResponse:
    user, today = caller(request), timezone.localdate()
    region = reported_region(user)
    asked = next((one for one in Figure if one.value == figure), None)
    if asked is None or not sees_cases(user):
        raise Http404
    town = get_object_or_404(Region.objects.below(region), pk=request.GET["town"]) if request.GET.get("town") else None
    period = asked_period(request.GET, today=today)
    cases = cases_in(town or region).visible_to(user).filter(condition(asked, period=period, today=today))
    shown = cases.select_related("applicant__village__parent", "loan")
    page = page_of(shown, query=request.GET)
    context = {
        "title": TITLES[asked],
        "period": "" if asked == Figure.OVERDUE else period_words(period),
        "town": town,
        "count": cases.count(),
        "rows": [_row(case) for case in page.rows],
        "page": page,
        "back_url": reverse("report") + address_of(period),
    }
    return render(request, "reports/picture_list.html", context | frame(request, current="report"))


def _row(case: Application) -> CaseRow:
    paid_fen = case.loan.amount_fen if case.loan and case.loan.disbursed_on else case.amount_fen
    return CaseRow(
        url=reverse("case", args=[case.number]),
        number=case.number,
        name=case.applicant.full_name,
        town=case.town.name,
        village=str(case.applicant.village),
        amount=format_yuan(paid_fen or 0),
        state=str(case.get_state_display()),
        submitted_at=case.submitted_at,
        due_on=case.due_on,
        paid_on=case.loan.disbursed_on if case.loan else None,
    )
