"""The desk of an office: its cases, what is due next first, by tabs and conditions that stand in the address."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import Region, User
from accounts.models.organisation import OrganisationKind
from accounts.models.region import RegionLevel
from accounts.permissions import holds, live_memberships
from accounts.web.navigation import frame
from loans.models import GuaranteePool
from workflows.inbox import FEDERATION_TABS, PARTNER_TABS, Inbox, Tab
from workflows.urgency import Key
from workflows.web.case.pool import Capacity, capacity_of
from workflows.web.forms.inbox import InboxFilter, address
from workflows.web.matters.told import most_urgent
from workflows.web.work.lines import groups_of
from workflows.wording import money


@require_safe
def work(request: HttpRequest) -> HttpResponse:
    """The federation's list."""
    user = _staff(request, "accept")
    regions = [one.organisation.region for one in live_memberships(user) if one.grants("accept")]
    city = next((region for region in regions if region.level == RegionLevel.CITY), None)
    towns = list(Region.objects.filter(parent=city)) if city else []
    context = _list(request, user, tabs=FEDERATION_TABS, towns=towns)
    return render(request, "workflows/work/work.html", context | frame(request, current="work"))


@require_safe
def partner(request: HttpRequest) -> HttpResponse:
    """The list of guarantor or bank: what was handed to them, with what the pool still carries."""
    user = _staff(request, "view_case")
    kinds = {one.organisation.kind for one in live_memberships(user)}
    if kinds.isdisjoint({OrganisationKind.GUARANTOR, OrganisationKind.BANK}):
        raise Http404
    context = _list(request, user, tabs=PARTNER_TABS, towns=())
    context["capacity"] = _capacity(user)
    return render(request, "workflows/work/partner.html", context | frame(request, current="partner"))


def _staff(request: HttpRequest, permission: str) -> User:
    """Whoever has no list of this kind is told of none."""
    user = request.user
    if not isinstance(user, User) or not holds(user, permission):
        raise Http404
    return user


def _list(request: HttpRequest, user: User, *, tabs: Sequence[Tab], towns: Sequence[Region]) -> dict[str, Any]:
    now, sent = timezone.now(), request.GET
    inbox = Inbox(user, at=now)
    today = inbox.today
    tab = next((one for one in tabs if one.value == sent.get("tab")), tabs[0])
    conditions = InboxFilter(sent, towns=towns)
    narrowed = conditions.condition(today=today, soon_on=inbox.soon_on())
    after, before = Key.read(sent.get("after", "")), Key.read(sent.get("before", ""))
    page = inbox.page(inbox.within(tab, narrowed=narrowed), after=after, before=before)
    tally = inbox.tally(tabs, tab=tab, narrowed=narrowed)
    offices = {one.organisation_id for one in live_memberships(user)}
    groups = list(groups_of(page.rows, tally.groups, now=now, offices=offices))
    beside = ("after", "before")
    return {
        "today": today,
        "waiting": most_urgent(user, today=today),
        "tab": tab,
        "tabs": [
            (one, count, address(sent, without=beside, changed={"tab": one.value}), one == tab)
            for one, count in tally.tabs.items()
        ],
        "filter": conditions,
        "chips": list(conditions.chips(sent)),
        "is_narrowing": "narrow" in sent,
        "narrow_url": address(sent, without=beside, changed={"narrow": "yes"}),
        "count": tally.count,
        "amount": money(tally.amount_fen),
        "groups": groups,
        "first_url": groups[0].lines[0].url if groups else "",
        "previous_url": address(sent, without=beside, changed={"before": str(page.previous)}) if page.previous else "",
        "next_url": address(sent, without=beside, changed={"after": str(page.next)}) if page.next else "",
    }


def _capacity(user: User) -> Capacity | None:
    offices = [one.organisation_id for one in live_memberships(user)]
    pools = GuaranteePool.objects.filter(guarantor__in=offices) | GuaranteePool.objects.filter(bank__in=offices)
    pool = pools.order_by("pk").first()
    return capacity_of(pool, asked_fen=0) if pool else None
