"""The towns of small_city beside their targets, counted by hand."""

from datetime import date
from decimal import Decimal

import pytest

from reports.counted import Figure, cases_in
from reports.merit import PlaceMerit, merit_of
from reports.periods import Period
from reports.scoring import Share
from reports.visits_due import visits_due
from tests.makers.people import Offices
from tests.reports.small_city import TODAY, september
from tests.workflows.test_merit_targets import WEIGHTS
from workflows.merit_targets import set_target
from workflows.models import ScoringPolicy
from workflows.models.merit import TargetFigure


def the_year() -> Period:
    found = Period.read("2026")
    assert found is not None
    return found


def a_scoring(*, fewest_due: int) -> ScoringPolicy:
    return ScoringPolicy.objects.create(
        version="试-1", valid_from=date(2026, 1, 1), is_assumption=True, fewest_due=fewest_due, **WEIGHTS
    )


def places(offices: Offices, *, today: date = TODAY) -> dict[str, PlaceMerit]:
    return {one.place.name: one for one in merit_of(offices.city, period=the_year(), today=today).places}


def test_each_town_has_its_cases_and_its_targets(city, offices):
    town = offices.villages[0].parent
    assert town is not None
    set_target(town, TargetFigure.PAID, year=2026, number=4, by=offices.leader, at=september(1))
    first = places(offices)["石榴镇"]
    assert (first.cases[Figure.DECLARED], first.cases[Figure.PAID], first.due) == (6, 2, 3)
    assert first.reached == {"surveyed": 0, "declared": 6, "paid": 2}
    assert first.targets == {"paid": 4}
    assert first.shares["target"] == Share(2, 4)
    assert first.shares["on_time"] == Share(1, 3)
    assert first.shares["refusal"] == Share(1, 1)
    # The one that was declined is in no share that time decides.
    assert first.cases[Figure.APART] == 1


def test_without_a_policy_nobody_is_scored(city, offices):
    assert {(one.score, one.rank) for one in places(offices).values()} == {(None, None)}


def test_scores_and_ranks_by_hand(city, offices):
    """石榴镇: on time 1 of 3 (30), no second list (10), no refusal overturned (10): (10 + 10 + 10) / 50 = 60.

    樱桃镇: all of its one in time, no second list: 100. 柿子镇: nothing was due.
    """
    a_scoring(fewest_due=1)
    found = places(offices)
    assert [(name, one.score, one.rank) for name, one in found.items()] == [
        ("樱桃镇", Decimal("100.0"), 1),
        ("石榴镇", Decimal("60.0"), 2),
        ("柿子镇", None, None),
    ]


def test_a_town_of_few_cases_is_not_ranked(city, offices):
    a_scoring(fewest_due=2)
    assert {name: one.rank for name, one in places(offices).items()} == {"石榴镇": 1, "樱桃镇": None, "柿子镇": None}


def test_the_stages_of_the_tardy_one_are_counted(city, offices):
    """Both were paid; one at once, one visited only on its tenth working day: 10 days in the survey, 5 on average."""
    days = places(offices)["石榴镇"].stage_days
    assert days["survey"] == Decimal("5.0")
    assert days["bank"] == Decimal("0.0")


def test_the_villages_of_a_town_come_to_the_town(city, offices):
    town = offices.villages[0].parent
    assert town is not None
    villages = merit_of(town, period=the_year(), today=TODAY).places
    whole = places(offices)["石榴镇"]
    for figure in (Figure.DECLARED, Figure.PAID, Figure.ON_TIME, Figure.LATE, Figure.APART):
        assert sum(one.cases[figure] for one in villages) == whole.cases[figure]


def test_a_visit_counts_once_its_last_day_is_over(city, offices):
    """A month after the money of 21 September is 21 October, a Wednesday."""
    counted = [
        len(visits_due(cases_in(offices.city), period=the_year(), today=day))
        for day in (date(2026, 10, 21), date(2026, 10, 22))
    ]
    assert counted == [0, 1]
    assert not visits_due(cases_in(offices.city), period=the_year(), today=date(2026, 10, 22))[0].is_on_time


@pytest.mark.parametrize("key", ["2025", "2027"])
def test_other_years_are_empty(city, offices, key):
    year = Period.read(key)
    assert year is not None
    found = merit_of(offices.city, period=year, today=TODAY).places
    assert {one.cases[Figure.DECLARED] for one in found} == {0}
