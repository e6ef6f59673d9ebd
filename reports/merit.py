"""逐级考核: what each town, or each village of one, came to in a year beside what the city expected of it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db.models import Count

from accounts.models import Region
from accounts.models.region import DIGITS, RegionLevel
from reports.counted import Figure, cases_in, condition
from reports.periods import Period
from reports.reached import surveyed_in
from reports.scoring import Share, ranks, score
from reports.stage_days import mean_stage_days
from reports.visits_due import visits_due
from workflows.models import ScoringPolicy, Target
from workflows.models.merit import TargetFigure

COUNTED: Final = (
    Figure.DECLARED,
    Figure.PAID,
    Figure.ON_TIME,
    Figure.LATE,
    Figure.APART,
    Figure.ASKED_TWICE,
    Figure.REFUSED,
    Figure.OVERTURNED,
)


@dataclass(frozen=True)
class PlaceMerit:
    """One place. `reached` and `targets` are by figure of the targets; a figure without target is missing there."""

    place: Region
    cases: Mapping[Figure, int]
    reached: Mapping[str, int]
    targets: Mapping[str, int]
    visits: Share
    stage_days: Mapping[str, Decimal]
    score: Decimal | None = None
    rank: int | None = None

    @property
    def due(self) -> int:
        return self.cases[Figure.ON_TIME] + self.cases[Figure.LATE]

    @property
    def shares(self) -> dict[str, Share]:
        """What is scored, by its name in the policy. Those declined are in no share that time decides."""
        declared, refused = self.cases[Figure.DECLARED], self.cases[Figure.REFUSED]
        met = sum(min(self.reached[figure], number) for figure, number in self.targets.items())
        return {
            "target": Share(met, sum(self.targets.values())),
            "on_time": Share(self.cases[Figure.ON_TIME], self.due),
            "supplement": Share(declared - self.cases[Figure.ASKED_TWICE], declared),
            "refusal": Share(refused - self.cases[Figure.OVERTURNED], refused),
            "follow_up": self.visits,
        }


@dataclass(frozen=True)
class Merit:
    """All places of a region, the best first, then those without a rank. `policy` is None before there was one."""

    policy: ScoringPolicy | None
    places: list[PlaceMerit]


def merit_of(region: Region, *, period: Period, today: date) -> Merit:
    """`region` is a city, whose towns it compares, or a town with its villages. Ten queries, however many places."""
    places = list(Region.objects.filter(parent=region).order_by("code"))
    digits = DIGITS[RegionLevel(places[0].level)] if places else 0
    policy = ScoringPolicy.objects.filter(valid_from__lte=period.ends_on).order_by("-valid_from").first()
    cases = _cases(region, digits, period=period, today=today)
    surveyed = Counter(row.village_id[:digits] for row in surveyed_in(region, period=period))
    targets: dict[str, dict[str, int]] = {place.code: {} for place in places}
    for target in Target.objects.filter(region__in=places, year_ends_on=period.ends_on):
        targets[target.region_id][target.figure] = target.number
    visits = visits_due(cases_in(region), period=period, today=today)
    due = Counter(_prefix(visit.application.applicant.village, digits) for visit in visits)
    made = Counter(_prefix(visit.application.applicant.village, digits) for visit in visits if visit.is_on_time)
    paid = cases_in(region).filter(condition(Figure.PAID, period=period, today=today))
    days = mean_stage_days(paid, by=lambda case: _prefix(case.applicant.village, digits))
    rows = []
    for place in places:
        counted = cases.get(place.prefix, Counter(dict.fromkeys(COUNTED, 0)))
        reached = {
            str(TargetFigure.SURVEYED): surveyed[place.prefix],
            str(TargetFigure.DECLARED): counted[Figure.DECLARED],
            str(TargetFigure.PAID): counted[Figure.PAID],
        }
        visited = Share(made[place.prefix], due[place.prefix])
        row = PlaceMerit(place, counted, reached, targets[place.code], visited, days.get(place.prefix, {}))
        rows.append(replace(row, score=_score(row, policy)))
    return Merit(policy, _ranked(rows))


def _ranked(rows: list[PlaceMerit]) -> list[PlaceMerit]:
    found = [replace(row, rank=rank) for row, rank in zip(rows, ranks([row.score for row in rows]), strict=True)]
    return sorted(found, key=lambda one: (one.rank is None, one.rank or 0, one.place.code))


def weights_of(policy: ScoringPolicy) -> dict[str, int]:
    return {
        "target": policy.target_weight,
        "on_time": policy.on_time_weight,
        "supplement": policy.supplement_weight,
        "refusal": policy.refusal_weight,
        "follow_up": policy.follow_up_weight,
    }


def _score(row: PlaceMerit, policy: ScoringPolicy | None) -> Decimal | None:
    """None where one or two women would decide it."""
    if policy is None or row.due < policy.fewest_due:
        return None
    return score(row.shares, weights_of(policy))


def _cases(region: Region, digits: int, *, period: Period, today: date) -> dict[str, Counter[Figure]]:
    """By the digits of the place; one query."""
    wanted: dict[str, Any] = {
        figure.name: Count("pk", filter=condition(figure, period=period, today=today)) for figure in COUNTED
    }
    found: dict[str, Counter[Figure]] = {}
    for row in cases_in(region).order_by().values("applicant__village").annotate(**wanted):
        counted = found.setdefault(row["applicant__village"][:digits], Counter(dict.fromkeys(COUNTED, 0)))
        counted.update({figure: row[figure.name] for figure in COUNTED})
    return found


def _prefix(village: Region | None, digits: int) -> str:
    assert village is not None, "a case of a region lives in one of its villages"
    return village.code[:digits]
