"""逐级考核: towns, or the villages of one, ranked by a policy, each number with its list; on A4 and in Excel."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Region
from accounts.models.region import RegionLevel
from accounts.permissions import may
from accounts.web.navigation import frame
from loans.web.sheets import sheet_response
from records.edge import caller
from reports.counted import Figure, cases_in
from reports.merit import Merit, PlaceMerit, merit_of, weights_of
from reports.periods import Period, Span
from reports.scoring import Share
from reports.visits_due import visits_due
from reports.web.picture import reported_region, sees_cases
from reports.web.picture_cards import NONE
from reports.web.picture_period import PARAMETER, asked_period
from workflows.models.merit import TargetFigure
from workflows.wording import STAGES

TARGETED: Final = {
    str(TargetFigure.SURVEYED): ("surveyed", "reached_list"),
    str(TargetFigure.DECLARED): (Figure.DECLARED.value, "report_list"),
    str(TargetFigure.PAID): (Figure.PAID.value, "report_list"),
}


@dataclass(frozen=True)
class Asked:
    """The year, and the region whose parts are compared: the city, or one of its towns."""

    year: Period
    region: Region
    is_city: bool

    def query(self, town: str = "") -> str:
        code = town or ("" if self.is_city else self.region.code)
        return "?" + urlencode({PARAMETER: self.year.key} | ({"town": code} if code else {}))


@dataclass(frozen=True)
class Figured:
    """One cell: what stands there, and the list behind it."""

    label: str
    text: str
    url: str = ""


@dataclass(frozen=True)
class Line:
    """One place of the sheet."""

    name: str
    url: str
    rank: str
    score: str
    cells: list[Figured]


@require_safe
def merit(request: HttpRequest) -> HttpResponse:
    asked = asked_of(request)
    found = merit_of(asked.region, period=asked.year, today=timezone.localdate())
    lines = [line_of(one, asked) for one in found.places]
    context = {
        "asked": asked,
        "year": asked.year.starts_on.year,
        "lines": lines,
        "heads": [cell.label for cell in lines[0].cells] if lines else [],
        "policy": found.policy,
        "weights": _weights(found),
        "years": [(one.starts_on.year, f"?{PARAMETER}={one.key}") for one in (asked.year.previous, asked.year)],
        "printed_at": timezone.now(),
        "sheet_url": reverse("merit_sheet") + asked.query(),
        "targets_url": reverse("merit_targets") + asked.query()
        if may(caller(request), "set_targets", asked.region)
        else "",
    }
    return render(request, "reports/merit.html", context | frame(request, current="report"))


@require_safe
def merit_sheet(request: HttpRequest) -> HttpResponse:
    """What the page shows, as figures in a workbook."""
    asked = asked_of(request)
    found = merit_of(asked.region, period=asked.year, today=timezone.localdate())
    lines = [line_of(one, asked) for one in found.places]
    title = _("%(year)s 年逐级考核") % {"year": asked.year.starts_on.year}
    heads = [_("名次"), _("地方"), _("得分"), *(cell.label for cell in lines[0].cells)] if lines else []
    rows = [[line.rank, line.name, line.score, *(cell.text for cell in line.cells)] for line in lines]
    return sheet_response(f"{title}.xlsx", title=title, headings=heads, rows=rows)


@require_safe
def merit_visits(request: HttpRequest) -> HttpResponse:
    """The visits after the money that were due in the year, and whether they were made in time."""
    asked = asked_of(request)
    visits = visits_due(cases_in(asked.region), period=asked.year, today=timezone.localdate())
    context = {
        "asked": asked,
        "year": asked.year.starts_on.year,
        "visits": visits,
        "on_time": sum(visit.is_on_time for visit in visits),
        "back_url": reverse("merit") + asked.query(),
    }
    return render(request, "reports/merit_visits.html", context | frame(request, current="report"))


def asked_of(request: HttpRequest) -> Asked:
    """Raises Http404 for whoever isn't of the federation's city, and for a place that isn't a part of hers."""
    user, today = caller(request), timezone.localdate()
    city = reported_region(user)
    if not sees_cases(user):
        raise Http404
    year = Period.around(asked_period(request.GET, today=today).starts_on, Span.YEAR)
    if not request.GET.get("town"):
        return Asked(year, city, is_city=True)
    below = Region.objects.below(city).exclude(level=RegionLevel.CITY)
    place = get_object_or_404(below, pk=request.GET["town"])
    return Asked(year, place, is_city=False)


def line_of(one: PlaceMerit, asked: Asked) -> Line:
    is_town = one.place.level == RegionLevel.TOWN
    return Line(
        name=one.place.name,
        url=reverse("merit") + asked.query(one.place.code) if is_town else "",
        rank=str(one.rank) if one.rank else _("不排名"),
        score=str(one.score) if one.score is not None else NONE,
        cells=list(_cells(one, asked)),
    )


def _cells(one: PlaceMerit, asked: Asked) -> Iterator[Figured]:
    query = asked.query(one.place.code)
    for figure, (slug, page) in TARGETED.items():
        count, target = one.reached[figure], one.targets.get(figure)
        text = str(count) if target is None else f"{count} / {target}"
        yield Figured(str(TargetFigure(figure).label), text, reverse(page, args=[slug]) + query if count else "")
    yield _case_share(_("按时"), Share(one.cases[Figure.ON_TIME], one.due), Figure.ON_TIME, query)
    yield _case_count(_("另列"), one, Figure.APART, query)
    yield _case_count(_("补第二次"), one, Figure.ASKED_TWICE, query)
    refused = Share(one.cases[Figure.OVERTURNED], one.cases[Figure.REFUSED])
    yield _case_share(_("不批后改判"), refused, Figure.REFUSED, query)
    visits = reverse("merit_visits") + query if one.visits.whole else ""
    yield Figured(_("回访按时"), _of(one.visits), visits)
    days = "，".join(f"{STAGES[stage]} {mean}" for stage, mean in one.stage_days.items())
    yield Figured(_("各环节用时（工作日）"), days or NONE)


def _case_share(label: str, share: Share, figure: Figure, query: str) -> Figured:
    return Figured(label, _of(share), reverse("report_list", args=[figure.value]) + query if share.whole else "")


def _case_count(label: str, one: PlaceMerit, figure: Figure, query: str) -> Figured:
    count = one.cases[figure]
    return Figured(label, str(count), reverse("report_list", args=[figure.value]) + query if count else "")


def _of(share: Share) -> str:
    return f"{share.part} / {share.whole}" if share.whole else NONE


def _weights(found: Merit) -> list[tuple[str, int]]:
    if found.policy is None:
        return []
    names: dict[str, Any] = {
        field.name.removesuffix("_weight"): field.verbose_name
        for field in found.policy._meta.concrete_fields
        if field.name.endswith("_weight")
    }
    return [(str(names[name]), weight) for name, weight in weights_of(found.policy).items()]
