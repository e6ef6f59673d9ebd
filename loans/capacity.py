"""How the pool's room grows over the next year if every loan is repaid as planned and nothing new is promised."""

from collections import defaultdict
from datetime import date
from typing import Final, NamedTuple

from django.db.models import Max, QuerySet, Sum

from loans.due_dates import add_months
from loans.models import GuaranteePool, Instalment
from loans.models.loan import LoanState

MONTHS: Final = 12


class Ahead(NamedTuple):
    """The pool at the end of one day: what counts against its limit, and what is left, in fen."""

    on: date
    exposure_fen: int
    headroom_fen: int


def ahead_of(pool: GuaranteePool, *, on: date) -> list[Ahead]:
    """Today and the same day of each of the next twelve months, from the stored plans. Two queries.

    Principal that is late today is not expected: whether it comes nobody knows. Promises that aren't paid out stay.
    """
    days = [add_months(on, number) for number in range(MONTHS + 1)]
    due = _due(pool, after=on, until=days[-1])
    used_fen = pool.committed_fen + pool.reserved_fen
    points = []
    for day in days:
        back_fen = pool.exposure_fen(sum(fen for due_on, fen in due.items() if due_on <= day))
        exposure_fen = max(used_fen - back_fen, pool.reserved_fen)
        points.append(Ahead(day, exposure_fen, pool.capacity_fen - exposure_fen))
    return points


def _due(pool: GuaranteePool, *, after: date, until: date) -> dict[date, int]:
    """Principal by due date, of the newest edition of each running loan's plan."""
    plans: QuerySet[Instalment] = Instalment.objects.filter(
        loan__guarantee__pool=pool, loan__state=LoanState.ACTIVE, principal_fen__gt=0
    ).order_by()
    newest = dict(plans.values_list("loan").annotate(Max("edition")))
    due: dict[date, int] = defaultdict(int)
    coming = plans.filter(due_on__gt=after, due_on__lte=until).values_list("loan", "edition", "due_on")
    for loan_id, edition, due_on, fen in coming.annotate(Sum("principal_fen")):
        if edition == newest[loan_id]:
            due[due_on] += fen
    return due
