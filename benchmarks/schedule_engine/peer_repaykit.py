"""repaykit: a reducing balance by 1/12 of the rate a month in Decimal, rows with dates."""

from datetime import date
from decimal import Decimal
from typing import Any

from repaykit import Loan

from benchmarks.schedule_engine.cases import INSTALMENTS, cases
from benchmarks.schedule_engine.lane import serve

LOANS = [
    (Decimal(case.principal_fen) / 100, Decimal(case.annual_rate_ppm) / 1_000_000, case.start_on) for case in cases()
]


def schedule(principal: Decimal, rate: Decimal, start_on: date) -> Any:
    return Loan.create(
        amount=principal,
        annual_rate=rate,
        term=f"{INSTALMENTS} months",
        payment_frequency="monthly",
        method="reducing_balance",
        start_date=start_on,
        currency="CNY",
    ).schedule()


def run() -> int:
    for loan in LOANS:
        schedule(*loan)
    return len(LOANS)


def rows() -> list[list[tuple[int, int]]]:
    return [[(int(row.principal * 100), int(row.profit * 100)) for row in schedule(*loan)] for loan in LOANS]


if __name__ == "__main__":
    serve(run, rows=rows)
