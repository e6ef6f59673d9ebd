"""公平: the same figures for one group of women beside another, and in a file that tells of no single one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.models import Region
from accounts.web.navigation import frame
from loans.web.sheets import sheet_response
from records.edge import caller
from records.spreadsheets import Cell
from reports.equity import AGES, Part, Side, for_everybody, parts_of
from reports.figures import FEWEST_TOLD
from reports.periods import Period
from reports.web.picture import reported_region, sees_cases
from reports.web.picture_cards import NONE
from reports.web.picture_period import address_of, asked_period, period_bar_of
from workflows.models.application import CameBy, Source

TITLES: Final[Mapping[Side, Promise | str]] = {
    Side.TOWN: gettext_lazy("按镇"),
    Side.AGE: gettext_lazy("按年龄"),
    Side.FILLED_BY: gettext_lazy("本人填还是代办"),
    Side.CAME_BY: gettext_lazy("从哪里来"),
}


@dataclass(frozen=True)
class Line:
    """One group; `refused` with its share of those handed in."""

    name: str
    women: str
    declared: str
    refused: str
    paid: str
    median_days: str


@require_safe
def equity(request: HttpRequest) -> HttpResponse:
    region, period = _asked(request)
    parts = parts_of(region, period=period, today=timezone.localdate())
    names = _names(region)
    context = {
        "region": region,
        "bar": period_bar_of(period, today=timezone.localdate()),
        "tables": [(str(TITLES[side]), [_line(part, names) for part in parts[side]]) for side in Side],
        "is_empty": not any(parts.values()),
        "fewest": FEWEST_TOLD,
        "sheet_url": reverse("equity_sheet") + address_of(period),
        "back_url": reverse("report") + address_of(period),
    }
    return render(request, "reports/equity.html", context | frame(request, current="report"))


@require_safe
def equity_sheet(request: HttpRequest) -> HttpResponse:
    """For whoever isn't of the office: nothing of fewer than three women."""
    region, period = _asked(request)
    parts = parts_of(region, period=period, today=timezone.localdate())
    names = _names(region)
    rows: list[list[Cell]] = []
    for side in Side:
        for part in for_everybody(parts[side]):
            line = _line(part, names)
            figures = [line.women if part.is_told else _few(), line.declared, line.refused, line.paid]
            rows.append([str(TITLES[side]), line.name, *figures, line.median_days])
    title = _("%(period)s公平情况") % {"period": period_bar_of(period, today=timezone.localdate()).label}
    heads = [_("分法"), _("哪些人"), _("几位"), _("申报"), _("不批"), _("放款"), _("到账天数（中间那位）")]
    return sheet_response("equity.xlsx", title=title, headings=heads, rows=rows)


def _asked(request: HttpRequest) -> tuple[Region, Period]:
    """Raises Http404 for whoever isn't of the federation's city."""
    user = caller(request)
    region = reported_region(user)
    if not sees_cases(user):
        raise Http404
    return region, asked_period(request.GET, today=timezone.localdate())


def _names(region: Region) -> dict[str, str]:
    """What each key is called."""
    names = {place.code: place.name for place in Region.objects.filter(parent=region)}
    last, _most = AGES[-1]
    for least, most in AGES:
        bounds = {"least": least, "most": most}
        names[f"{least}-{most}"] = (_("%(least)s 岁及以上") if least == last else _("%(least)s—%(most)s 岁")) % bounds
    for value, label in (*Source.choices, *CameBy.choices):
        names[value] = str(label)
    return names


def _line(part: Part, names: Mapping[str, str]) -> Line:
    return Line(
        name=names.get(part.key) or _("不清楚"),
        women=str(part.women),
        declared=_told(part.declared),
        refused=_refused(part),
        paid=_told(part.paid),
        median_days=NONE if part.median_days is None else str(part.median_days),
    )


def _refused(part: Part) -> str:
    if part.refused is None or not part.declared:
        return _few()
    return f"{part.refused}（{part.refused * 100 // part.declared}%）"


def _told(number: int | None) -> str:
    return _few() if number is None else str(number)


def _few() -> str:
    return _("人少，不列")
