"""numpy-financial: interest and principal of each month as arrays of floats, unrounded and without dates."""

from typing import Any

import numpy as np
import numpy_financial

from benchmarks.schedule_engine.cases import INSTALMENTS, cases
from benchmarks.schedule_engine.lane import serve

LOANS = [(case.principal_fen / 100, case.annual_rate_ppm / 12_000_000) for case in cases()]
NUMBERS = np.arange(1, INSTALMENTS + 1)


def parts(principal: float, rate: float) -> tuple[Any, Any]:
    return (
        numpy_financial.ppmt(rate, NUMBERS, INSTALMENTS, -principal),
        numpy_financial.ipmt(rate, NUMBERS, INSTALMENTS, -principal),
    )


def run() -> int:
    for loan in LOANS:
        parts(*loan)
    return len(LOANS)


def rows() -> list[list[tuple[int, int]]]:
    made = (parts(*loan) for loan in LOANS)
    return [
        [(round(float(one) * 100), round(float(other) * 100)) for one, other in zip(principal, interest, strict=True)]
        for principal, interest in made
    ]


if __name__ == "__main__":
    serve(run, rows=rows)
