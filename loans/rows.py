"""The rows of a schedule."""

from datetime import date
from typing import NamedTuple


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
