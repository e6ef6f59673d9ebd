"""The loans that every runner is given: the same ones in the same order."""

from datetime import date, timedelta
from random import Random
from typing import NamedTuple

COUNT = 1_500
INSTALMENTS = 24


class Case(NamedTuple):
    """One loan of 24 instalments."""

    principal_fen: int
    annual_rate_ppm: int
    start_on: date


def cases(*, every_start_new: bool = False) -> list[Case]:
    """Amounts of 10,000 to 100,000 yuan at 3.00 to 9.00 %, paid out within a year or each on a day of its own."""
    random = Random(24)
    return [
        Case(
            principal_fen=100_000 * random.randint(10, 100),
            annual_rate_ppm=100 * random.randint(300, 900),
            start_on=date(2026, 1, 1) + timedelta(days=number if every_start_new else random.randrange(365)),
        )
        for number in range(COUNT)
    ]
