"""摸底 and 培训 are counted by the village and the day, and a course of before there were names still counts."""

import uuid
from datetime import date, datetime

import pytest

from accounts.models import Region
from applicants import referrals, survey_ledger
from applicants.models import Course, TrainingBase
from applicants.models.registers import BaseKind
from applicants.survey_ledger import Told
from reports.periods import Period
from reports.reached import Reached, reached, surveyed_in, trained_in
from tests.makers.people import Offices
from tests.makers.women import a_woman
from tests.reports.small_city import october, september


def asked_at_her_door(offices: Offices, *, village: Region, at: datetime, is_whole: bool = True) -> None:
    told = Told(full_name="申请人癸", wants="养奶羊", willing="yes")
    survey_ledger.keep(told, key=uuid.uuid4(), village=village, is_whole=is_whole, by=offices.helper, at=at)


def a_course(offices: Offices, *, held_on: date, taken_before: int = 0) -> Course:
    base, _is_new = TrainingBase.objects.get_or_create(
        name="石榴基地", defaults={"kind": BaseKind.TRAINING, "region": offices.villages[0], "trade": "柳编"}
    )
    return Course.objects.create(
        base=base,
        title="柳编第 1 期",
        held_on=held_on,
        places=40,
        taken_before=taken_before,
        places_taken=taken_before,
    )


def period(key: str) -> Period:
    found = Period.read(key)
    assert found is not None
    return found


def test_only_whole_rows_of_the_period_and_of_the_region_are_counted(offices):
    asked_at_her_door(offices, village=offices.villages[0], at=september(21))
    asked_at_her_door(offices, village=offices.villages[2], at=september(21))
    asked_at_her_door(offices, village=offices.villages[0], at=october(12))
    asked_at_her_door(offices, village=offices.villages[0], at=september(21), is_whole=False)
    assert reached(offices.city, period=period("2026-09")).surveyed == 2
    assert reached(offices.city, period=period("2026")).surveyed == 3
    first_town = offices.villages[0].parent
    assert first_town is not None
    assert reached(first_town, period=period("2026-09")).surveyed == 1
    assert surveyed_in(first_town, period=period("2026")).count() == 2


def test_who_was_there_counts_and_who_only_enrolled_does_not(programme, offices):
    course = a_course(offices, held_on=date(2026, 9, 22), taken_before=30)
    came = referrals.enrol(a_woman(offices), course, by=offices.town_reviewer, at=september(21))
    referrals.enrol(a_woman(offices), course, by=offices.town_reviewer, at=september(21))
    referrals.note_attended(came, by=offices.town_reviewer, at=september(23))
    counted = reached(offices.city, period=period("2026-09"))
    assert counted == Reached(surveyed=0, trained_by_name=1, trained_before=30)
    assert counted.trained == 31
    assert trained_in(offices.city, period=period("2026-09")).get().enrolment == came
    assert reached(offices.city, period=period("2026-10")).trained == 0


@pytest.mark.django_db
def test_nobody_reached_is_nought(offices):
    assert reached(offices.city, period=period("2026")) == Reached(0, 0, 0)
