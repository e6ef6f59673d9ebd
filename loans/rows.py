"""The rows of a schedule."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import NamedTuple, Protocol, TypeVar


class Row(NamedTuple):
    """One instalment, or a prepayment between two. `balance_fen` is the principal left after it."""

    number: int
    due_on: date
    principal_fen: int
    interest_fen: int
    payment_fen: int
    balance_fen: int


Line = tuple[int, date, int, int, int, int]
"""What a Row holds. The walk makes plain tuples: a Row costs four times as much to make one by one."""


class Due(Protocol):
    """Anything that falls due on a day: a row, an instalment of a quote or of a stored plan."""

    @property
    def due_on(self) -> date: ...


AnyDue = TypeVar("AnyDue", bound=Due)


def by_year(rows: Iterable[AnyDue]) -> Iterator[tuple[int, list[AnyDue]]]:
    """The rows of each calendar year; they come in the order of their days."""
    for year, its_rows in groupby(rows, key=lambda row: row.due_on.year):
        yield year, list(its_rows)
