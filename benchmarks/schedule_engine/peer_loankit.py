"""loankit: 等额本息 by 30/360 in Decimal, rows without dates."""

from decimal import Decimal

from loan import STRATEGIES, LoanRequest

from benchmarks.schedule_engine.cases import INSTALMENTS, cases
from benchmarks.schedule_engine.lane import serve

METHOD = "equal-installment"
LOANS = [(Decimal(case.principal_fen) / 100, Decimal(case.annual_rate_ppm) / 10_000) for case in cases()]
STRATEGY = STRATEGIES[METHOD]()


def run() -> int:
    for principal, rate in LOANS:
        STRATEGY.generate(LoanRequest(principal, rate, INSTALMENTS, METHOD))
    return len(LOANS)


def rows() -> list[list[tuple[int, int]]]:
    made = (STRATEGY.generate(LoanRequest(*loan, INSTALMENTS, METHOD)) for loan in LOANS)
    return [[(int(row.principal * 100), int(row.interest * 100)) for row in schedule.installments] for schedule in made]


if __name__ == "__main__":
    serve(run, rows=rows)
