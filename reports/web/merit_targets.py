"""The city says what it expects of each place in a year."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import Region
from accounts.permissions import may
from accounts.web.navigation import frame
from records.edge import caller, carry_out
from records.refusals import FieldError, Invalid, Refusal
from reports.web.merit import Asked, asked_of
from workflows.merit_targets import SET, set_target, year_end
from workflows.models import Target
from workflows.models.merit import TargetFigure


@dataclass(frozen=True)
class Box:
    """One number to fill in; `value` as it was typed, or as it stands."""

    name: str
    label: str
    value: str


@require_http_methods(["GET", "HEAD", "POST"])
def merit_targets(request: HttpRequest) -> HttpResponse:
    """Empty boxes are left alone: what was set can be changed, not unsaid."""
    asked = asked_of(request)
    if not may(caller(request), "set_targets", asked.region):
        raise Http404
    places = list(Region.objects.filter(parent=asked.region).order_by("code"))
    error, status = "", 200
    if request.method == "POST":
        try:
            carry_out(
                request,
                lambda by, at: [
                    set_target(place, figure, year=asked.year.starts_on.year, number=number, by=by, at=at)
                    for place, figure, number in _typed(request, places)
                ],
                action=SET,
            )
        except Refusal as refusal:
            error, status = str(refusal), 409 if refusal.status == 409 else 422
        else:
            messages.success(request, _("目标记下了。"))
            return redirect(reverse("merit") + asked.query())
    context = {
        "asked": asked,
        "year": asked.year.starts_on.year,
        "rows": _rows(request, asked, places),
        "error": error,
        "back_url": reverse("merit") + asked.query(),
    }
    return render(request, "reports/merit_targets.html", context | frame(request, current="report"), status=status)


def _typed(request: HttpRequest, places: list[Region]) -> Iterator[tuple[Region, TargetFigure, int]]:
    for place in places:
        for figure in TargetFigure:
            text = request.POST.get(_name(place, figure), "").strip()
            if text and not (text.isascii() and text.isdecimal()):
                raise Invalid(FieldError("number", "target_number", _("目标填 0 到 99999 的整数")))
            if text:
                yield place, figure, int(text)


def _rows(request: HttpRequest, asked: Asked, places: list[Region]) -> list[tuple[Region, list[Box]]]:
    ends_on = year_end(asked.year.starts_on.year)
    kept = {
        (target.region_id, target.figure): str(target.number)
        for target in Target.objects.filter(region__in=places, year_ends_on=ends_on)
    }
    return [
        (
            place,
            [
                Box(
                    _name(place, figure),
                    str(figure.label),
                    request.POST.get(_name(place, figure), kept.get((place.code, figure.value), "")),
                )
                for figure in TargetFigure
            ],
        )
        for place in places
    ]


def _name(place: Region, figure: TargetFigure) -> str:
    return f"{place.code}-{figure.value}"
