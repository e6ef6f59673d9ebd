"""A schedule: what falls due on which day, and what is left after it. It follows from the terms alone."""

from collections.abc import Sequence
from typing import NamedTuple

from loans.amortisation import Amortisation
from loans.due_dates import Frequency, RestDayRule, RestDays
from loans.interest import DayCount
from loans.rounding import Rounding
from loans.rows import Row, by_year
from loans.terms import BadTerms, Effect, Method, Prepayment, RateChange, Terms, periods_of_months

__all__ = [
    "BadTerms", "DayCount", "Effect", "Frequency", "Method", "Prepayment", "RateChange", "RestDayRule", "RestDays",
    "Rounding", "Row", "Terms", "Totals", "Year", "build", "periods_of_months", "totals", "years",
]  # fmt: skip


class Totals(NamedTuple):
    """What the rows of a schedule sum to."""

    principal_fen: int
    interest_fen: int
    payment_fen: int


class Year(NamedTuple):
    """What falls due in a calendar year, and the principal left at the end of it."""

    year: int
    principal_fen: int
    interest_fen: int
    payment_fen: int
    balance_fen: int


def build(terms: Terms) -> tuple[Row, ...]:
    """The schedule of the terms. Its principal sums to the loan and its last balance is nil. Raises BadTerms.

    Interest is rounded once a period. The last instalment's principal is what is left, its interest follows
    the normal rule. A rate change counts from its day; the level instalment is solved again, with the period
    in which it falls, on the balance and the periods left. A prepayment stands in the row due that day, in
    its principal, else in a row of its own. That row carries interest only where it repays everything
    (利随本清): otherwise the interest of all days falls due on the next due date. Rows are numbered from 1,
    prepayments included.
    """
    return Amortisation(terms).rows()


def totals(rows: Sequence[Row]) -> Totals:
    """Principal, interest and payments of the rows, summed."""
    return Totals(
        sum(row.principal_fen for row in rows),
        sum(row.interest_fen for row in rows),
        sum(row.payment_fen for row in rows),
    )


def years(rows: Sequence[Row]) -> tuple[Year, ...]:
    """A subtotal for each calendar year in which something falls due."""
    return tuple(Year(year, *totals(its_rows), its_rows[-1].balance_fen) for year, its_rows in by_year(rows))
