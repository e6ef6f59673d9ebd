"""Our own engine, by the kinds of loan in KINDS. Terms are checked and rows are dated in every one."""

import sys
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from benchmarks.schedule_engine.cases import INSTALMENTS, Case, cases
from benchmarks.schedule_engine.lane import PrincipalAndInterest, serve
from loans.schedule import DayCount, Effect, Method, Prepayment, RateChange, Rounding, Terms, build
from loans.timetable import timetable

KINDS: dict[str, dict[str, Any]] = {
    "30/360": {},
    "actual/365": {"day_count": DayCount.ACTUAL_365},
    "30/360, cold": {},
    "actual/365, cold": {"day_count": DayCount.ACTUAL_365},
    "equal principal, actual/360": {"method": Method.EQUAL_PRINCIPAL, "day_count": DayCount.ACTUAL_360},
    "interest only, actual/360": {"method": Method.INTEREST_ONLY, "day_count": DayCount.ACTUAL_360},
    "options": {
        "day_count": DayCount.ACTUAL_360,
        "rounding": Rounding.HALF_EVEN,
        "settlement_day": 20,
        "grace": 3,
        "instalment_unit_fen": 100,
    },
    "changes": {"day_count": DayCount.ACTUAL_365},
    "30/360, Decimal yuan": {},
}
"""Level instalments, unless the kind says otherwise."""

_CENT = Decimal("0.01")


def terms_of(case: Case, kind: str) -> Terms:
    """The case as a loan of that kind."""
    return Terms(case.principal_fen, case.annual_rate_ppm, case.start_on, INSTALMENTS, **_options(case, kind))


def main(kind: str) -> None:
    loans = cases(every_start_new=kind.endswith("cold"))
    prepared = [(case.principal_fen, case.annual_rate_ppm, case.start_on, _options(case, kind)) for case in loans]

    def in_fen() -> int:
        for principal_fen, annual_rate_ppm, start_on, options in prepared:
            build(Terms(principal_fen, annual_rate_ppm, start_on, INSTALMENTS, **options))
        return len(prepared)

    def in_yuan() -> int:
        """Each amount of each row as a Decimal with two places, as the peers give it."""
        for principal_fen, annual_rate_ppm, start_on, options in prepared:
            for number, due_on, *amounts in build(
                Terms(principal_fen, annual_rate_ppm, start_on, INSTALMENTS, **options)
            ):
                (number, due_on, *[Decimal(fen) * _CENT for fen in amounts])
        return len(prepared)

    def rows() -> list[PrincipalAndInterest]:
        made = (build(terms_of(case, kind)) for case in loans)
        return [[(row.principal_fen, row.interest_fen) for row in schedule] for schedule in made]

    run: Callable[[], int] = in_yuan if kind.endswith("yuan") else in_fen
    serve(run, rows=rows, before=timetable.cache_clear if kind.endswith("cold") else None)


def _options(case: Case, kind: str) -> dict[str, Any]:
    changes = _changes(case) if kind == "changes" else {}
    return {"method": Method.EQUAL_INSTALMENT, **KINDS[kind], **changes}


def _changes(case: Case) -> dict[str, Any]:
    """The rate falls in the fifth month, and a tenth is repaid early in the ninth."""
    lower = RateChange(case.start_on + timedelta(days=130), case.annual_rate_ppm - 2_500)
    early = Prepayment(case.start_on + timedelta(days=250), case.principal_fen // 10, Effect.REDUCE)
    return {"rate_changes": (lower,), "prepayments": (early,)}


if __name__ == "__main__":
    main(sys.argv[1])
