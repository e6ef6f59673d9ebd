"""时限对账单, by month, for one office: on the screen, on A4 and as an Excel file."""

from collections.abc import Iterator
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Organisation, User
from accounts.models.organisation import OrganisationKind
from accounts.permissions import holds
from accounts.web.navigation import frame
from loans.web.sheets import sheet_response
from records.edge import caller
from records.spreadsheets import Cell
from reports.periods import Period, Span
from reports.time_limits import Line, statement_of
from workflows.charge_contests import works_for
from workflows.wording import STAGES

Asked = tuple[Organisation, list[Organisation], Period]


@require_safe
def time_limits(request: HttpRequest) -> HttpResponse:
    user, today = caller(request), timezone.localdate()
    office, offices, period = _asked(request, user, today=today)
    lines = statement_of(office, period, user=user, today=today)
    context = {
        "office_of_statement": office,
        "offices": offices,
        "period": period,
        "month": f"{period.starts_on:%Y-%m}",
        "now": timezone.now(),
        "today": today,
        "rows": [(line, reverse("case_charges", args=[line.application.number]), _stages(line)) for line in lines],
        "sums": _sums(lines),
        "file_url": f"{reverse('time_limits_file')}?month={period.key}&office={office.pk}",
    }
    return render(request, "reports/time_limits.html", context | frame(request, current="time_limits"))


@require_safe
def time_limits_file(request: HttpRequest) -> HttpResponse:
    user, today = caller(request), timezone.localdate()
    office, _offices, period = _asked(request, user, today=today)
    names = {"office": office.short_name, "year": period.starts_on.year, "month": period.starts_on.month}
    title = _("%(office)s %(year)s 年 %(month)s 月时限对账单") % names
    headings = [_("申请编号"), _("申请人"), _("按时吗"), *map(str, STAGES.values()), _("合计"), _("有异议"), _("改算")]
    lines = statement_of(office, period, user=user, today=today)
    return sheet_response(f"{title}.xlsx", title=title, headings=headings, rows=(list(_cells(one)) for one in lines))


def _cells(line: Line) -> Iterator[Cell]:
    yield line.application.number
    yield line.application.applicant.full_name
    yield _standing(line)
    for stage in STAGES:
        yield line.days.get(stage, 0)
    yield line.sum_days
    yield line.contested
    yield line.moved


def _standing(line: Line) -> str:
    if line.promise.is_breached:
        return _("超期")
    return _("按时") if line.promise.is_stopped else _("在办")


def _stages(line: Line) -> str:
    return _("，").join(
        _("%(stage)s %(days)d 天") % {"stage": STAGES[stage], "days": days} for stage, days in line.days.items()
    )


def _sums(lines: list[Line]) -> dict[str, int]:
    return {
        "cases": len(lines),
        "on_time": sum(1 for one in lines if one.promise.is_stopped and not one.promise.is_breached),
        "late": sum(1 for one in lines if one.promise.is_breached),
        "days": sum(one.sum_days for one in lines),
        "contested": sum(one.contested for one in lines),
        "moved": sum(one.moved for one in lines),
    }


def _asked(request: HttpRequest, user: User, *, today: date) -> Asked:
    """Her own office's month; the city may ask for any office of its cases. Raises Http404 where she has none."""
    offices = works_for(user)
    if not offices:
        raise Http404
    if holds(user, "decide_contest"):
        prefix = offices[0].region.prefix
        every = Organisation.objects.filter(region__code__startswith=prefix, is_active=True)
        offices = list(every.exclude(kind=OrganisationKind.FINANCE).exclude(region__level="village").order_by("pk"))
    own = next((one for one in offices if str(one.pk) == request.GET.get("office")), None)
    if request.GET.get("office") and own is None:
        raise Http404
    asked = Period.read(request.GET.get("month", ""))
    month = asked if asked and asked.span == Span.MONTH else Period.around(today, Span.MONTH)
    return own or works_for(user)[0], offices, month
