"""amortization: a monthly annuity in floats, rows without dates."""

from amortization.schedule import amortization_schedule

from benchmarks.schedule_engine.cases import INSTALMENTS, cases
from benchmarks.schedule_engine.lane import serve

LOANS = [(case.principal_fen / 100, case.annual_rate_ppm / 1_000_000) for case in cases()]


def run() -> int:
    for principal, rate in LOANS:
        list(amortization_schedule(principal, rate, INSTALMENTS))
    return len(LOANS)


def rows() -> list[list[tuple[int, int]]]:
    made = (amortization_schedule(*loan, INSTALMENTS) for loan in LOANS)
    return [[(round(row.principal * 100), round(row.interest * 100)) for row in schedule] for schedule in made]


if __name__ == "__main__":
    serve(run, rows=rows)
