"""转介 in the browser: the town finds her a course, a mentor or work, and sees what is left of each."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applicants import referrals
from applicants.models import Course, Mentor, Placement, TrainingBase, Workshop
from tests.makers import cases
from tests.makers.cases import MONDAY
from tests.makers.women import a_woman
from tests.workflows.web.offices_at_work import browser_of, page_of
from workflows.states import State


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def case(offices, programme):
    return cases.a_case_in(State.DECLINED, offices)


@pytest.fixture
def kept(offices):
    village = offices.villages[0]
    base = TrainingBase.objects.create(kind="training", name="柳编基地", region=village, trade="柳编")
    course = Course.objects.create(base=base, title="柳编 3 期", held_on=date(2026, 10, 12), places=1)
    Mentor.objects.create(name="导师甲", region=village, trade="柳编", phone="0999-0456901", most=1)
    Workshop.objects.create(village=village, name="家纺车间", trade="家纺", jobs=1, phone="0999-0456701")
    return course


def test_each_is_given_in_one_press_and_what_is_full_is_no_longer_offered(case, kept, offices):
    town, address = browser_of(offices.town_reviewer), f"/case/{case.number}/referrals"
    assert address in page_of(town.get(f"/case/{case.number}"))
    offered = page_of(town.get(address))
    for button, row in (("course", kept), ("mentor", Mentor.objects.get()), ("workshop", Workshop.objects.get())):
        assert f'value="{button}:{row.pk}"' in offered
        assert town.post(address, {"do": f"{button}:{row.pk}"})["Location"] == address
    words = page_of(town.get(address))
    assert "现在没有还能报名的班。" in words
    assert "现在没有空着的导师。" in words
    assert "现在没有缺人的车间。" in words
    assert "报了名" in words
    placement = Placement.objects.get(mentor__isnull=False)
    town.post(address, {"do": f"end:{placement.pk}"})
    town.post(address, {"do": f"cancel:{case.applicant.enrolments.get().pk}"})
    words = page_of(town.get(address))
    assert "取消了" in words
    assert "还能带 1 个人" in words


def test_somebody_was_quicker(case, kept, offices):
    referrals.enrol(a_woman(offices), kept, by=offices.town_reviewer, at=MONDAY)
    response = browser_of(offices.town_reviewer).post(f"/case/{case.number}/referrals", {"do": f"course:{kept.pk}"})
    assert response.status_code == 409
    assert "名额满了，换一个再报。" in page_of(response)


@pytest.mark.parametrize("who", ["helper", "other_town_reviewer", "bank_officer"])
def test_for_everybody_else_it_doesnt_exist(case, offices, who):
    assert browser_of(getattr(offices, who)).get(f"/case/{case.number}/referrals").status_code == 404


@pytest.mark.parametrize("sent", ["", "course", "course:x", "gold:1", "cancel:99", "course:99"])
def test_what_isnt_offered_cannot_be_sent(case, offices, sent):
    response = browser_of(offices.town_reviewer).post(f"/case/{case.number}/referrals", {"do": sent})
    assert response.status_code == 404


def test_the_page_asks_few_questions_however_many_there_are(case, kept, offices):
    town = browser_of(offices.town_reviewer)
    for number in range(6):
        Mentor.objects.create(name=f"导师 {number}", region=offices.villages[0], trade="柳编", phone="0999", most=1)
    with CaptureQueriesContext(connection) as asked:
        town.get(f"/case/{case.number}/referrals")
    assert len(asked) <= 16
