"""The fund's ledger of one year: what it began with, every movement with the balance after it, what it ended with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min, Sum

from loans.models import FundMove, GuaranteePool
from loans.models.fund import FundMoveKind


@dataclass(frozen=True)
class FundLine:
    """One movement and the balance, in fen, when it was done."""

    move: FundMove
    balance_fen: int


@dataclass(frozen=True)
class FundYear:
    """Opening + the sums of all kinds = closing, in fen; `sums_fen` are signed. `lines`: the oldest first."""

    year: int
    opening_fen: int
    lines: list[FundLine]
    sums_fen: Mapping[FundMoveKind, int]

    @property
    def closing_fen(self) -> int:
        return self.opening_fen + sum(self.sums_fen.values())


def year_of(pool: GuaranteePool, year: int) -> FundYear:
    """By value date, those of one day in the order in which they were booked."""
    opening_fen = _sum_fen(pool, before=date(year, 1, 1))
    moves = pool.fund_moves.filter(value_on__year=year).select_related(
        "decision__proposed_by", "decision__decided_by", "loan"
    )
    lines: list[FundLine] = []
    sums_fen = dict.fromkeys(FundMoveKind, 0)
    balance_fen = opening_fen
    for move in moves.order_by("value_on", "pk"):
        balance_fen += move.amount_fen
        sums_fen[FundMoveKind(move.kind)] += move.amount_fen
        lines.append(FundLine(move, balance_fen))
    return FundYear(year, opening_fen, lines, sums_fen)


def years_of(pool: GuaranteePool, *, today: date) -> range:
    """From the first movement's year to this one."""
    known = pool.fund_moves.aggregate(first=Min("value_on"), last=Max("value_on"))
    first, last = known["first"] or today, known["last"] or today
    return range(min(first, today).year, max(last, today).year + 1)


def sums_by_kind_fen(pool: GuaranteePool) -> dict[FundMoveKind, int]:
    """Every movement there ever was, signed; together the pool's balance."""
    sums = dict.fromkeys(FundMoveKind, 0)
    summed = pool.fund_moves.order_by().values_list("kind").annotate(Sum("amount_fen"))
    return sums | {FundMoveKind(kind): fen for kind, fen in summed}


def _sum_fen(pool: GuaranteePool, *, before: date) -> int:
    moves = pool.fund_moves.filter(value_on__lt=before)
    return moves.aggregate(total=Sum("amount_fen"))["total"] or 0
