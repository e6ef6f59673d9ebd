"""The guarantees of a pool, newest first, with the way to each case for those who may open it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum, TextChoices
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import may
from accounts.web.keyset import page_of
from accounts.web.parts import Tone
from loans import sight
from loans.models import Guarantee, GuaranteeMove, GuaranteePool, Loan
from loans.models.guarantee import GuaranteeMoveKind
from loans.money import format_yuan

# A page that shows three more lists keeps this one short.
PAGE_ROWS = 20


class Shown(TextChoices):
    """Which guarantees: those that use the limit today, or all there ever were."""

    LIVE = "live", _("占着额度的")
    ALL = "all", _("全部")


# What the last move left behind. A release that leaves something is a guarantee still in force.
STANDINGS: Mapping[str, tuple[Any, Tone]] = {
    GuaranteeMoveKind.RESERVE: (_("预留"), "soon"),
    GuaranteeMoveKind.POST: (_("在保"), "ok"),
    GuaranteeMoveKind.RELEASE: (_("在保"), "ok"),
    GuaranteeMoveKind.VOID: (_("没放款，已撤"), ""),
    GuaranteeMoveKind.EXPIRE: (_("没放款，过期"), ""),
    GuaranteeMoveKind.CALL: (_("已代偿"), "late"),
}
REPAID: tuple[Any, Tone] = (_("已还清"), "")


@dataclass(frozen=True)
class GuaranteeRow:
    """One guarantee. `case_url` and `name` are empty for whoever may not open the case, amounts where they are nil.

    The finance bureau has the loan's statement there, once the money is out.
    """

    letter_no: str
    case_number: str
    case_url: str
    name: str
    made_on: date
    amount: str
    committed: str
    reserved: str
    standing: str
    tone: Tone


@dataclass(frozen=True)
class Guarantees:
    """One page of them, and how many there are in all."""

    rows: list[GuaranteeRow]
    count: int
    previous_url: str
    next_url: str


def guarantees_of(pool: GuaranteePool, *, shown: Shown, user: User, query: QueryDict) -> Guarantees:
    """Five queries, however many there are."""
    found = with_balances(pool)
    if shown == Shown.LIVE:
        found = found.filter(Q(left_reserved_fen__gt=0) | Q(left_committed_fen__gt=0))
    page = page_of(found, query=query, size=PAGE_ROWS)
    visible = Guarantee.objects.filter(sight.of_guaranteed_cases(user), pk__in=[one.pk for one in page.rows])
    names = dict(visible.values_list("pk", "applicant__full_name"))
    urls = {one.pk: reverse("case", args=[one.case_number]) for one in page.rows if one.pk in names}
    if may(user, "move_fund", pool.finance):
        told = Loan.objects.paid_out().filter(guarantee__in=page.rows)
        for pk, number, name in told.values_list("guarantee", "number", "applicant__full_name"):
            names[pk], urls[pk] = name, reverse("finance_loan", args=[number])
    rows = [_row(one, name=names.get(one.pk, ""), url=urls.get(one.pk, "")) for one in page.rows]
    return Guarantees(rows, found.count(), page.previous_url, page.next_url)


def with_balances(pool: GuaranteePool) -> QuerySet[Any]:
    """Each with what it still reserves and has in force, and its last move."""
    last = GuaranteeMove.objects.filter(guarantee=OuterRef("pk")).order_by("-pk").values("kind")[:1]
    return pool.guarantees.annotate(
        left_reserved_fen=Coalesce(Sum("moves__reserved_delta_fen"), 0),
        left_committed_fen=Coalesce(Sum("moves__committed_delta_fen"), 0),
        last_move=Subquery(last),
    )


def _row(guarantee: Any, *, name: str, url: str) -> GuaranteeRow:
    is_repaid = guarantee.last_move == GuaranteeMoveKind.RELEASE and not guarantee.left_committed_fen
    standing, tone = REPAID if is_repaid else STANDINGS[guarantee.last_move]
    return GuaranteeRow(
        letter_no=guarantee.letter_no,
        case_number=guarantee.case_number,
        case_url=url,
        name=name,
        made_on=timezone.localdate(guarantee.made_at),
        amount=format_yuan(guarantee.amount_fen),
        committed=_unless_nil(guarantee.left_committed_fen),
        reserved=_unless_nil(guarantee.left_reserved_fen),
        standing=str(standing),
        tone=tone,
    )


def _unless_nil(fen: int) -> str:
    return format_yuan(fen) if fen else ""
