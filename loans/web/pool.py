"""担保基金: what it may promise, what it has promised, and every movement of its money, for those who take part."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.web.navigation import frame
from loans import fund_year, sight
from loans.models import GuaranteePool
from loans.web.pool_accounts import accounts_of
from loans.web.pool_fund import asked_year, fund_table_of
from loans.web.pool_guarantees import Shown, guarantees_of
from loans.web.pool_limit import limit_of, numbers_of
from records.edge import caller


@require_safe
def pools(request: HttpRequest) -> HttpResponse:
    """Those that her office takes part in; where it is one, that one."""
    seen = list(GuaranteePool.objects.filter(sight.of_pools(request.user)).select_related("programme").order_by("pk"))
    if not seen:
        raise Http404
    if len(seen) == 1:
        return redirect("pool", pool_id=seen[0].pk)
    context = {"pools": [(one, limit_of(one)) for one in seen]}
    return render(request, "loans/pools.html", context | frame(request, current="pools"))


@require_safe
def pool(request: HttpRequest, pool_id: int) -> HttpResponse:
    user, today = caller(request), timezone.localdate()
    seen = GuaranteePool.objects.filter(sight.of_pools(user)).select_related("guarantor", "bank", "finance")
    asked = get_object_or_404(seen, pk=pool_id)
    shown = Shown.ALL if request.GET.get("show") == Shown.ALL else Shown.LIVE
    year, years = asked_year(request.GET, asked, today=today)
    context = {
        "pool": asked,
        "today": today,
        "limit": limit_of(asked),
        "numbers": numbers_of(asked),
        "guarantees": guarantees_of(asked, shown=shown, user=user, query=request.GET),
        "shown": shown,
        "choices": [(one, f"?show={one.value}", one == shown) for one in Shown],
        "fund": fund_table_of(fund_year.year_of(asked, year), years=years),
        "accounts": accounts_of(asked, on=today),
    }
    return render(request, "loans/pool.html", context | frame(request, current="pools"))
