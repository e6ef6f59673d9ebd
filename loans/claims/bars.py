"""What bars a loan from its subsidy besides its own balance: compensation, misuse, her other loans."""

from collections import defaultdict
from datetime import date

from django.db.models import Exists, Max, OuterRef, Q, Sum

from loans.claims.days import FOREVER, Bar, Excluded
from loans.models import FundMove, Loan, PlanChange, SubsidyStop
from loans.models.fund import FundMoveKind
from loans.models.ledger import Reason
from loans.models.plan_change import PlanChangeKind

Bars = dict[int, tuple[Bar, ...]]


def bars_of(first: int, last: int) -> Bars:
    """Those of the loans with ids from `first` to `last`, in a handful of queries."""
    bars: Bars = defaultdict(tuple)
    paid_for = FundMove.objects.filter(loan_id__gte=first, loan_id__lte=last, kind=FundMoveKind.COMPENSATION)
    for loan_id, value_on in paid_for.values_list("loan_id", "value_on"):
        assert loan_id is not None
        bars[loan_id] += (Bar(value_on, FOREVER, Excluded.COMPENSATED),)
    stops = SubsidyStop.objects.filter(loan_id__gte=first, loan_id__lte=last)
    for loan_id, stopped_on in stops.values_list("loan_id", "stopped_on"):
        bars[loan_id] += (Bar(stopped_on, FOREVER, Excluded.MISUSED),)
    recalls = PlanChange.objects.filter(loan_id__gte=first, loan_id__lte=last, kind=PlanChangeKind.RECALL)
    for loan_id, from_on in recalls.filter(edition__isnull=False).values_list("loan_id", "from_on"):
        bars[loan_id] += (Bar(from_on, FOREVER, Excluded.MISUSED),)
    for loan_id, bar in _of_persons(first, last):
        bars[loan_id] += (bar,)
    return bars


def _of_persons(first: int, last: int) -> list[tuple[int, Bar]]:
    """Of those who had several loans, under whichever programme and bank: the same person by her identity number."""
    paid_out = Loan.objects.paid_out()
    others = paid_out.filter(applicant__id_index=OuterRef("applicant__id_index")).exclude(pk=OuterRef("pk"))
    here = paid_out.filter(pk__gte=first, pk__lte=last).exclude(applicant__id_index="")
    persons = list(here.filter(Exists(others)).values_list("applicant__id_index", flat=True).distinct())
    if not persons:
        return []
    bars: list[tuple[int, Bar]] = []
    by_person: dict[str, list[tuple[int, date, date]]] = defaultdict(list)
    for loan_id, person, most, paid_on, until_on in _loans_of(persons):
        earlier = by_person[person]
        bars += [(loan_id, Bar(since, until, Excluded.OTHER_LOAN)) for _id, since, until in earlier if until > paid_on]
        if len(earlier) >= most:
            bars.append((loan_id, Bar(paid_on, FOREVER, Excluded.LOANS_OVER)))
        earlier.append((loan_id, paid_on, until_on))
    return bars


def _loans_of(persons: list[str]) -> list[tuple[int, str, int, date, date]]:
    """(id, person, most loans in a life, paid out, repaid or due at last) in the order of their payouts."""
    standing = Q(
        entries__reason=Reason.PRINCIPAL_REPAID,
        entries__reverses__isnull=True,
        entries__reversed_by__isnull=True,
    )
    rows = (
        Loan.objects.paid_out()
        .filter(applicant__id_index__in=persons)
        .annotate(
            repaid_fen=Sum("entries__amount_fen", filter=standing),
            repaid_on=Max("entries__value_on", filter=standing),
        )
        .order_by("disbursed_on", "pk")
        .values_list(
            "pk",
            "applicant__id_index",
            "policy__lifetime_loans_max",
            "amount_fen",
            "disbursed_on",
            "matures_on",
            "repaid_fen",
            "repaid_on",
        )
    )
    loans = []
    for pk, person, most, amount_fen, paid_on, matures_on, repaid_fen, repaid_on in rows:
        assert paid_on is not None, pk
        until_on = repaid_on if (repaid_fen or 0) >= amount_fen else matures_on
        assert until_on is not None, pk
        loans.append((pk, person, most, paid_on, until_on))
    return loans
