"""A target is the city's to set, is kept with who changed it from what, and stays once its year is over."""

from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction

from records.models import AuditEntry
from records.refusals import Invalid, NotPermitted
from tests.makers.people import SHANGHAI, Offices
from workflows.merit_targets import YearOver, set_target, year_end
from workflows.models import ScoringPolicy, Target
from workflows.models.merit import TargetFigure

AT = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
WEIGHTS = {
    "target_weight": 30,
    "on_time_weight": 30,
    "supplement_weight": 10,
    "refusal_weight": 10,
    "follow_up_weight": 20,
}


def a_target(offices: Offices, number: int = 12, *, at: datetime = AT, year: int = 2026) -> Target:
    place = offices.villages[0].parent
    assert place is not None
    return set_target(place, TargetFigure.PAID, year=year, number=number, by=offices.leader, at=at)


def test_it_is_set_once_and_changed_with_both_numbers_kept(offices):
    a_target(offices)
    a_target(offices, 15)
    a_target(offices, 15)
    assert Target.objects.get().number == 15
    written = AuditEntry.objects.filter(action="set_target").order_by("pk")
    assert [entry.outcome for entry in written] == ["— → 12", "12 → 15"]
    assert written[0].by == offices.leader
    assert written[0].about == "990000101000 2026 paid"


def test_nobody_else_sets_one(offices):
    for who in (offices.town_reviewer, offices.finance_officer, offices.helper):
        with pytest.raises(NotPermitted):
            set_target(offices.city, TargetFigure.PAID, year=2026, number=1, by=who, at=AT)
    assert not Target.objects.exists()


def test_after_its_year_it_stays(offices):
    a_target(offices)
    with pytest.raises(YearOver):
        a_target(offices, 20, at=datetime(2027, 1, 1, 0, 30, tzinfo=SHANGHAI))
    assert Target.objects.get().number == 12
    assert a_target(offices, 13, at=datetime(2026, 12, 31, 23, 30, tzinfo=SHANGHAI)).number == 13


@pytest.mark.parametrize("number", [-1, 100_000])
def test_a_slip_of_the_finger_is_refused(offices, number):
    with pytest.raises(Invalid):
        a_target(offices, number)


def test_the_database_holds_one_of_each_and_none_after_the_year(offices):
    kept = a_target(offices)
    row = {"region": kept.region, "figure": "paid", "number": 1, "set_by": offices.leader}
    for wrong in (
        row | {"year_ends_on": year_end(2026), "set_on": date(2026, 5, 1)},
        row | {"year_ends_on": year_end(2025), "set_on": date(2026, 1, 1)},
        row | {"year_ends_on": year_end(2027), "set_on": date(2026, 1, 1), "figure": "smiles"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Target.objects.create(**wrong)


@pytest.mark.django_db
def test_weights_come_to_a_hundred():
    told = {"version": "试-1", "valid_from": date(2026, 1, 1), "is_assumption": True, "fewest_due": 5}
    with pytest.raises(IntegrityError), transaction.atomic():
        ScoringPolicy.objects.create(**told, **WEIGHTS | {"target_weight": 31})
    ScoringPolicy.objects.create(**told, **WEIGHTS)
