"""跟踪服务 in the browser: the list of whom to visit, the form of the town, and one question a page for the helper."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from applicants import reminder_consents
from applicants.models import ApplicantAccess
from tests.makers import cases
from tests.makers.cases import MONDAY
from tests.makers.people import SHANGHAI
from tests.makers.women import a_picture
from tests.workflows.web.my.her_pages import read
from tests.workflows.web.offices_at_work import browser_of, page_of
from workflows.models import FollowUp, FollowUpDraft
from workflows.states import State

A_MONTH_LATER = datetime.combine(MONDAY.date() + timedelta(days=30), time(9), SHANGHAI)
SENT: dict[str, Any] = {
    "visited_on": "2026-10-20",
    "visitors": "孟春草",
    "going": "normal",
    "money_use": "as_planned",
    "jobs": "3",
    "jobs_women": "2",
    "needs": ["sales", "training"],
    "promised": "帮她联系镇上的超市",
    "risk": "low",
    "risk_why": "",
}
ANSWERS = {
    "when": ("visited_on", "visitors"),
    "going": ("going",),
    "money": ("money_use",),
    "jobs": ("jobs", "jobs_women"),
    "needs": ("needs", "promised"),
    "risk": ("risk", "risk_why"),
}


@pytest.fixture
def case(offices, programme):
    return cases.a_case_in(State.DISBURSED, offices)


@pytest.fixture(autouse=True)
def _a_month_later(case):
    with time_machine.travel(A_MONTH_LATER, tick=False):
        yield


@pytest.fixture
def town(offices) -> Client:
    return browser_of(offices.town_reviewer)


def test_who_is_due_stands_in_the_list_with_the_tag_of_a_clock(case, town):
    words = page_of(town.get("/work/follow-ups"))
    assert "该回访 1 户" in words
    assert case.applicant.full_name in words
    assert "今天到期" in words
    assert "放款满 1 个月" in words


@pytest.mark.parametrize(
    ("days", "due", "is_there"),
    [(0, "now", True), (0, "late", False), (3, "late", True), (-20, "now", False), (-20, "soon", True)],
)
def test_it_is_narrowed_by_how_soon(case, town, days, due, is_there):
    with time_machine.travel(A_MONTH_LATER + timedelta(days=days), tick=False):
        assert (case.number in page_of(town.get(f"/work/follow-ups?due={due}"))) == is_there


def test_the_city_narrows_it_by_town(case, offices):
    city = browser_of(offices.city_reviewer)
    here, there = case.applicant.village.parent.code, offices.towns[1].code
    assert case.number in page_of(city.get(f"/work/follow-ups?town={here}"))
    assert "现在没有要去的" in page_of(city.get(f"/work/follow-ups?town={there}"))


@pytest.mark.parametrize("who", ["helper", "bank_officer", "finance_officer", "auditor"])
def test_whoever_visits_nobody_has_no_such_list(offices, case, who):
    browser = browser_of(getattr(offices, who))
    assert browser.get("/work/follow-ups").status_code == 404
    assert browser.get(f"/follow-ups/{case.number}").status_code == 404


def test_another_town_doesnt_know_of_it(case, offices):
    other = browser_of(offices.other_town_reviewer)
    assert case.number not in page_of(other.get("/work/follow-ups?due=all"))
    assert other.get(f"/follow-ups/{case.number}").status_code == 404


def test_it_is_written_down_with_a_photograph_and_stands_on_the_case_and_her_page(case, town, offices):
    photo = SimpleUploadedFile("shop.jpg", a_picture(), content_type="image/jpeg")
    assert town.post(f"/follow-ups/{case.number}", SENT | {"photo": photo})["Location"] == "/work/follow-ups"
    visit = FollowUp.objects.get()
    assert "现在没有要去的" in page_of(town.get("/work/follow-ups"))
    words = page_of(town.get(f"/case/{case.number}"))
    assert "3 人，其中妇女 2 人" in words
    assert "销路、培训" in words
    picture = f"/follow-ups/{case.number}/photos/{visit.pk}"
    assert picture in words
    assert town.get(picture)["Content-Type"] == "image/jpeg"
    assert ApplicantAccess.objects.filter(applicant=case.applicant, by=offices.town_reviewer).exists()
    hers = read(Client(), case, "/loan", at=A_MONTH_LATER)
    assert "回访记录" in hers
    assert SENT["promised"] in hers


def test_the_bank_reads_it_and_the_guarantor_doesnt(case, town, offices):
    town.post(f"/follow-ups/{case.number}", SENT)
    assert "其中妇女 2 人" in page_of(browser_of(offices.bank_officer).get(f"/case/{case.number}"))
    assert "其中妇女 2 人" not in page_of(browser_of(offices.guarantor_officer).get(f"/case/{case.number}"))


def test_what_is_missing_is_said_and_what_was_written_is_kept(case, town):
    response = town.post(f"/follow-ups/{case.number}", SENT | {"going": "", "risk": "high"})
    assert response.status_code == 422
    words = page_of(response)
    assert "选一个答案" in words
    assert "写一句为什么有风险" in words
    assert SENT["promised"] in words
    assert not FollowUp.objects.exists()


def test_a_correction_begins_with_what_was_written(case, town):
    town.post(f"/follow-ups/{case.number}", SENT)
    first = FollowUp.objects.get()
    address = f"/follow-ups/{case.number}?corrects={first.pk}"
    assert address in page_of(town.get(f"/case/{case.number}"))
    assert SENT["promised"] in page_of(town.get(address))
    town.post(address, SENT | {"jobs": "5"})
    assert FollowUp.objects.standing().get().jobs == 5
    assert "更正过" in page_of(town.get(f"/case/{case.number}"))
    assert town.get(address).status_code == 404


def test_a_helper_asks_question_by_question_and_hands_it_over(case, town, offices):
    helper = browser_of(offices.helper)
    begin = f"/follow-ups/{case.number}/ask/when"
    assert helper.get(begin).status_code == 404
    assert "该去看看的" not in page_of(helper.get("/helper/due"))
    reminder_consents.give(case.applicant, at=MONDAY)
    assert begin in page_of(helper.get("/helper/due"))
    address = begin
    for asked, fields in ANSWERS.items():
        assert address == f"/follow-ups/{case.number}/ask/{asked}"
        assert helper.get(address).status_code == 200
        address = helper.post(address, {name: SENT[name] for name in fields})["Location"]
    assert "销路、培训" in page_of(helper.get(address))
    assert helper.post(address)["Location"] == "/helper/due"
    assert "问好了，等镇妇联记。" in page_of(helper.get("/helper/due"))
    assert "白杏花 问好了，等您记" in page_of(town.get("/work/follow-ups"))
    form = page_of(town.get(f"/follow-ups/{case.number}"))
    assert SENT["promised"] in form
    town.post(f"/follow-ups/{case.number}", SENT)
    assert FollowUp.objects.get().prepared_by == offices.helper


def test_a_question_left_open_is_asked_again(case, town):
    response = town.post(f"/follow-ups/{case.number}/ask/going", {})
    assert response.status_code == 422
    assert not FollowUpDraft.objects.exists()
    assert town.get(f"/follow-ups/{case.number}/ask/nothing").status_code == 404


def test_the_town_may_ask_one_by_one_too_and_ends_at_its_form(case, town):
    town.post(f"/follow-ups/{case.number}/ask/going", {"going": "hard"})
    ready = f"/follow-ups/{case.number}/ready"
    assert town.get(ready)["Location"] == f"/follow-ups/{case.number}"


def test_the_list_asks_as_many_questions_however_many_loans_run(case, town, offices):
    town.get("/work/follow-ups")  # the first visit reads more: permissions, the calendar
    counted = []
    for _more in range(2):
        cases.a_case_in(State.DISBURSED, offices)
        with CaptureQueriesContext(connection) as asked:
            town.get("/work/follow-ups?due=all")
        counted.append(len(asked))
    assert counted[0] == counted[1]
    assert counted[1] <= 10
