"""The fund's ledger of a year as rows of a table: on the page of the pool and on that of the finance bureau."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.web.parts import NavItem
from loans import fund_year
from loans.fund_year import FundLine, FundYear
from loans.models import GuaranteePool
from loans.models.fund import FundMoveKind
from loans.money import format_yuan

NONE: Final = "—"


@dataclass(frozen=True)
class FundRow:
    """One movement, ready to be laid out."""

    value_on: date
    kind: str
    loan: str
    received: str
    spent: str
    balance: str
    voucher_no: str
    proposed_by: str
    decided_by: str


@dataclass(frozen=True)
class FundTable:
    """A year's movements, the newest first; `years` leads to the others."""

    year: int
    years: list[NavItem]
    opening: str
    rows: list[FundRow]
    received: str
    spent: str
    closing: str


def fund_table_of(book: FundYear, *, years: list[NavItem]) -> FundTable:
    incoming_fen = sum(fen for fen in book.sums_fen.values() if fen > 0)
    outgoing_fen = -sum(fen for fen in book.sums_fen.values() if fen < 0)
    return FundTable(
        year=book.year,
        years=years,
        opening=format_yuan(book.opening_fen),
        rows=[_row(line) for line in reversed(book.lines)],
        received=format_yuan(incoming_fen),
        spent=format_yuan(outgoing_fen),
        closing=format_yuan(book.closing_fen),
    )


def asked_year(query: QueryDict, pool: GuaranteePool, *, today: date) -> tuple[int, list[NavItem]]:
    """The year in the address, this one where it is none of the pool's; and the way to each of them."""
    known = fund_year.years_of(pool, today=today)
    text = query.get("year", "")
    asked = int(text) if text.isdecimal() and len(text) == len("2026") else today.year
    year = asked if asked in known else today.year
    items = [NavItem(_with_year(query, one), _year_words(one), is_current=one == year) for one in reversed(known)]
    return year, items


def _row(line: FundLine) -> FundRow:
    move = line.move
    decision, is_income = move.decision, move.amount_fen > 0
    return FundRow(
        value_on=move.value_on,
        kind=str(FundMoveKind(move.kind).label),
        loan=move.loan.number if move.loan else "",
        received=format_yuan(move.amount_fen) if is_income else NONE,
        spent=NONE if is_income else format_yuan(-move.amount_fen),
        balance=format_yuan(line.balance_fen),
        voucher_no=move.voucher_no,
        proposed_by=str(decision.proposed_by),
        decided_by=str(decision.decided_by),
    )


def _with_year(query: QueryDict, year: int) -> str:
    changed = query.copy()
    changed["year"] = str(year)
    return f"?{changed.urlencode()}"


def _year_words(year: int) -> str:
    return _("%(year)s 年") % {"year": year}
