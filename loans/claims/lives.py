"""Loans as their claims see them, read for many at once: a handful of queries for each chunk, none for a loan.

What she repaid of principal is taken from the ledger, which follows the replay of her payments (loans/bookkeeping.py);
tests/loans/claims/test_lives.py holds the two against each other.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from django.db.models import Max, QuerySet

from loans.claims.bars import bars_of
from loans.claims.days import LoanLife
from loans.interest import DayCount
from loans.models import Instalment, LedgerEntry, Loan, PlanChange
from loans.models.ledger import Reason
from loans.subsidy import Regime

CHUNK = 20_000

Steps = dict[int, list[tuple[date, int]]]


class Read(NamedTuple):
    """One loan of a chunk."""

    loan_id: int
    policy_id: int
    life: LoanLife


def chunks(loans: QuerySet[Loan], *, before: date, after_id: int = 0, size: int = CHUNK) -> Iterator[list[Read]]:
    """Loans that were paid out before a day, by their ids from `after_id` on. A chunk ends where the next begins."""
    paid_out = loans.paid_out().filter(disbursed_on__lt=before).order_by("pk")  # type: ignore[attr-defined]
    while True:
        rows = list(paid_out.filter(pk__gt=after_id).values_list(*_COLUMNS)[:size])
        if not rows:
            return
        yield _read(rows, before=before)
        after_id = rows[-1][0]


_COLUMNS = (
    "pk",
    "policy_id",
    "amount_fen",
    "annual_rate_ppm",
    "lpr_ppm",
    "day_count",
    "policy__subsidy_regime",
    "disbursed_on",
    "matures_on",
)
_DAY_COUNTS = {str(one): one for one in DayCount}
_REGIMES = {str(one): one for one in Regime}


def _read(rows: list[tuple[int, int, int, int, int, str, str, date, date]], *, before: date) -> list[Read]:
    first, last = rows[0][0], rows[-1][0]
    ends = _ends(first, last)
    due = _due(first, last, before=before, newest={loan_id: edition for loan_id, (edition, _a, _b) in ends.items()})
    repaid, bars = _repaid(first, last, before=before), bars_of(first, last)
    read = []
    for loan_id, policy_id, amount, rate, lpr, day_count, regime, paid_on, matures_on in rows:
        _edition, term_ends_on, extended_to_on = ends.get(loan_id, (1, matures_on, matures_on))
        life = LoanLife(
            amount,
            rate,
            lpr,
            _DAY_COUNTS[day_count],
            _REGIMES[regime],
            paid_on,
            term_ends_on,
            extended_to_on,
            due.get(loan_id, ()),
            repaid.get(loan_id, ()),
            bars.get(loan_id, ()),
        )
        read.append(Read(loan_id, policy_id, life))
    return read


def _ends(first: int, last: int) -> dict[int, tuple[int, date, date]]:
    """Of the loans whose plan was changed, its newest edition, the first day on which one ends, and the newest's last.

    Of all others the last instalment is due when the loan matures.
    """
    changes = PlanChange.objects.filter(loan_id__gte=first, loan_id__lte=last, edition__isnull=False)
    changed = set(changes.values_list("loan_id", flat=True))
    found: dict[int, tuple[int, date, date]] = {}
    if not changed:
        return found
    rows = Instalment.objects.filter(loan_id__in=changed).order_by().values_list("loan_id", "edition")
    for loan_id, edition, end_on in rows.annotate(Max("due_on")).order_by("edition"):
        term_ends_on = min(found[loan_id][1], end_on) if loan_id in found else end_on
        found[loan_id] = (edition, term_ends_on, end_on)
    return found


def _due(first: int, last: int, *, before: date, newest: Mapping[int, int]) -> Steps:
    rows = Instalment.objects.filter(loan_id__gte=first, loan_id__lte=last, due_on__lt=before, principal_fen__gt=0)
    steps: Steps = defaultdict(list)
    fields = ("loan_id", "edition", "due_on", "principal_fen")
    for loan_id, edition, due_on, principal_fen in rows.order_by("loan_id", "due_on").values_list(*fields):
        if edition == newest.get(loan_id, 1):
            steps[loan_id].append((due_on, principal_fen))
    return steps


def _repaid(first: int, last: int, *, before: date) -> Steps:
    rows = LedgerEntry.objects.filter(
        loan_id__gte=first,
        loan_id__lte=last,
        reason=Reason.PRINCIPAL_REPAID,
        value_on__lt=before,
        reverses__isnull=True,
        reversed_by__isnull=True,
    )
    steps: Steps = defaultdict(list)
    for loan_id, value_on, amount_fen in rows.order_by("value_on").values_list("loan_id", "value_on", "amount_fen"):
        assert loan_id is not None
        steps[loan_id].append((value_on, amount_fen))
    return steps
