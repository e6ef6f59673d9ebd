"""到期还款率: of the principal that fell due in a period, how much was repaid by its end."""

from datetime import date
from typing import NamedTuple

from django.db.models import Case, F, Max, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce

from loans.models import GuaranteePool, Instalment, LedgerEntry
from loans.models.ledger import Reason
from loans.money import PPM_WHOLE


class DueRate(NamedTuple):
    """In fen; `rate_ppm` is None where nothing fell due."""

    due_fen: int
    repaid_fen: int

    @property
    def rate_ppm(self) -> int | None:
        return self.repaid_fen * PPM_WHOLE // self.due_fen if self.due_fen else None


def due_rate_of(pool: GuaranteePool, *, from_on: date, to_on: date) -> DueRate:
    """Both days included. By the newest edition of each plan; what the fund paid for her isn't repaid. Three queries.

    What she repaid is counted towards the oldest principal first, so that money for an older year helps no newer one.
    """
    newest = dict(_plans(pool).order_by().values_list("loan").annotate(Max("edition")))
    repaid = _repaid(pool, by=to_on)
    due_fen = repaid_fen = 0
    period = Q(due_on__gte=from_on)
    parts = {
        "before": Coalesce(Sum("principal_fen", filter=~period), 0),
        "within": Coalesce(Sum("principal_fen", filter=period), 0),
    }
    rows = _plans(pool).filter(due_on__lte=to_on).order_by().values("loan", "edition")
    for row in rows.annotate(**parts):
        if row["edition"] != newest[row["loan"]]:
            continue
        due_fen += row["within"]
        repaid_fen += min(max(repaid.get(row["loan"], 0) - row["before"], 0), row["within"])
    return DueRate(due_fen, repaid_fen)


def due_rate_of_year(pool: GuaranteePool, year: int, *, today: date) -> DueRate:
    """Of a calendar year; of this one up to yesterday: what falls due today isn't late yet."""
    to_on = min(date(year, 12, 31), date.fromordinal(today.toordinal() - 1))
    return due_rate_of(pool, from_on=date(year, 1, 1), to_on=to_on)


def _plans(pool: GuaranteePool) -> QuerySet[Instalment]:
    return Instalment.objects.filter(loan__guarantee__pool=pool)


def _repaid(pool: GuaranteePool, *, by: date) -> dict[int, int]:
    """Principal that each loan repaid, what was reversed taken off."""
    signed = Case(When(reverses__isnull=True, then=F("amount_fen")), default=Value(-1) * F("amount_fen"))
    entries = LedgerEntry.objects.filter(loan__guarantee__pool=pool, reason=Reason.PRINCIPAL_REPAID, value_on__lte=by)
    return dict(entries.order_by().values_list("loan").annotate(repaid_fen=Sum(signed)))
