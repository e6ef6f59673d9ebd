"""At the foot of a case: notes of colleagues, who stepped back, and who looked."""

import pytest
import time_machine

from loans.models import Programme
from tests.makers.cases import MONDAY, a_case_in
from tests.makers.people import Offices
from tests.workflows.web.offices_at_work import browser_of, fresh, page_of
from workflows.assigning import current_assignment
from workflows.models import Application, CaseNote
from workflows.states import State

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_work(programme: Programme):
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def case(offices: Offices) -> Application:
    return a_case_in(State.ELIGIBILITY, offices)


def test_a_note_is_written_and_read_by_colleagues_and_never_by_her(case, offices: Offices):
    browser = browser_of(offices.town_reviewer)
    sent = browser.post(f"/case/{case.number}/notes", {"note-words": "路断了，下周一再去。"})
    assert sent["Location"] == f"/case/{case.number}#notes"
    for name in ("town_reviewer2", "city_reviewer"):
        assert "路断了，下周一再去。" in page_of(browser_of(getattr(offices, name)).get(f"/case/{case.number}"))
    hers = browser_of(case.applicant.user)
    for page in ("", "/access", "/history"):
        response = hers.get(f"/my/{case.number}{page}")
        assert "路断了" not in page_of(response)


def test_a_partner_has_notes_of_its_own(offices: Offices):
    case = a_case_in(State.DISBURSEMENT, offices)
    browser_of(offices.town_reviewer).post(f"/case/{case.number}/notes", {"note-words": "镇里的话"})
    bank = browser_of(offices.bank_officer)
    bank.post(f"/case/{case.number}/notes", {"note-words": "农信的话"})
    text = page_of(bank.get(f"/case/{case.number}"))
    assert "农信的话" in text
    assert "镇里的话" not in text
    assert "镇里的话" in page_of(browser_of(offices.city_reviewer).get(f"/case/{case.number}"))


@pytest.mark.parametrize("words", ["", "长" * 501])
def test_a_note_that_will_not_do_stays_on_the_page(case, offices: Offices, words):
    response = browser_of(offices.town_reviewer).post(f"/case/{case.number}/notes", {"note-words": words})
    text = page_of(response)
    assert response.status_code == 422
    assert text.count("写一句备注，最多 500 个字") == 2
    assert words in text
    assert not CaseNote.objects.exists()


def test_stepping_back_hands_the_case_on(case, offices: Offices):
    browser = browser_of(offices.city_reviewer)
    page = page_of(browser.get(f"/case/{case.number}/step-back"))
    assert "骆晚秋" in page
    sent = {"version": case.version, "reason": "她是我表妹。", "owner": offices.city_reviewer2.pk}
    without = browser.post(f"/case/{case.number}/step-back", sent | {"owner": ""})
    assert without.status_code == 422
    assert "她是我表妹。" in page_of(without)
    assert browser.post(f"/case/{case.number}/step-back", sent).status_code == 302
    owner = current_assignment(fresh(case))
    assert owner is not None
    assert owner.owner == offices.city_reviewer2
    text = page_of(browser.get(f"/case/{case.number}"))
    assert "纪荷香 回避，交给 骆晚秋：她是我表妹。" in text
    assert "这件您回避了，由别人来办。" in text
    assert f"/case/{case.number}/step-back" not in text
    assert f'value="{offices.city_reviewer.pk}"' not in page_of(browser.get(f"/case/{case.number}/assign"))


def test_the_federation_reads_who_looked_at_what_and_partners_do_not(offices: Offices):
    case = a_case_in(State.DISBURSEMENT, offices)
    bank = browser_of(offices.bank_officer)
    bank.post(f"/case/{case.number}/reveal/account_no")
    text = page_of(browser_of(offices.city_reviewer).get(f"/case/{case.number}"))
    assert "看了收款的卡号" in text
    assert "成雅静（石榴市农村信用合作联社）" in text
    assert "谁看过她的材料" not in page_of(bank.get(f"/case/{case.number}"))
