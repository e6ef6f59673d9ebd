"""Her own word on what was filled in for her: by the link on her phone, or to an officer who sees her."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from applicants.models import ApplicantAccess, Consent, Mandate
from applicants.staff_numbers import note_numbers
from records.models import Notice
from tests.makers.cases import MONDAY
from tests.makers.people import Offices
from tests.workflows.web.filling import HER_ID_NO, HER_MOBILE, WOMAN, fill_in, photograph, submit
from workflows.models import Application
from workflows.stages import intake

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled_in(monday: None, programme, offices: Offices) -> Application:
    """All that a helper can fill in, and the woman was asked."""
    return asked(offices, WOMAN)


def asked(offices: Offices, woman: dict[str, Any]) -> Application:
    helper = Client()
    helper.force_login(offices.helper)
    helper.post("/helper/new", woman)
    submit(helper, fill_in(helper, offices, with_consents=False))
    return Application.objects.get()


@pytest.fixture
def link(filled_in: Application) -> str:
    found = re.search(r"/c/\S+", Notice.objects.get(kind="confirm_link").text)
    assert found is not None
    return found.group()


def test_she_reads_who_how_much_what_for_and_where_without_signing_in(link: str, client: Client):
    page = client.get(link).content.decode().replace("\N{NO-BREAK SPACE}", " ")
    said = ("白杏花", "5 万元，1 年", "农家乐", "修灶台、买桌椅、进货", "妇联、担保公司、农信、财政局", "尾号 1234")
    assert [words for words in said if words not in page] == []
    assert 'class="page say"' in page
    assert page.count('name="answer"') == 3


def test_her_name_and_number_are_not_on_the_page_behind_the_link(link: str, client: Client):
    page = client.get(link).content.decode()
    assert "申请人甲" not in page
    assert HER_ID_NO[-4:] not in page


def test_yes_gives_her_consents_and_hands_it_in(filled_in: Application, link: str, offices: Offices, client: Client):
    response = client.post(link, {"answer": "yes"})
    assert response["Location"] == f"{link}/done"
    assert "申请交上去了" in client.get(f"{link}/done").content.decode()
    case = Application.objects.get()
    moved = case.log.get(move="confirm")
    assert (case.state, moved.by) == ("SUBMITTED", case.applicant.user)
    assert Consent.objects.filter(channel="link", given_by=case.applicant.user).count() == 4
    assert (Mandate.objects.get().answer, Mandate.objects.get().answered_at) == ("yes", MONDAY)
    told = Notice.objects.get(kind="mandate_answered", channel="inbox")
    assert (told.to_user, "她本人同意了" in told.text) == (offices.helper, True)


def test_change_sends_it_back_to_the_helper(link: str, offices: Offices, client: Client):
    client.post(link, {"answer": "change"})
    case = Application.objects.get()
    assert case.state == "DRAFT"
    assert not Consent.objects.exists()
    assert "问问她改哪里" in Notice.objects.get(kind="mandate_answered", channel="inbox").text
    helper = Client()
    helper.force_login(offices.helper)
    case.refresh_from_db()
    assert submit(helper, case)["Location"] == "/helper"
    assert Mandate.objects.count() == 2
    assert Notice.objects.filter(kind="confirm_link").count() == 2


def test_not_mine_freezes_the_case_and_ends_the_helpers_sight(link: str, offices: Offices, client: Client):
    client.post(link, {"answer": "not_mine"})
    case = Application.objects.get()
    assert (case.state, case.frozen_from) == ("FROZEN", "AWAITING_CONSENT")
    assert "已经停了" in client.get(f"{link}/done").content.decode()
    helper = Client()
    helper.force_login(offices.helper)
    assert case.number not in helper.get("/helper").content.decode()


def test_the_link_answers_once(link: str, client: Client):
    client.post(link, {"answer": "yes"})
    assert client.get(link).status_code == 404
    again = client.post(link, {"answer": "not_mine"})
    assert again["Location"] == f"{link}/done"
    assert Application.objects.get().state == "SUBMITTED"


def test_the_link_dies_after_three_days(link: str, client: Client):
    with time_machine.travel(MONDAY + timedelta(hours=72)):
        response = client.get(link)
        assert response.status_code == 404
        assert "链接过期了。给村妇联主席打电话重新发。" in response.content.decode()
        assert client.post(link, {"answer": "yes"}).status_code == 404
    assert Application.objects.get().state == "AWAITING_CONSENT"


def test_a_phone_that_turned_out_to_be_an_officers_says_no_yes_but_may_stop_it(
    link: str, offices: Offices, client: Client
):
    note_numbers(offices.town_reviewer, id_no=None, mobile=HER_MOBILE)
    response = client.post(link, {"answer": "yes"})
    assert response.status_code == 422
    assert "这个号不能用来确认" in response.content.decode()
    assert Application.objects.get().state == "AWAITING_CONSENT"
    assert client.post(link, {"answer": "not_mine"})["Location"] == f"{link}/done"


def test_a_guessed_link_opens_nothing(filled_in: Application, client: Client):
    assert client.get("/c/guess").status_code == 404
    assert client.post("/c/guess", {"answer": "yes"}).status_code == 404
    assert client.get("/c/guess/done").status_code == 404


def test_another_word_is_no_answer(link: str, client: Client):
    assert client.post(link, {"answer": "maybe"}).status_code == 200
    assert Application.objects.get().state == "AWAITING_CONSENT"


def test_a_link_whose_case_she_took_back_herself_is_dead(filled_in: Application, link: str, client: Client):
    her = filled_in.applicant.user
    item = intake.MissingItem("", "改金额")
    intake.send_back(filled_in, items=[item], by=her, at=MONDAY, version=None)
    assert client.get(link).status_code == 404


def test_who_has_a_live_application_elsewhere_hears_it_in_words(
    filled_in: Application, link: str, offices: Offices, her, client: Client
):
    self_made = Client()
    self_made.force_login(her)
    submit(self_made, fill_in(self_made, offices))
    response = client.post(link, {"answer": "yes"})
    assert response.status_code == 409
    assert "这份申请现在交不了" in response.content.decode()
    filled_in.refresh_from_db()
    assert filled_in.state == "AWAITING_CONSENT"
    assert Mandate.objects.get().answered_at is None


# Paper and meeting: an officer of the town takes down her word


@pytest.fixture
def on_paper(monday: None, programme, offices: Offices) -> Application:
    return asked(offices, WOMAN | {"mobile": "", "route": "paper", "paper": photograph("mandate")})


@pytest.fixture
def town(offices: Offices) -> Client:
    client = Client()
    client.force_login(offices.town_reviewer)
    return client


def page_of(case: Application) -> str:
    return f"/helper/verify/{case.applicant.mandates.get().pk}"


def test_an_officer_who_saw_her_takes_down_her_yes(on_paper: Application, offices: Offices, town: Client):
    assert "申请人甲" in town.get("/helper/verify").content.decode()
    assert "是她本人要办的吗" in town.get(page_of(on_paper)).content.decode()
    assert town.post(page_of(on_paper), {"answer": "yes"})["Location"] == "/helper/verify"
    case = Application.objects.get()
    mandate = Mandate.objects.get()
    assert (case.state, mandate.verified_by, mandate.answer) == ("SUBMITTED", offices.town_reviewer, "yes")
    assert Consent.objects.filter(channel="paper", given_by=offices.town_reviewer).count() == 4


def test_an_officer_finds_the_way_there_from_her_desk(on_paper: Application, town: Client):
    assert 'href="/helper/verify"' in town.get("/work").content.decode()


def test_an_officer_takes_down_that_it_is_not_hers(on_paper: Application, town: Client):
    town.post(page_of(on_paper), {"answer": "not_mine"})
    assert Application.objects.get().state == "FROZEN"


def test_the_photographed_mandate_is_looked_at_with_a_trace(on_paper: Application, offices: Offices, town: Client):
    paper = on_paper.applicant.documents.get(kind="mandate")
    response = town.get(f"{page_of(on_paper)}/papers/{paper.pk}")
    assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")
    assert ApplicantAccess.objects.get().by == offices.town_reviewer
    other = on_paper.applicant.documents.exclude(kind="mandate").first()
    assert other is not None
    assert town.get(f"{page_of(on_paper)}/papers/{other.pk}").status_code == 404


def test_nobody_verifies_what_she_filled_in_herself_or_elsewhere(on_paper: Application, offices: Offices):
    for user in (offices.helper, offices.other_town_reviewer, offices.bank_officer, offices.auditor):
        client = Client()
        client.force_login(user)
        assert client.get(page_of(on_paper)).status_code == 404
        assert client.post(page_of(on_paper), {"answer": "yes"}).status_code == 404
    assert Application.objects.get().state == "AWAITING_CONSENT"


def test_a_case_that_waits_for_her_own_phone_is_not_the_towns_to_confirm(filled_in: Application, town: Client):
    assert town.get(page_of(filled_in)).status_code == 404
    assert HER_MOBILE not in town.get("/helper/verify").content.decode()
