"""工作日历: the year at a glance, and a new notice from the file to its publication."""

from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoAssertNumQueries

from tests.makers.cases import a_case_in
from tests.makers.people import Offices
from tests.workflows.test_calendar_changes import ACCEPTED, FILE, NOW
from tests.workflows.web.offices_at_work import browser_of, page_of
from workflows.models import Application, CalendarNotice
from workflows.states import State

pytestmark = pytest.mark.django_db

SIGNED_IN = 3


@pytest.fixture(autouse=True)
def at_work(programme):
    with time_machine.travel(NOW, tick=False):
        yield


def read(user, path: str) -> str:
    return page_of(browser_of(user).get(path)).replace("\N{NO-BREAK SPACE}", " ")


def test_the_year_shows_its_working_days_its_festivals_and_where_they_come_from(offices: Offices):
    text = read(offices.city_reviewer, "/work/calendar")
    assert "2026 年工作日历" in text
    assert "248 个工作日" in text
    assert text.count('class="cal-d made"') == 6 + 1  # and the one of the key
    assert "10 月 1 日–10 月 7 日" in text
    assert "9 月 20 日（周日），10 月 10 日（周六）" in text
    assert "国办发明电〔2025〕" in text
    assert "还没公布" not in text


def test_a_year_without_a_notice_says_that_it_is_an_estimate(offices: Offices):
    assert "这一年的放假安排还没公布" in read(offices.city_reviewer, "/work/calendar?year=2027")


@pytest.mark.parametrize("year", ["1999", "99999", "二〇二六", "x"])
def test_a_year_that_is_none_is_this_one(offices: Offices, year):
    assert "2026 年工作日历" in read(offices.city_reviewer, f"/work/calendar?year={year}")


def test_a_file_is_previewed_by_one_and_published_by_another(offices: Offices):
    case = a_case_in(State.GUARANTEE, offices, at=ACCEPTED)
    browser = browser_of(offices.city_reviewer)
    sent = browser.post("/work/calendar", {"file": SimpleUploadedFile("补充通知.csv", FILE)})
    address = sent["Location"]
    text = read(offices.city_reviewer, address)
    assert "在办的有 1 个日子会动" in text
    assert case.number in text
    assert "10 月 13 日" in text
    assert "10 月 15 日" in text
    assert "要由另一位同事复核" in text
    own = browser.post(address, {"outcome": "approved"})
    assert own.status_code == 403
    second = browser_of(offices.leader)
    assert second.post(address, {}).status_code == 422
    assert second.post(address, {"outcome": "approved"}).status_code == 302
    assert Application.objects.get(pk=case.pk).due_on == date(2026, 10, 15)
    assert "温若兰" in read(offices.leader, address)
    assert "补充通知" in read(offices.leader, "/work/calendar")


def test_bad_lines_are_named_and_nothing_is_kept(offices: Offices):
    browser = browser_of(offices.city_reviewer)
    bad = SimpleUploadedFile("a.csv", FILE.replace(b"2026-10-09", b"2026-13-09"))
    response = browser.post("/work/calendar", {"file": bad})
    assert response.status_code == 422
    assert "第 2 行：日期写成 2027-01-01。" in page_of(response)
    assert browser.post("/work/calendar", {}).status_code == 422
    assert not CalendarNotice.objects.exists()


@pytest.mark.parametrize("who", ["town_reviewer", "bank_officer", "finance_officer", "auditor", "helper"])
def test_it_is_the_citys_alone(offices: Offices, who):
    assert browser_of(getattr(offices, who)).get("/work/calendar").status_code == 404


def test_the_year_asks_few_questions(offices: Offices, django_assert_max_num_queries: DjangoAssertNumQueries):
    browser = browser_of(offices.leader)
    browser.get("/work/calendar")
    with django_assert_max_num_queries(3 + SIGNED_IN):
        browser.get("/work/calendar")
