"""台账: bases, courses, village workshops, and mothers who were helped: what the federation keeps beside the loans."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Region, User
from accounts.permissions import live_memberships
from accounts.web.keyset import page_of
from accounts.web.navigation import frame
from accounts.web.parts import NavItem
from records.edge import caller
from reports.web.registers_tables import REGISTERS


@require_safe
def registers(request: HttpRequest) -> HttpResponse:
    region = _own_region(caller(request))
    asked = next((one for one in REGISTERS if one.name == request.GET.get("tab")), REGISTERS[0])
    counts = {one.name: one.rows(region).count() for one in REGISTERS}
    rows = asked.rows(region)
    page = page_of(rows, query=request.GET, order=asked.order)
    context = {
        "tabs": [
            (NavItem(f"?tab={one.name}", str(one.title), is_current=one == asked), counts[one.name])
            for one in REGISTERS
        ],
        "register": asked,
        "sums": asked.sums(rows),
        "columns": asked.columns,
        "lines": [list(zip(asked.columns, asked.line(row), strict=True)) for row in page.rows],
        "count": counts[asked.name],
        "page": page,
    }
    return render(request, "reports/registers.html", context | frame(request, current="registers"))


def _own_region(user: User) -> Region:
    """Where her federation is. Whoever keeps no register is told of none: raises Http404."""
    regions = [one.organisation.region for one in live_memberships(user) if one.grants("view_registers")]
    if not regions:
        raise Http404
    return regions[0]
