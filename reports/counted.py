"""What is counted of the cases of a region in a period. A number and the list behind it are one condition."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, Sum, TextChoices

from accounts.models import Region
from loans.models import LoanTransition
from loans.models.loan import LoanState
from reports.periods import Period
from workflows.models import Application, ApplicationTransition, SupplementRequest
from workflows.models.application import ApplicationQuerySet
from workflows.states import FINAL, HERS_ALONE, State
from workflows.urgency import IS_OVER


class Figure(TextChoices):
    """What the cases have in common; the values stand in addresses."""

    DECLARED = "declared"  # handed in within the period
    APPROVED = "approved"  # of those, approved by the bank by now
    COMPLETED = "completed"  # of those, paid out by now
    SETTLED = "settled"  # of those, paid back by her to the last fen
    PAID = "paid"  # paid out within the period, whenever handed in
    ON_TIME = "on-time"
    LATE = "late"
    APART = "apart"  # due within the period, ended without money: neither on time nor late
    ASKED_TWICE = "asked-twice"  # of those handed in, with a second list of missing papers
    REFUSED = "refused"  # declined by the federation within the period, or found for her within it
    OVERTURNED = "overturned"  # of those, found for her within the period
    OVERDUE = "overdue"  # today, whatever the period


@dataclass(frozen=True)
class Counts:
    """How many cases each figure has; for those paid also how many women, and how much, in fen."""

    cases: Mapping[Figure, int]
    women: int
    paid_fen: int

    @property
    def due(self) -> int:
        """The cases that the on-time share is a share of."""
        return self.cases[Figure.ON_TIME] + self.cases[Figure.LATE]


@dataclass(frozen=True)
class TownCounts:
    """One town's part of the counts."""

    town: Region
    declared: int
    paid: int
    paid_fen: int


def cases_in(region: Region) -> ApplicationQuerySet:
    return Application.objects.filter(applicant__village__code__startswith=region.prefix)


def condition(figure: Figure, *, period: Period, today: date) -> Q:
    """Which cases a figure counts.

    On time is what was paid, by the bank's value date, on or before the day it was due. Counted are due days of the
    period that are over: a case that is due today may still be either. Late is also what isn't paid to this day. Those
    that were declined, withdrawn or expired stand apart, so that refusing is no way to be on time.
    """
    declared = Q(submitted_at__gte=period.starts_at, submitted_at__lt=period.ends_before) & ~Q(state__in=HERS_ALONE)
    is_paid = Q(state=State.DISBURSED)
    is_due = Q(due_on__gte=period.starts_on, due_on__lte=min(period.ends_on, today - timedelta(days=1)))
    conditions: dict[Figure, Q] = {
        Figure.DECLARED: declared,
        Figure.APPROVED: declared & Q(loan__isnull=False),
        Figure.COMPLETED: declared & is_paid,
        Figure.SETTLED: declared & is_paid & (Q(loan__state=LoanState.SETTLED) | Q(_closed_when_settled())),
        Figure.PAID: is_paid & Q(loan__disbursed_on__gte=period.starts_on, loan__disbursed_on__lte=period.ends_on),
        Figure.ON_TIME: is_due & is_paid & Q(loan__disbursed_on__lte=F("due_on")),
        Figure.LATE: is_due & (is_paid & Q(loan__disbursed_on__gt=F("due_on")) | ~IS_OVER),
        Figure.APART: is_due & Q(state__in=[state for state in FINAL if state != State.DISBURSED]),
        Figure.ASKED_TWICE: declared & Q(_asked_twice()),
        Figure.REFUSED: Q(_moved(("decline", "overturn"), period)),
        Figure.OVERTURNED: Q(_moved(("overturn",), period)),
        Figure.OVERDUE: ~IS_OVER & Q(due_on__lt=today),
    }
    return conditions[figure]


def _moved(moves: tuple[str, ...], period: Period) -> Exists:
    """That one of these moves was made with the case within the period."""
    made = ApplicationTransition.objects.filter(subject=OuterRef("pk"), move__in=moves)
    return Exists(made.filter(at__gte=period.starts_at, at__lt=period.ends_before))


def _asked_twice() -> Exists:
    return Exists(SupplementRequest.objects.filter(application=OuterRef("pk"), sequence=2))


def _closed_when_settled() -> Exists:
    """A loan is also closed when the fund paid for her: that one isn't paid back."""
    return Exists(LoanTransition.objects.filter(subject=OuterRef("loan"), move="close", source=LoanState.SETTLED))


def counts(region: Region, *, period: Period, today: date) -> Counts:
    """All of them in one query."""
    is_paid = condition(Figure.PAID, period=period, today=today)
    wanted: dict[str, Any] = {
        figure.name: Count("pk", filter=condition(figure, period=period, today=today)) for figure in Figure
    }
    counted = cases_in(region).aggregate(
        **wanted,
        women=Count("applicant__id_index", filter=is_paid, distinct=True),
        paid_fen=Sum("loan__amount_fen", filter=is_paid, default=0),
    )
    cases = {figure: counted[figure.name] for figure in Figure}
    return Counts(cases, women=counted["women"], paid_fen=counted["paid_fen"])


def counts_by_town(region: Region, *, period: Period, today: date) -> list[TownCounts]:
    """Every town of the region, the one with the most money first; together they are the counts of the region."""
    is_paid = condition(Figure.PAID, period=period, today=today)
    by_town = cases_in(region).order_by().values("applicant__village__parent")
    rows = by_town.annotate(
        declared=Count("pk", filter=condition(Figure.DECLARED, period=period, today=today)),
        paid=Count("pk", filter=is_paid),
        paid_fen=Sum("loan__amount_fen", filter=is_paid, default=0),
    )
    found = {row.pop("applicant__village__parent"): row for row in rows}
    nothing = {"declared": 0, "paid": 0, "paid_fen": 0}
    towns = [TownCounts(town, **found.get(town.pk, nothing)) for town in Region.objects.filter(parent=region)]
    return sorted(towns, key=lambda one: (-one.paid_fen, -one.declared, one.town.code))
