"""一张图: what the programme came to in a period, how punctual it was, and what is overdue, with whom."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import Region, User
from accounts.permissions import holds, live_memberships
from accounts.web.navigation import frame
from loans import sight
from loans.models import GuaranteePool, Policy
from loans.spoken_money import money
from loans.web.pool_limit import Limit, limit_of
from records.clock import Reading
from records.edge import caller
from reports.counted import Figure, cases_in, condition, counts, counts_by_town
from reports.durations import durations
from reports.overdue import OverdueCase, overdue_of
from reports.periods import Period
from reports.reached import reached
from reports.web.picture_cards import Lists, explanations, stats_of
from reports.web.picture_charts import punctuality_of, steps_of, towns_of
from reports.web.picture_period import asked_period, period_bar_of

# The longest overdue; the rest are on their list.
OVERDUE_SHOWN = 10


@dataclass(frozen=True)
class OverdueRow:
    """One overdue case. `url` and `name` are empty for whoever sees no cases."""

    number: str
    url: str
    name: str
    town: str
    amount: str
    state: str
    holder: str
    promise: Reading


@require_safe
def report(request: HttpRequest) -> HttpResponse:
    user, today = caller(request), timezone.localdate()
    region = reported_region(user)
    period = asked_period(request.GET, today=today)
    lists = Lists(period, is_open=sees_cases(user))
    context = _figures(user, region, period=period, today=today, lists=lists) | {
        "region": region,
        "today": today,
        "printed_at": timezone.now(),
        "bar": period_bar_of(period, today=today),
        "overdue": _overdue(region, period=period, today=today, with_names=lists.is_open),
        "overdue_url": lists.url(Figure.OVERDUE),
    }
    return render(request, "reports/picture.html", context | frame(request, current="report"))


def reported_region(user: User) -> Region:
    """The city whose figures she may read. Raises Http404 where there is none."""
    regions = [one.organisation.region for one in live_memberships(user) if one.grants("view_reports")]
    if not regions:
        raise Http404
    return regions[0]


def sees_cases(user: User) -> bool:
    """Whether the lists behind the figures are hers to open, as they are the federation's."""
    return holds(user, "view_reports") and holds(user, "view_case")


def _figures(user: User, region: Region, *, period: Period, today: date, lists: Lists) -> dict[str, Any]:
    counted = counts(region, period=period, today=today)
    times = durations(cases_in(region).filter(condition(Figure.PAID, period=period, today=today)))
    pools = list(GuaranteePool.objects.filter(sight.of_pools(user)).order_by("pk"))
    promise_days = _promise_days(pools, today=today)
    limits: list[tuple[GuaranteePool, Limit]] = [(pool, limit_of(pool)) for pool in pools]
    return {
        "counts": counted,
        "is_empty": not any(counted.cases.values()),
        "paid": money(counted.paid_fen),
        "stats": list(stats_of(counted, times, pools, promise_days=promise_days, lists=lists)),
        "explanations": explanations(promise_days=promise_days),
        "limits": limits,
        "steps": steps_of(counted, reached(region, period=period), lists=lists),
        "punctuality": punctuality_of(counted, lists=lists),
        "towns": towns_of(counts_by_town(region, period=period, today=today), lists=lists),
    }


def _promise_days(pools: list[GuaranteePool], *, today: date) -> int | None:
    """The working days that everybody is promised today; None where that differs by programme."""
    policies = Policy.objects.in_force(today).filter(programme__pool__in=pools)
    promised = set(policies.values_list("promise_days", flat=True))
    return promised.pop() if len(promised) == 1 else None


def _overdue(region: Region, *, period: Period, today: date, with_names: bool) -> list[OverdueRow]:
    overdue = cases_in(region).filter(condition(Figure.OVERDUE, period=period, today=today))
    return [_row(one, with_names=with_names) for one in overdue_of(overdue, today=today, at_most=OVERDUE_SHOWN)]


def _row(one: OverdueCase, *, with_names: bool) -> OverdueRow:
    case, assignment = one.application, one.assignment
    holder = f"{assignment.organisation} {assignment.owner or ''}".strip() if assignment else ""
    return OverdueRow(
        number=case.number,
        url=reverse("case", args=[case.number]) if with_names else "",
        name=case.applicant.full_name if with_names else "",
        town=case.town.name,
        amount=money(case.amount_fen or 0),
        state=str(case.get_state_display()),
        holder=holder,
        promise=one.promise,
    )
