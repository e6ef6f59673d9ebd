"""The books of a pool to print and to take along: the trial balance of any day, and the fund's ledger of a year."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.web.navigation import frame
from loans import fund_year, sight
from loans.ledger import turnovers
from loans.models import GuaranteePool, LedgerEntry
from loans.models.fund import FundMoveKind
from loans.models.ledger import Account
from loans.money import format_yuan
from loans.web.pool_fund import asked_year
from loans.web.sheets import sheet_response, yuan_of
from records.edge import caller
from records.spreadsheets import Cell


@dataclass(frozen=True)
class Turned:
    """One account up to a day: what was debited, what was credited, and on which side the rest stands, in fen."""

    label: str
    debited_fen: int
    credited_fen: int

    @property
    def sums_fen(self) -> tuple[int, int, int, int]:
        """Debited, credited, debit balance, credit balance."""
        rest_fen = self.debited_fen - self.credited_fen
        return self.debited_fen, self.credited_fen, max(rest_fen, 0), max(-rest_fen, 0)

    @property
    def sums(self) -> list[str]:
        return [format_yuan(fen) if fen else "" for fen in self.sums_fen]


@require_safe
def pool_accounts(request: HttpRequest, pool_id: int) -> HttpResponse:
    pool, today = _pool(request, pool_id), timezone.localdate()
    on = _day(request.GET, today=today)
    rows = turned_in(pool, on=on)
    totals = [sum(column) for column in zip(*(row.sums_fen for row in rows), strict=True)] or [0] * 4
    context = {
        "pool": pool,
        "on": on,
        "today": today,
        "now": timezone.now(),
        "rows": rows,
        "totals": [format_yuan(fen) for fen in totals],
        "is_even": totals[0] == totals[1] and totals[2] == totals[3],
    }
    return render(request, "loans/pool_accounts_page.html", context | frame(request, current="pools"))


@require_safe
def pool_accounts_sheet(request: HttpRequest, pool_id: int) -> HttpResponse:
    pool, on = _pool(request, pool_id), _day(request.GET, today=timezone.localdate())
    title = _("试算平衡 %(day)s") % {"day": on.isoformat()}
    headings = [_("科目"), _("借方发生额"), _("贷方发生额"), _("借方余额"), _("贷方余额")]
    rows: list[list[Cell]] = [[one.label, *map(yuan_of, one.sums_fen)] for one in turned_in(pool, on=on)]
    return sheet_response(f"{title}.xlsx", title=title, headings=headings, rows=rows)


@require_safe
def pool_fund_sheet(request: HttpRequest, pool_id: int) -> HttpResponse:
    """The year's movements, the oldest first, between the balance that it began with and the one it ended with."""
    pool = _pool(request, pool_id)
    year, _years = asked_year(request.GET, pool, today=timezone.localdate())
    book = fund_year.year_of(pool, year)
    rows: list[list[Cell]] = [[_("年初余额"), "", "", "", yuan_of(book.opening_fen), "", "", ""]]
    for line in book.lines:
        move = line.move
        rows.append(
            [
                str(FundMoveKind(move.kind).label),
                move.loan.number if move.loan else "",
                move.value_on.isoformat(),
                yuan_of(move.amount_fen),
                yuan_of(line.balance_fen),
                move.voucher_no,
                str(move.decision.proposed_by),
                str(move.decision.decided_by),
            ]
        )
    headings = [_("摘要"), _("贷款"), _("日期"), _("金额"), _("余额"), _("凭证号"), _("提请人"), _("复核人")]
    title = _("%(year)s 年保证金台账") % {"year": year}
    return sheet_response(f"{title}.xlsx", title=title, headings=headings, rows=rows)


def turned_in(pool: GuaranteePool, *, on: date) -> list[Turned]:
    """The accounts of the pool and of the loans that it backs, in the order of the plan of accounts."""
    entries = LedgerEntry.objects.filter(Q(pool=pool) | Q(loan__guarantee__pool=pool), value_on__lte=on)
    turned = turnovers(entries)
    return [Turned(str(account.label), *turned[account]) for account in Account if account in turned]


def _pool(request: HttpRequest, pool_id: int) -> GuaranteePool:
    return get_object_or_404(GuaranteePool.objects.filter(sight.of_pools(caller(request))), pk=pool_id)


def _day(query: QueryDict, *, today: date) -> date:
    """The day in the address; today where it is none."""
    try:
        return date.fromisoformat(query.get("on", ""))
    except ValueError:
        return today
