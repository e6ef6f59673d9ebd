"""The women behind the two numbers that come before an application: rows of the survey, and days at a course."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Region
from accounts.web.keyset import page_of
from accounts.web.navigation import frame
from applicants.models import EnrolmentMove, SurveyedWoman
from records.edge import caller
from reports.reached import surveyed_in, trained_before_in, trained_in
from reports.web.picture import reported_region, sees_cases
from reports.web.picture_period import address_of, asked_period, period_words


@dataclass(frozen=True)
class WomanRow:
    """One line: who, where, what she does or learnt, what came of it, and when."""

    name: str
    village: str
    town: str
    doing: str
    outcome: str
    day: date


@require_safe
def reached_list(request: HttpRequest, reached: str) -> HttpResponse:
    user, today = caller(request), timezone.localdate()
    region = reported_region(user)
    if reached not in ("surveyed", "trained") or not sees_cases(user):
        raise Http404
    if request.GET.get("town"):
        region = get_object_or_404(Region.objects.below(region), pk=request.GET["town"])
    period = asked_period(request.GET, today=today)
    is_survey = reached == "surveyed"
    found = surveyed_in(region, period=period) if is_survey else trained_in(region, period=period)
    page = page_of(found, query=request.GET, order=("pk",))
    context = {
        "title": _("摸底走访过的") if is_survey else _("参加过培训的"),
        "heads": (_("在做什么"), _("愿不愿意"), _("哪天说的")) if is_survey else (_("课程"), _("结果"), _("哪天上的")),
        "period": period_words(period),
        "count": found.count(),
        "nameless": 0 if is_survey else trained_before_in(region, period=period),
        "rows": [_row(row) for row in page.rows],
        "page": page,
        "back_url": reverse("report") + address_of(period),
    }
    return render(request, "reports/reached_list.html", context | frame(request, current="report"))


def _row(row: Model) -> WomanRow:
    if isinstance(row, SurveyedWoman):
        return _surveyed(row)
    assert isinstance(row, EnrolmentMove)
    return _trained(row)


def _surveyed(row: SurveyedWoman) -> WomanRow:
    assert row.sent_at is not None
    town = row.village.parent.name if row.village.parent else ""
    willing = str(row.get_willing_display())
    return WomanRow(row.full_name, str(row.village), town, row.doing, willing, timezone.localdate(row.sent_at))


def _trained(row: EnrolmentMove) -> WomanRow:
    her, course = row.enrolment.applicant, row.enrolment.course
    assert her.village is not None
    town = her.village.parent.name if her.village.parent else ""
    kind = str(row.get_kind_display())
    return WomanRow(her.full_name, str(her.village), town, course.title, kind, course.held_on)
