"""Behind 摸底 and 培训 stand as many women as the numbers say, for the federation alone."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from applicants import referrals
from tests.makers.people import Offices
from tests.makers.women import a_woman
from tests.reports.small_city import NOW, september
from tests.reports.test_reached import a_course, asked_at_her_door
from tests.workflows.web.offices_at_work import browser_of, page_of


@pytest.fixture(autouse=True)
def october() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def reached_women(programme, offices: Offices) -> None:
    for _ in range(2):
        asked_at_her_door(offices, village=offices.villages[0], at=september(21))
    course = a_course(offices, held_on=date(2026, 9, 22), taken_before=30)
    came = referrals.enrol(a_woman(offices), course, by=offices.town_reviewer, at=september(21))
    referrals.note_attended(came, by=offices.town_reviewer, at=september(23))


def test_the_report_leads_to_the_lists(city, reached_women, offices):
    leader = browser_of(offices.leader)
    text = page_of(leader.get("/report?period=2026-09"))
    assert "摸底 2 人次；培训 31 人次；申报 7 件" in text.replace("\N{NO-BREAK SPACE}", " ")
    links = re.findall(r'href="(/report/reached/[^"]+)"', text)
    assert links == ["/report/reached/surveyed?period=2026-09", "/report/reached/trained?period=2026-09"]


def test_the_list_of_the_survey_names_them(reached_women, offices):
    text = page_of(browser_of(offices.leader).get("/report/reached/surveyed?period=2026-09"))
    assert text.count("申请人癸") == 2
    assert "2 人次" in text.replace("\N{NO-BREAK SPACE}", " ")
    assert "愿意申请" in text


def test_the_list_of_the_courses_says_how_many_have_no_name(reached_women, offices):
    text = page_of(browser_of(offices.leader).get("/report/reached/trained")).replace("\N{NO-BREAK SPACE}", " ")
    assert text.count("柳编第 1 期") == 1
    assert "另有 30 人次，当时没有记名字" in text


def test_the_bureau_and_the_town_are_told_no_names(reached_women, offices):
    for who in (offices.finance_officer, offices.town_reviewer):
        assert browser_of(who).get("/report/reached/surveyed").status_code == 404
    assert browser_of(offices.leader).get("/report/reached/other").status_code == 404


def test_the_list_asks_a_fixed_number_of_questions(reached_women, offices, django_assert_max_num_queries):
    leader = browser_of(offices.leader)
    leader.get("/report/reached/surveyed")
    for kind in ("surveyed", "trained"):
        with django_assert_max_num_queries(7):
            leader.get(f"/report/reached/{kind}")
