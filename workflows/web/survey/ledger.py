"""摸底台账: villages by how far the women have come, the list behind each number, and 「发邀请」."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Region, User
from accounts.models.region import RegionLevel
from accounts.permissions import live_memberships
from accounts.web.keyset import page_of
from accounts.web.navigation import frame
from applicants import survey_sheet
from applicants.pictures import LARGEST_BYTES
from records.edge import caller, carry_out
from records.models import StoredFile
from records.refusals import Refusal
from records.spreadsheets import XLSX
from records.stored_files import read, store
from workflows.survey_states import Come, invite, kept_for, matrix
from workflows.web.forms.inbox import address


@require_http_methods(["GET", "HEAD", "POST"])
def survey(request: HttpRequest) -> HttpResponse:
    """`invite` names the row whose village helper is asked to begin."""
    user = caller(request)
    villages = villages_of(user)
    rows = kept_for(user)
    if request.method == "POST":
        return _invite(request, rows)
    village, come = _chosen(request, villages)
    shown: QuerySet[Any] = _narrowed(rows, village, come).select_related("village__parent")
    lines = matrix(rows, villages)
    # All rows of a city are many screens of a phone: without a chosen number there are none.
    is_chosen = village is not None or come is not None or "all" in request.GET
    page = page_of(shown, query=request.GET, order=("-begun_at", "-pk")) if is_chosen else None
    found: list[Any] = []
    if page is not None:
        found.extend(page.rows)
    context = {
        "columns": list(Come),
        "rows": [(line, [(number, _cell(line.village, one)) for one, number in line.counts]) for line in lines],
        "sums": [sum(line.counts[place][1] for line in lines) for place in range(len(Come))],
        "total": sum(line.total for line in lines),
        "village": village,
        "come": come,
        "page": page,
        "is_chosen": is_chosen,
        "women": [(row, Come(row.come), row.come in (Come.YES, Come.THINKS)) for row in found],
        "export_url": address(request.GET, without=("after", "before")),
    }
    return render(request, "workflows/survey/ledger.html", context | frame(request, current="survey"))


@require_safe
def survey_export(request: HttpRequest) -> HttpResponse:
    """What the list shows, as a table; without rows it is the empty form."""
    user = caller(request)
    village, come = _chosen(request, villages_of(user))
    rows = _narrowed(kept_for(user), village, come).select_related("village__parent").order_by("village_id", "pk")
    content = survey_sheet.sheet_of(rows, state_of=_how_far, at=timezone.now())
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="survey.xlsx"'
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def survey_import(request: HttpRequest) -> HttpResponse:
    """A file is looked at first; `apply` names the one that was, and keeps what is new in it."""
    user = caller(request)
    villages = villages_of(user)
    context: dict[str, Any] = {"columns": survey_sheet.COLUMNS}
    status = 200
    if request.method == "POST":
        try:
            if "apply" in request.POST:
                return _apply(request, user, villages)
            context |= _preview(request, user, villages)
        except Refusal as refusal:
            context["error"], status = str(refusal), 422
    page = frame(request, current="survey")
    return render(request, "workflows/survey/import.html", context | page, status=status)


def villages_of(user: User) -> list[Region]:
    """Those whose ledger she keeps; whoever keeps none is told of none: raises Http404."""
    regions = [one.organisation.region for one in live_memberships(user) if one.grants("keep_survey")]
    if not regions:
        raise Http404
    found = Region.objects.none()
    for region in regions:
        found = found | Region.objects.filter(level=RegionLevel.VILLAGE, code__startswith=region.prefix)
    return list(found.select_related("parent").order_by("code"))


def _chosen(request: HttpRequest, villages: list[Region]) -> tuple[Region | None, Come | None]:
    sent = request.GET
    village = next((one for one in villages if one.code == sent.get("village")), None)
    return village, Come(sent["come"]) if sent.get("come") in Come.values else None


def _narrowed(rows: QuerySet[Any], village: Region | None, come: Come | None) -> QuerySet[Any]:
    if village is not None:
        rows = rows.filter(village=village)
    return rows.filter(come=come) if come is not None else rows


def _cell(village: Region, come: Come) -> str:
    return f"?village={village.code}&come={come}#list"


def _invite(request: HttpRequest, rows: QuerySet[Any]) -> HttpResponse:
    named = request.POST.get("invite", "")
    row = get_object_or_404(rows, pk=int(named) if named.isdecimal() else 0)
    try:
        carry_out(request, lambda by, at: invite(row, by=by, at=at), action="invite", about="")
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("邀请发给 %(village)s 的代办人了。") % {"village": row.village})
    return redirect(f"{request.path}?{request.GET.urlencode()}")


def _preview(request: HttpRequest, user: User, villages: list[Region]) -> dict[str, Any]:
    sent = request.FILES.get("sheet")
    if sent is None or (sent.size or 0) > survey_sheet.LARGEST_BYTES:
        raise survey_sheet.NotASheet
    content = sent.read(LARGEST_BYTES)
    lines = survey_sheet.lines_of(content, villages=villages)
    kept = carry_out(
        request, lambda by, at: store(content, content_type=XLSX, by=by, at=at), action="look_at_survey_sheet"
    )
    return {
        "file": kept,
        "bad": [line for line in lines if line.reason],
        "known": sum(line.is_known for line in lines),
        "fresh": [line for line in lines if line.is_new],
    }


def _apply(request: HttpRequest, user: User, villages: list[Region]) -> HttpResponse:
    """Only what she herself looked at."""
    named = request.POST.get("apply", "")
    file = get_object_or_404(StoredFile, pk=int(named) if named.isdecimal() else 0, stored_by=user, content_type=XLSX)
    lines = survey_sheet.lines_of(read(file), villages=villages)
    kept = carry_out(request, lambda by, at: survey_sheet.apply(lines, by=by, at=at), action="import_survey")
    messages.success(request, _("加进台账 %(kept)s 户。") % {"kept": kept})
    return redirect("survey")


def _how_far(row: Any) -> str:
    """In words; `with_come` has put the state beside the row."""
    return str(Come(row.come).label)
