"""上一件、下一件: through the list that somebody came from."""

import pytest
import time_machine

from loans.models import Programme
from tests.makers.cases import MONDAY, a_submitted_case, accept
from tests.makers.people import Offices
from tests.makers.women import a_woman
from tests.workflows.web.offices_at_work import browser_of, page_of
from workflows.models import Application

pytestmark = pytest.mark.django_db
LIST = "http://testserver/work"


@pytest.fixture(autouse=True)
def at_work(programme: Programme):
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def three(offices: Offices) -> list[Application]:
    """Two of one town, and one of another between them."""
    villages = (0, 2, 0)
    return [accepted(offices, a_submitted_case(offices, applicant=a_woman(offices, village=n))) for n in villages]


def accepted(offices: Offices, case: Application) -> Application:
    return accept(case, offices) if case.applicant.village == offices.villages[0] else case


def test_the_next_one_of_the_list_follows_its_conditions(three, offices: Offices):
    first, _other, third = three
    browser = browser_of(offices.city_reviewer)
    browser.get(f"/case/{first.number}", headers={"Referer": f"{LIST}?tab=all&stage=SURVEY"})
    assert browser.get(f"/case/{first.number}/next")["Location"] == f"/case/{third.number}"
    assert browser.get(f"/case/{third.number}/previous")["Location"] == f"/case/{first.number}"


def test_the_way_back_is_the_list_as_it_was(three, offices: Offices):
    browser = browser_of(offices.city_reviewer)
    page = f"/case/{three[0].number}"
    assert 'href="/work"' in page_of(browser.get(page))
    browser.get(page, headers={"Referer": f"{LIST}?tab=overdue"})
    assert 'href="/work?tab=overdue"' in page_of(browser.get(page))


def test_at_either_end_it_says_so(three, offices: Offices):
    browser = browser_of(offices.town_reviewer)
    browser.get(f"/case/{three[0].number}", headers={"Referer": f"{LIST}?tab=all"})
    assert "这是单子上的第一件。" in page_of(browser.get(f"/case/{three[0].number}/previous", follow=True))
    assert "这是单子上的最后一件。" in page_of(browser.get(f"/case/{three[2].number}/next", follow=True))


def test_it_never_leads_to_a_case_that_is_not_hers_to_see(three, offices: Offices):
    browser = browser_of(offices.town_reviewer)
    assert browser.get(f"/case/{three[0].number}/next")["Location"] == f"/case/{three[2].number}"
    assert browser.get(f"/case/{three[1].number}/next").status_code == 404


def test_another_sites_address_is_no_list_of_ours(three, offices: Offices):
    browser = browser_of(offices.city_reviewer)
    page = f"/case/{three[0].number}"
    browser.get(page, headers={"Referer": "https://evil.example/elsewhere?tab=all"})
    assert "list" not in browser.session


@pytest.mark.parametrize("name", ["town_reviewer", "bank_officer", "auditor"])
def test_the_keys_are_listed_and_switched_off(offices: Offices, name):
    browser = browser_of(getattr(offices, name))
    text = page_of(browser.get("/keys"))
    for words in ("Alt + ↓", "Ctrl + Enter", "Alt + S", "关掉快捷键", "js/keys"):
        assert words in text, words
    browser.post("/preferences", {"keys": "off", "next": "/keys"})
    off = page_of(browser.get("/keys"))
    assert "打开快捷键" in off
    assert "js/keys" not in off
    browser.post("/preferences", {"keys": "on", "next": "/keys"})
    assert "js/keys" in page_of(browser.get("/keys"))


def test_the_keys_are_no_page_of_hers(three):
    assert browser_of(three[0].applicant.user).get("/keys").status_code == 404
