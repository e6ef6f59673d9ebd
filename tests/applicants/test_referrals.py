"""A need is linked to a course, a mentor or a workshop, never to more than there are places."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from applicants import referrals
from applicants.models import Course, Enrolment, EnrolmentMove, Mentor, Placement, TrainingBase, Workshop
from tests.makers.cases import MONDAY
from tests.makers.women import a_woman
from tests.workflows.past_the_engine import refused, run

HELD_ON = date(2026, 10, 12)


@pytest.fixture
def base(offices):
    return TrainingBase.objects.create(kind="training", name="河湾村柳编基地", region=offices.villages[0], trade="柳编")


@pytest.fixture
def course(base):
    return Course.objects.create(base=base, title="柳编 3 期", held_on=HELD_ON, places=2)


@pytest.fixture
def her(offices):
    return a_woman(offices)


@pytest.fixture
def town(offices):
    return offices.town_reviewer


def taken(course) -> int:
    return Course.objects.get(pk=course.pk).places_taken


def test_a_place_is_taken_given_back_and_taken_again(course, her, town):
    enrolment = referrals.enrol(her, course, by=town, at=MONDAY)
    assert taken(course) == 1
    with pytest.raises(referrals.ReferredAlready):
        referrals.enrol(her, course, by=town, at=MONDAY)
    referrals.cancel(enrolment, by=town, at=MONDAY)
    assert taken(course) == 0
    with pytest.raises(referrals.NotReferred):
        referrals.cancel(enrolment, by=town, at=MONDAY)
    assert referrals.enrol(her, course, by=town, at=MONDAY) == enrolment
    assert (taken(course), Enrolment.objects.count()) == (1, 1)


def test_the_last_place_is_the_last(course, offices, town):
    for _woman in range(2):
        referrals.enrol(a_woman(offices), course, by=town, at=MONDAY)
    with pytest.raises(referrals.NoPlaceLeft):
        referrals.enrol(a_woman(offices), course, by=town, at=MONDAY)
    assert taken(course) == 2


def test_nobody_enrols_after_it_nor_was_there_before_it(course, her, town):
    enrolment = referrals.enrol(her, course, by=town, at=MONDAY)
    with pytest.raises(referrals.CourseNotOpen):
        referrals.note_attended(enrolment, by=town, at=MONDAY)
    after = MONDAY + timedelta(days=30)
    referrals.note_attended(enrolment, by=town, at=after)
    assert (referrals.newest(enrolment), taken(course)) == ("attended", 1)
    with pytest.raises(referrals.NotReferred):
        referrals.cancel(enrolment, by=town, at=after)
    with pytest.raises(referrals.CourseNotOpen):
        referrals.enrol(her, course, by=town, at=after)


def test_the_database_moves_the_places_and_refuses_any_other_way(course, her, town, offices):
    enrolment = referrals.enrol(her, course, by=town, at=MONDAY)
    with refused("places_differ_from_enrolments"):
        run("UPDATE applicants_course SET places_taken = 0 WHERE id = %s", course.pk)
    with refused("places_differ_from_enrolments"):
        Course.objects.create(base=course.base, title="别的", held_on=HELD_ON, places=9, places_taken=3)
    with refused("not_the_next_of_an_enrolment"):
        EnrolmentMove.objects.create(enrolment=enrolment, kind="enrolled", seats=1, by=town, at=MONDAY)
    with pytest.raises(IntegrityError, match="takes_one_place"), transaction.atomic():
        EnrolmentMove.objects.create(enrolment=enrolment, kind="cancelled", seats=-2, by=town, at=MONDAY)
    Course.objects.filter(pk=course.pk).update(places=1)
    other = Enrolment.objects.create(course=course, applicant=a_woman(offices))
    with pytest.raises(IntegrityError, match="a_course_seats_no_more_than_its_places"), transaction.atomic():
        EnrolmentMove.objects.create(enrolment=other, kind="enrolled", seats=1, by=town, at=MONDAY)


def test_a_mentor_takes_as_many_as_she_said(offices, her, town):
    mentor = Mentor.objects.create(
        name="导师甲", region=offices.villages[0], trade="柳编", phone="0999-0456901", most=1
    )
    pair = referrals.pair(her, mentor, by=town, at=MONDAY)
    with pytest.raises(referrals.ReferredAlready):
        referrals.pair(her, mentor, by=town, at=MONDAY)
    second = a_woman(offices)
    with pytest.raises(referrals.NoPlaceLeft):
        referrals.pair(second, mentor, by=town, at=MONDAY)
    with refused("no_place_is_left"):
        Placement.objects.create(
            applicant=second, mentor=mentor, began_on=MONDAY.date(), placed_by=town, placed_at=MONDAY
        )
    referrals.end(pair, at=MONDAY)
    with pytest.raises(referrals.NotReferred):
        referrals.end(pair, at=MONDAY)
    assert referrals.pair(second, mentor, by=town, at=MONDAY).began_on == MONDAY.date()


def test_a_workshop_has_so_many_jobs_and_a_placement_stays_as_it_was(offices, her, town):
    workshop = Workshop.objects.create(village=offices.villages[0], name="家纺车间", trade="家纺", jobs=1, phone="0999")
    placement = referrals.send_to_work(her, workshop, by=town, at=MONDAY)
    with pytest.raises(referrals.NoPlaceLeft):
        referrals.send_to_work(a_woman(offices), workshop, by=town, at=MONDAY)
    with refused("placement_stays_as_it_was"):
        Placement.objects.filter(pk=placement.pk).update(began_on=date(2026, 1, 1))
    with refused("placement_stays_as_it_was"):
        run("DELETE FROM applicants_placement WHERE id = %s", placement.pk)
    with pytest.raises(IntegrityError, match="with_a_mentor_or_a_workshop"), transaction.atomic():
        Placement.objects.create(applicant=her, began_on=MONDAY.date(), placed_by=town, placed_at=MONDAY)
