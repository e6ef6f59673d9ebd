"""保证金台账: what the finance bureau's money did in a year, how far it is levered, what waits for a second person."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.permissions import live_memberships
from accounts.web.navigation import frame
from accounts.web.parts import NavItem, Stat
from loans import fund_year
from loans.fund_year import FundYear
from loans.models import GuaranteePool
from loans.models.fund import FundMoveKind
from loans.spoken_money import money
from loans.web.finance_waiting import settled_in, waiting_in
from loans.web.forms.wan import in_wan
from loans.web.pool_curve import curve_of
from loans.web.pool_fund import asked_year, fund_table_of
from loans.web.pool_limit import limit_of
from records.edge import caller


@require_safe
def finance(request: HttpRequest) -> HttpResponse:
    user, today = caller(request), timezone.localdate()
    pools = list(funded_pools(user))
    asked = _asked(request, pools)
    if asked is None:
        return render(request, "loans/finance_empty.html", frame(request, current="finance"))
    year, years = asked_year(request.GET, asked, today=today)
    book = fund_year.year_of(asked, year)
    context = {
        "pool": asked,
        "pools": [NavItem(f"?pool={one.pk}", one.name, is_current=one == asked) for one in pools],
        "today": today,
        "stats": list(_stats(book)),
        "leverage": leverage_words(asked),
        "limit": limit_of(asked),
        "curve": curve_of(asked, on=today),
        "now": timezone.now(),
        "fund": fund_table_of(book, years=years),
        "waiting": waiting_in(asked, user),
        "settled": settled_in(asked, user),
    }
    return render(request, "loans/finance.html", context | frame(request, current="finance"))


def funded_pools(user: User) -> QuerySet[GuaranteePool]:
    """The pools whose money her bureau keeps. Whoever keeps none is told of no such page: raises Http404."""
    bureaus = [one.organisation_id for one in live_memberships(user) if one.grants("move_fund")]
    if not bureaus:
        raise Http404
    return GuaranteePool.objects.filter(finance__in=bureaus).order_by("pk")


def leverage_words(pool: GuaranteePool) -> str:
    """在保 250 万元 ÷ 保证金 100 万元 = 放大 2.50 倍，上限 5 倍."""
    times = Decimal(pool.committed_fen) / pool.fund_balance_fen if pool.fund_balance_fen > 0 else Decimal(0)
    return _("在保 %(committed)s ÷ 保证金 %(balance)s = 放大 %(times)s 倍，上限 %(leverage)s 倍") % {
        "committed": money(pool.committed_fen),
        "balance": money(pool.fund_balance_fen),
        "times": f"{times:.2f}",
        "leverage": pool.leverage,
    }


def _asked(request: HttpRequest, pools: Sequence[GuaranteePool]) -> GuaranteePool | None:
    wanted = request.GET.get("pool", "")
    return next((one for one in pools if str(one.pk) == wanted), pools[0] if pools else None)


def _stats(book: FundYear) -> Iterator[Stat]:
    """In ten thousands and to the fen, which a phone has room for; the table below has the yuan."""
    sums, unit = book.sums_fen, _("万元")
    yield Stat(_("年初余额"), in_wan(book.opening_fen), unit)
    incoming = [FundMoveKind.DEPOSIT, FundMoveKind.INTEREST, FundMoveKind.RECOVERY]
    yield Stat(_("收入"), in_wan(sum(sums[kind] for kind in incoming)), unit, detail=_parts(book, incoming))
    outgoing = [FundMoveKind.WITHDRAWAL, FundMoveKind.COMPENSATION]
    yield Stat(_("支出"), in_wan(-sum(sums[kind] for kind in outgoing)), unit, detail=_parts(book, outgoing))
    yield Stat(_("余额"), in_wan(book.closing_fen), unit, detail=_("年初 + 收入 − 支出"), tone="key")


def _parts(book: FundYear, kinds: Sequence[FundMoveKind]) -> str:
    told = [f"{kind.label} {money(abs(book.sums_fen[kind]))}" for kind in kinds if book.sums_fen[kind]]
    return "，".join(told) or _("没有")
