"""督办, as the city sees it, and what the case and the lists say of it."""

from datetime import date, datetime

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from tests.makers import cases
from tests.makers.people import SHANGHAI, Offices
from tests.workflows.web.offices_at_work import browser_of, page_of
from workflows.models import Application, DelayAccount
from workflows.states import State

pytestmark = pytest.mark.django_db

ACCEPTED = datetime(2026, 9, 28, 9, 0, tzinfo=SHANGHAI)  # due on Tuesday 13 October
LATE = datetime(2026, 10, 26, 9, 0, tzinfo=SHANGHAI)
SIGNED_IN = 3


@pytest.fixture(autouse=True)
def at_work(programme):
    with time_machine.travel(LATE, tick=False):
        yield


@pytest.fixture
def late(offices: Offices) -> Application:
    return cases.a_case_in(State.DISBURSEMENT, offices, at=ACCEPTED)


def read(user, path: str) -> str:
    return page_of(browser_of(user).get(path)).replace("\N{NO-BREAK SPACE}", " ")


def test_it_lists_what_is_overdue_and_what_stands_still_too_long(late, offices):
    waiting = cases.a_case_in(State.SUPPLEMENT, offices, at=ACCEPTED)
    prompt = cases.a_case_in(State.SURVEY, offices, at=LATE)
    text = read(offices.leader, "/report/supervision")
    assert "督办 2 件" in text
    assert late.number in text
    assert "农信 未分派" in text
    assert "已超 9 天" in text
    assert "还没写原因" in text
    assert waiting.number in text
    assert "9 月 28 日起停着" in text
    assert prompt.number not in text


def test_one_press_reminds_and_is_kept_on_the_case(late, offices):
    browser = browser_of(offices.leader)
    text = page_of(browser.post("/report/supervision", {"number": late.number, "words": "今天办"}, follow=True))
    assert f"{late.number} 督办了，提醒了 成雅静、闻一舟。" in text
    assert "今天督办过了" in text
    for user in (offices.leader, offices.bank_officer):
        assert "督办 成雅静、闻一舟：今天办" in read(user, f"/case/{late.number}")
    again = page_of(browser.post("/report/supervision", {"number": late.number}, follow=True))
    assert "今天已经督办过了，明天再看。" in again
    assert late.nudges.count() == 1


@pytest.mark.parametrize("who", ["town_reviewer", "bank_officer", "finance_officer", "auditor", "helper"])
def test_it_is_the_citys_alone(late, offices, who):
    browser = browser_of(getattr(offices, who))
    assert browser.get("/report/supervision").status_code == 404
    assert browser.post("/report/supervision", {"number": late.number}).status_code == 404


def test_however_many_there_are_it_asks_as_few_questions(
    late, offices, django_assert_max_num_queries: DjangoAssertNumQueries
):
    cases.a_case_in(State.GUARANTEE, offices, at=ACCEPTED)
    browser = browser_of(offices.leader)
    browser.get("/report/supervision")
    with django_assert_max_num_queries(16 + SIGNED_IN):
        browser.get("/report/supervision")


def test_the_office_that_has_it_writes_why_and_until_when_and_she_reads_the_new_day(late, offices):
    bank = browser_of(offices.bank_officer)
    assert "要写超期原因" in read(offices.bank_officer, "/partner")
    page = read(offices.bank_officer, f"/case/{late.number}")
    assert "10 月 13 日应办完，已超 9 个工作日 · 农信，未分派" in page
    assert "写超期原因和新的日子" in page
    address = f"/case/{late.number}/delay"
    assert "为什么晚了" in read(offices.bank_officer, address)
    empty = bank.post(address, {"version": late.version})
    assert empty.status_code == 422
    assert "选一个原因" in page_of(empty)
    sent = {"version": late.version, "reason": "credit", "words": "征信系统停了三天。", "new_on": "2026-10-28"}
    on_a_saturday = bank.post(address, sent | {"new_on": "2026-10-31"})
    assert on_a_saturday.status_code == 422
    assert "征信系统停了三天。" in page_of(on_a_saturday)
    assert bank.post(address, sent)["Location"] == f"/case/{late.number}"
    assert DelayAccount.objects.get().new_on == date(2026, 10, 28)
    after = read(offices.bank_officer, f"/case/{late.number}")
    assert "征信或核查结果没出来：征信系统停了三天。" in after
    assert "新的日子：10 月 28 日" in after
    assert "要写超期原因" not in read(offices.bank_officer, "/partner")
    assert bank.get(address)["Location"] == f"/case/{late.number}"
    assert "征信或核查结果没出来，新的日子 10 月 28 日" in read(offices.leader, "/report/supervision")


def test_the_city_reads_that_the_reason_is_still_missing_and_cannot_write_it_for_the_bank(late, offices):
    text = read(offices.leader, f"/case/{late.number}")
    assert "还没写原因和新的日子。" in text
    assert browser_of(offices.leader).get(f"/case/{late.number}/delay").status_code == 302
