"""The desk of an office: its cases, what is due next first, by tabs and conditions that stand in the address."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.permissions import live_memberships
from accounts.web.navigation import frame
from loans.models import GuaranteePool
from workflows.urgency import Key
from workflows.web.case.pool import Capacity, capacity_of
from workflows.web.forms.inbox import address
from workflows.web.matters.told import most_urgent
from workflows.web.work.asked import PARTNER, WORK, Asked, asked_of
from workflows.web.work.deeds import deeds_of
from workflows.web.work.empty import Nothing, nothing_here
from workflows.web.work.lines import groups_of
from workflows.wording import money

BESIDE = ("after", "before")


@require_safe
def work(request: HttpRequest) -> HttpResponse:
    """The federation's list."""
    asked = asked_of(request, home=WORK)
    return render(request, "workflows/work/work.html", _list(request, asked) | frame(request, current=WORK))


@require_safe
def partner(request: HttpRequest) -> HttpResponse:
    """The list of guarantor or bank: what was handed to them, with what the pool still carries."""
    asked = asked_of(request, home=PARTNER)
    context = _list(request, asked) | {"capacity": _capacity(asked.user)}
    return render(request, "workflows/work/partner.html", context | frame(request, current=PARTNER))


def _list(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    sent, inbox = request.GET, asked.inbox
    page = inbox.page(asked.cases, after=Key.read(sent.get("after", "")), before=Key.read(sent.get("before", "")))
    tally = inbox.tally(asked.tabs, tab=asked.tab, narrowed=asked.narrowed)
    groups = list(groups_of(page.rows, tally.groups, now=inbox.at, offices=asked.offices))
    nothing: Nothing | None = None if groups else nothing_here(asked, tally.tabs)
    return {
        "today": inbox.today,
        "waiting": most_urgent(asked.user, today=inbox.today),
        "tab": asked.tab,
        "tabs": [
            (one, count, address(sent, without=BESIDE, changed={"tab": one.value}), one == asked.tab)
            for one, count in tally.tabs.items()
        ],
        "filter": asked.conditions,
        "chips": list(asked.conditions.chips(sent)),
        "is_narrowing": "narrow" in sent,
        "narrow_url": address(sent, without=BESIDE, changed={"narrow": "yes"}),
        "count": tally.count,
        "amount": money(tally.amount_fen),
        "groups": groups,
        "nothing": nothing,
        "deeds": deeds_of(asked.user),
        "query": address(sent, without=BESIDE, changed={"tab": asked.tab.value}),
        "views": [(one, QueryDict(one.query).dict() == asked.keepable) for one in asked.user.saved_views.all()],
        "first_url": groups[0].lines[0].url if groups else "",
        **_beside(sent, previous=page.previous, following=page.next),
    }


def _beside(sent: Any, *, previous: Key | None, following: Key | None) -> Mapping[str, str]:
    return {
        "previous_url": address(sent, without=BESIDE, changed={"before": str(previous)}) if previous else "",
        "next_url": address(sent, without=BESIDE, changed={"after": str(following)}) if following else "",
    }


def _capacity(user: User) -> Capacity | None:
    offices = [one.organisation_id for one in live_memberships(user)]
    pools = GuaranteePool.objects.filter(guarantor__in=offices) | GuaranteePool.objects.filter(bank__in=offices)
    pool = pools.order_by("pk").first()
    return capacity_of(pool, asked_fen=0) if pool else None
