"""Terms that several tests start from, and what is true of every schedule."""

from dataclasses import replace
from datetime import date

from loans.schedule import DayCount, Frequency, Method, Rounding, Terms

LOAN = Terms(
    principal_fen=5_000_000,
    annual_rate_ppm=45_000,
    start_on=date(2026, 3, 10),
    periods=12,
    method=Method.EQUAL_INSTALMENT,
)
HUNDRED = Terms(
    principal_fen=10_000,
    annual_rate_ppm=70_000,
    start_on=date(2024, 1, 1),
    periods=6,
    method=Method.EQUAL_INSTALMENT,
    rounding=Rounding.HALF_EVEN,
)
QUARTERLY_ON_THE_20TH = replace(
    LOAN,
    periods=4,
    method=Method.INTEREST_ONLY,
    frequency=Frequency.QUARTERLY,
    day_count=DayCount.ACTUAL_360,
    settlement_day=20,
)


def column(rows, name):
    return [getattr(row, name) for row in rows]


def assert_holds(rows, principal_fen):
    """What is true of every schedule."""
    assert sum(row.principal_fen for row in rows) == principal_fen
    assert rows[-1].balance_fen == 0
    assert column(rows, "number") == list(range(1, len(rows) + 1))
    assert column(rows, "due_on") == sorted(set(column(rows, "due_on")))
    balance_fen = principal_fen
    for row in rows:
        balance_fen -= row.principal_fen
        assert row.balance_fen == balance_fen
        assert row.payment_fen == row.principal_fen + row.interest_fen
        assert min(row.principal_fen, row.interest_fen, row.balance_fen) >= 0
