"""Whether some women are refused more often or wait longer: by town, age, who filled in, and by what way she came."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from statistics import median_low
from typing import Final

from django.utils import timezone

from accounts.models import Region
from applicants.age import full_years
from applicants.identity import read_id_no
from reports.counted import Figure, cases_in, condition
from reports.figures import FEWEST_TOLD
from reports.periods import Period
from workflows.models import Application
from workflows.states import State

# Full years on the day on which she handed in, both ends included.
AGES: Final = ((18, 29), (30, 39), (40, 49), (50, 150))
UNKNOWN: Final = ""


class Side(StrEnum):
    """What the women are told apart by."""

    TOWN = "town"
    AGE = "age"
    FILLED_BY = "filled_by"
    CAME_BY = "came_by"


@dataclass(frozen=True)
class Part:
    """The applications of one group. What is None is not told; `median_days` also where nobody was paid."""

    key: str
    women: int
    declared: int | None
    refused: int | None
    paid: int | None
    median_days: int | None

    @property
    def is_told(self) -> bool:
        return self.declared is not None


def parts_of(region: Region, *, period: Period, today: date) -> dict[Side, list[Part]]:
    """What became by today of the applications handed in within the period. One query; ages are read from the rows."""
    declared = cases_in(region).filter(condition(Figure.DECLARED, period=period, today=today))
    cases = list(declared.select_related("applicant__village__parent", "loan").order_by("pk"))
    return {side: _parts(cases, key) for side, key in _KEYS.items()}


def for_everybody(parts: Iterable[Part]) -> list[Part]:
    """The same for the public: of fewer than three women nothing is told, nor what would tell it by subtraction.

    Where a single group is left out, the smallest other one goes with it.
    """
    told = [_without_few(part) for part in parts]
    hidden = [part for part in told if not part.is_told]
    shown = [part for part in told if part.is_told]
    if len(hidden) == 1 and shown:
        smallest = min(shown, key=lambda part: (part.women, part.key))
        return [_nothing_of(part) if part is smallest else part for part in told]
    return told


def _without_few(part: Part) -> Part:
    if part.women < FEWEST_TOLD:
        return _nothing_of(part)
    assert part.refused is not None
    assert part.paid is not None
    refused = None if 0 < part.refused < FEWEST_TOLD else part.refused
    is_paid_told = part.paid == 0 or part.paid >= FEWEST_TOLD
    return replace(
        part,
        refused=refused,
        paid=part.paid if is_paid_told else None,
        median_days=part.median_days if is_paid_told else None,
    )


def _nothing_of(part: Part) -> Part:
    return replace(part, declared=None, refused=None, paid=None, median_days=None)


def _parts(cases: list[Application], key: Callable[[Application], str]) -> list[Part]:
    grouped: dict[str, list[Application]] = defaultdict(list)
    for case in cases:
        grouped[key(case)].append(case)
    return [_part(name, grouped[name]) for name in sorted(grouped)]


def _part(key: str, cases: list[Application]) -> Part:
    paid = [days for case in cases if (days := _days_to_the_money(case)) is not None]
    return Part(
        key=key,
        women=len({case.applicant.id_index for case in cases}),
        declared=len(cases),
        refused=sum(case.state == State.DECLINED for case in cases),
        paid=len(paid),
        median_days=median_low(paid) if paid else None,
    )


def _days_to_the_money(case: Application) -> int | None:
    """Calendar days from handing in to the bank's value date."""
    if case.state != State.DISBURSED or case.loan is None or case.loan.disbursed_on is None:
        return None
    return (case.loan.disbursed_on - _handed_in_on(case)).days


def _handed_in_on(case: Application) -> date:
    assert case.submitted_at is not None, "only what was handed in is counted"
    return timezone.localdate(case.submitted_at)


def _age(case: Application) -> str:
    on = _handed_in_on(case)
    if not case.applicant.id_no:
        return UNKNOWN
    years = full_years(read_id_no(case.applicant.id_no, on=on).birth_on, on)
    return next((f"{least}-{most}" for least, most in AGES if least <= years <= most), UNKNOWN)


_KEYS: Final[dict[Side, Callable[[Application], str]]] = {
    Side.TOWN: lambda case: case.town.code,
    Side.AGE: _age,
    Side.FILLED_BY: lambda case: str(case.source),
    Side.CAME_BY: lambda case: str(case.came_by),
}
