"""待答复: what she said, on the desk of whoever answers it, until somebody has."""

from http import HTTPStatus

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.makers import cases
from tests.makers.cases import MONDAY, REASONS, a_case_in
from tests.workflows.web.offices_at_work import browser_of, fresh, page_of
from workflows import answering
from workflows.models import Matter
from workflows.stages import eligibility
from workflows.states import State

UPHELD = "看了您的照片，店里主要还是打牌，这次不能改。"


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def appeal(offices, programme):
    return cases.appeal(a_case_in(State.DECLINED, offices))


def address(matter):
    return f"/case/{matter.application.number}/matters/{matter.pk}"


def test_it_stands_above_the_list_and_in_one_of_its_own(appeal, offices):
    leader = browser_of(offices.leader)
    assert "有 1 件等您答复" in page_of(leader.get("/work"))
    words = page_of(leader.get("/matters"))
    for said in (
        "待答复 1 件",
        appeal.application.applicant.full_name,
        "申请复核",
        appeal.words,
        "10\N{NO-BREAK SPACE}月",
    ):
        assert said in words
    assert f'href="{address(appeal)}#desk"' in words


def test_her_words_stand_beside_her_case_and_are_answered_there(appeal, offices):
    leader = browser_of(offices.leader)
    assert "她说的" in page_of(leader.get(f"/case/{appeal.application.number}"))
    page = page_of(leader.get(address(appeal)))
    assert appeal.words in page
    given = {"version": appeal.application.version, "outcome": "refuse", "answer": UPHELD}
    assert leader.post(address(appeal), given).status_code == HTTPStatus.FOUND
    assert Matter.objects.get(pk=appeal.pk).state == "REFUSED"
    words = page_of(leader.get(f"/case/{appeal.application.number}"))
    assert f"没同意：{UPHELD}" in words
    assert "都答复了。" in page_of(leader.get("/matters"))
    assert leader.get(address(appeal)).status_code == HTTPStatus.FOUND


def test_an_answer_without_a_choice_or_words_is_asked_for_again(appeal, offices):
    response = browser_of(offices.leader).post(address(appeal), {"version": appeal.application.version, "answer": "好"})
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    words = page_of(response)
    assert "选一个答复" in words
    assert "写一句她能看懂的话，至少 10 个字" in words


def test_whoever_had_a_part_in_it_reads_why_she_doesnt_answer(offices, programme):
    case = a_case_in(State.ELIGIBILITY, offices)
    case = eligibility.decline(case, reasons=REASONS, by=offices.leader, at=MONDAY, version=None)
    matter = cases.appeal(case)
    leader = browser_of(offices.leader)
    assert "这件您经手过" in page_of(leader.get("/matters"))
    given = {"version": case.version, "outcome": "refuse", "answer": UPHELD}
    response = leader.post(address(matter), given)
    assert response.status_code == HTTPStatus.FORBIDDEN
    assert "这件您经手过，复核要由没经手的领导来定。" in page_of(response)


@pytest.mark.parametrize("who", ["town_reviewer", "city_reviewer", "bank_officer", "guarantor_officer"])
def test_for_everybody_else_it_doesnt_exist(appeal, offices, who):
    browser = browser_of(getattr(offices, who))
    assert browser.get(address(appeal)).status_code == HTTPStatus.NOT_FOUND
    assert "等您答复" not in page_of(browser.get("/work" if "reviewer" in who else "/partner"))


@pytest.mark.parametrize("who", ["town_reviewer", "helper", "finance_officer"])
def test_whoever_answers_nobody_has_no_such_list(appeal, offices, who):
    assert browser_of(getattr(offices, who)).get("/matters").status_code == HTTPStatus.NOT_FOUND


def test_somebody_was_quicker(appeal, offices):
    leader = browser_of(offices.leader)
    answering.refuse(appeal, answer=UPHELD, by=offices.leader, at=MONDAY)
    given = {"version": fresh(appeal.application).version, "outcome": "grant", "answer": UPHELD}
    assert leader.post(address(appeal), given).status_code == HTTPStatus.CONFLICT


def test_the_list_asks_no_more_questions_for_more_matters(offices, programme):
    leader = browser_of(offices.leader)
    leader.get("/matters")  # the first visit reads more: the session
    counted = []
    for _more in range(2):
        cases.appeal(a_case_in(State.DECLINED, offices))
        with CaptureQueriesContext(connection) as asked:
            leader.get("/matters")
        counted.append(len(asked))
    assert counted[0] == counted[1]


def test_the_list_of_cases_asks_as_many_questions_however_many_matters_wait(offices, programme):
    leader = browser_of(offices.leader)
    leader.get("/work")  # the first visit reads more: permissions, the calendar
    counted = []
    for _more in range(2):
        cases.appeal(a_case_in(State.DECLINED, offices))
        with CaptureQueriesContext(connection) as asked:
            page = page_of(leader.get("/work"))
        counted.append(len(asked))
    assert "有 2 件等您答复" in page
    assert counted[0] == counted[1]
