"""What the city expects of its towns and villages this year, and by what it compares them. Assumptions of the demo."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from accounts.models import Region, User
from accounts.models.region import RegionLevel
from workflows.merit_targets import set_target
from workflows.models import ScoringPolicy
from workflows.models.merit import TargetFigure

VERSION: Final = "演示-1"
# Of a village; a town has as many times that as it has villages.
EXPECTED: Final = {TargetFigure.SURVEYED: 6, TargetFigure.DECLARED: 12, TargetFigure.PAID: 6}


def make_merit(regions: Iterable[Region], *, by: User, at: datetime, year: int) -> None:
    ScoringPolicy.objects.create(
        version=VERSION,
        valid_from=date(year, 1, 1),
        is_assumption=True,
        target_weight=30,
        on_time_weight=30,
        supplement_weight=10,
        refusal_weight=10,
        follow_up_weight=20,
        fewest_due=5,
    )
    places = list(regions)
    for place in places:
        villages = 1 if place.level == RegionLevel.VILLAGE else sum(one.parent_id == place.pk for one in places)
        for figure, number in EXPECTED.items():
            if place.level != RegionLevel.CITY:
                set_target(place, figure, year=year, number=number * villages, by=by, at=at)
