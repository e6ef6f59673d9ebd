"""`/p/<token>`: somebody named reads what for, in large type and without signing in, and answers once."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from applicants.models import Party, PartyConsent, PartyLink
from records.models import Notice
from tests.makers.cases import MONDAY
from tests.makers.people import Offices
from tests.workflows.web.filling import MOBILE, fill_in, words_to
from tests.workflows.web.test_apply_people import SURETY, ask
from workflows.models import Application

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(her_phone: Client, offices: Offices) -> Application:
    case = fill_in(her_phone, offices)
    her_phone.post("/apply/people/surety", {"surety_way": "person"})
    her_phone.post("/apply/people/guarantor", SURETY)
    return case


@pytest.fixture
def link(case: Application, her_phone: Client) -> str:
    return ask(her_phone, Party.objects.get().pk)


@pytest.fixture
def his() -> Client:
    return Client()


def test_he_reads_what_he_answers_for(link: str, his: Client):
    page = his.get(link).content.decode().replace("\N{NO-BREAK SPACE}", " ")
    said = ("写了您是担保人", "5 万元，1 年", "她还不上，担保公司先垫", "石榴镇 河湾村", "不给农信和财政局", "亲戚")
    assert [words for words in said if words not in page] == []
    assert 'class="page say"' in page
    assert page.count('name="answer"') == 3


def test_whoever_gets_the_link_by_mistake_learns_no_name_and_no_number(link: str, his: Client):
    page = his.get(link).content.decode()
    for secret in ("申请人甲", SURETY["full_name"], SURETY["id_no"], SURETY["mobile"], MOBILE):
        assert secret not in page, secret


def test_yes_is_kept_with_the_text_and_the_sum(case: Application, link: str, his: Client):
    assert his.post(link, {"answer": "yes"})["Location"] == f"{link}/done"
    assert "记下您同意了" in his.get(f"{link}/done").content.decode()
    consent = PartyConsent.objects.get()
    assert (consent.role, consent.channel, consent.amount_fen) == ("guarantor", "link", case.amount_fen)
    assert consent.person_index == Party.objects.get().id_index
    assert f"{case.number}：担保人甲同意了。" in words_to(MOBILE)


def test_change_gives_nothing_and_tells_her(link: str, her_phone: Client, his: Client):
    his.post(link, {"answer": "change"})
    assert not PartyConsent.objects.exists()
    assert "有地方不对" in words_to(MOBILE)[-1]
    assert "他说有地方不对" in her_phone.get("/apply/people").content.decode()


def test_not_me_takes_him_out_of_the_application(link: str, his: Client):
    his.post(link, {"answer": "not_me"})
    assert not Party.objects.exists()
    assert "您的信息删掉了" in his.get(f"{link}/done").content.decode()
    assert "说没答应过" in words_to(MOBILE)[-1]


def test_the_link_answers_once(link: str, his: Client):
    his.post(link, {"answer": "yes"})
    assert his.get(link).status_code == 404
    assert his.post(link, {"answer": "not_me"})["Location"] == f"{link}/done"
    assert PartyLink.objects.get().answer == "yes"


def test_the_link_dies_after_three_days(link: str, his: Client):
    with time_machine.travel(MONDAY + timedelta(hours=72)):
        assert "链接过期了" in his.get(link).content.decode()
        assert his.post(link, {"answer": "yes"}).status_code == 404
    assert not PartyConsent.objects.exists()


def test_a_guessed_link_opens_nothing(case: Application, his: Client):
    assert his.get("/p/guess").status_code == 404
    assert his.post("/p/guess", {"answer": "yes"}).status_code == 404
    assert his.get("/p/guess/done").status_code == 404


def test_another_word_is_no_answer(link: str, his: Client):
    assert his.post(link, {"answer": "maybe"}).status_code == 200
    assert not PartyConsent.objects.exists()


def test_the_helper_hears_of_it_where_she_fills_in(helper: Client, offices: Offices, his: Client):
    helper.post("/helper/new", {"full_name": "申请人甲", "id_no": SURETY_OF_HERS, "mobile": "", "route": "in_person"})
    case = fill_in(helper, offices, with_consents=False)
    helper.post("/apply/people/guarantor", SURETY)
    his.post(ask(helper, Party.objects.get().pk), {"answer": "yes"})
    told = Notice.objects.get(kind="party_answered", channel="inbox")
    assert (told.to_user, told.about) == (offices.helper, case.number)


SURETY_OF_HERS = "990000198503120043"
