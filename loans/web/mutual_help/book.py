"""The ledger of the mutual-help fund and whom it helped, as page and as Excel show it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from applicants.identity import mask_name
from loans.models import MutualHelp, MutualHelpFund
from loans.models.mutual_help import MutualHelpMoveKind
from records.models.decision import Outcome


@dataclass(frozen=True)
class BookLine:
    """One movement and what it left, in fen; `whose` is the donor or the mother."""

    value_on: date
    kind: str
    whose: str
    purpose: str
    received_fen: int
    spent_fen: int
    balance_fen: int
    voucher_no: str
    by: str


def lines_of(fund: MutualHelpFund) -> Iterator[BookLine]:
    """The oldest first, by value date, as a book is read. Two queries at most."""
    balance_fen = 0
    for one in fund.moves.select_related("help", "posted_by"):
        balance_fen += one.amount_fen
        is_gift = one.kind == MutualHelpMoveKind.DONATION
        yield BookLine(
            value_on=one.value_on,
            kind=str(MutualHelpMoveKind(one.kind).label),
            whose=(one.donor or _("匿名")) if is_gift else mask_name(one.help.name) if one.help else "",
            purpose=one.purpose if is_gift else one.help.purpose if one.help else "",
            received_fen=max(one.amount_fen, 0),
            spent_fen=max(-one.amount_fen, 0),
            balance_fen=balance_fen,
            voucher_no=one.voucher_no,
            by=str(one.posted_by),
        )


def helps_of(fund: MutualHelpFund) -> QuerySet[MutualHelp]:
    """Each with what it moved so far: less than nil is still out."""
    rows = fund.helps.select_related("village__parent", "decision__proposed_by", "decision__decided_by")
    return rows.annotate(moved_fen=Sum("moves__amount_fen", default=0))


def standing_of(helped: MutualHelp, *, left_fen: int) -> str:
    """等复核, 没同意, 还在还, 还清了."""
    if helped.decision.is_open:
        return _("等复核")
    if helped.decision.outcome != Outcome.APPROVED:
        return _("没同意")
    return _("还在还") if left_fen else _("还清了")
