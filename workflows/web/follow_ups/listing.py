"""跟踪服务: whom to visit, with the same tags as the cases, by town and by how soon."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.calendars import calendar_in_force
from accounts.models import Region, User
from accounts.models.region import RegionLevel
from accounts.permissions import holds, live_memberships
from accounts.web.countdown import Tag, tag_of
from accounts.web.navigation import frame
from records.edge import caller
from workflows.follow_up_due import Due, DueVisit, due_visits, running
from workflows.web.follow_ups.words import occasion_of
from workflows.web.forms.inbox import address

PAGE_ROWS = 50


class Line:
    """One loan of the list, ready to be laid out."""

    def __init__(self, row: DueVisit, *, tag: Tag) -> None:
        case, draft = row.application, getattr(row.application, "follow_up_draft", None)
        self.number, self.name, self.mobile = case.number, case.applicant.full_name, case.applicant.mobile
        self.town, self.village = case.town, case.applicant.village
        self.due_on, self.tag = row.due_on, tag
        self.occasion = occasion_of(row.planned.occasion)
        self.last_on = row.last.visited_on if row.last else None
        self.last_risk = row.last.get_risk_display() if row.last else ""
        self.prepared_by = draft.prepared_by if draft and draft.ready_at else None


@require_safe
def follow_ups(request: HttpRequest) -> HttpResponse:
    """Whoever visits nobody has no such list."""
    user = caller(request)
    if not holds(user, "follow_up"):
        raise Http404
    today, sent = timezone.localdate(), request.GET
    towns = _towns(user)
    due = Due(sent["due"]) if sent.get("due") in Due.values else Due.NOW
    cases = running(user)
    town = next((one for one in towns if one.code == sent.get("town")), None)
    if town is not None:
        cases = cases.filter(applicant__village__parent=town)
    every = due_visits(cases, today=today, calendar=calendar_in_force())
    shown = [row for row in every if row.is_in(due, today=today)]
    page = Paginator(shown, PAGE_ROWS).get_page(sent.get("page"))
    context = {
        "today": today,
        "town": town,
        "due": due,
        "tabs": [
            (one, sum(row.is_in(one, today=today) for row in every), _with(sent, "due", one), one == due) for one in Due
        ],
        "towns": [(one, _with(sent, "town", one.code), one == town) for one in towns] if len(towns) > 1 else [],
        "all_towns_url": address(sent, without=("town", "page")),
        "lines": [Line(row, tag=tag_of(row.clock, today=today)) for row in page.object_list],
        "count": len(shown),
        "previous_url": _with(sent, "page", page.previous_page_number()) if page.has_previous() else "",
        "next_url": _with(sent, "page", page.next_page_number()) if page.has_next() else "",
    }
    return render(request, "workflows/follow_ups/list.html", context | frame(request, current="follow_ups"))


def _towns(user: User) -> list[Region]:
    """Those of a city that may choose among them."""
    regions = [one.organisation.region for one in live_memberships(user) if one.grants("follow_up")]
    city = next((region for region in regions if region.level == RegionLevel.CITY), None)
    return list(Region.objects.filter(parent=city).order_by("code")) if city else []


def _with(sent: QueryDict, name: str, value: object) -> str:
    """The address of the list with one condition set; another one begins on its first page."""
    return address(sent, without=("page",), changed={name: str(value)})
