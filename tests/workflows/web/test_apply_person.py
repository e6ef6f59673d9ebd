"""Who she is, what is wrong with it, and whom she lets see her papers."""

import re

import pytest
from django.test import Client

from applicants.models import Applicant, Consent
from tests.makers.people import Offices
from tests.makers.women import an_id_no
from tests.workflows.web.filling import CONSENTS, HER_ID_NO, person, said_thrice, tell

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("page", "sent", "words"),
    [
        ("id-number", {"id_no": HER_ID_NO[:-1]}, "身份证号少了一位，要写 18 位"),
        (
            "id-number",
            {"id_no": HER_ID_NO[:-1] + ("1" if HER_ID_NO[-1] != "1" else "2")},
            "身份证号最后一位对不上，对照身份证再看一遍",
        ),
        ("id-number", {"id_no": "990000199013010021"}, "身份证号第 7 到 14 位是生日，对照身份证再看一遍"),
        ("id-number", {"id_no": ""}, "写上身份证号，一共 18 位"),
        ("name", {"full_name": ""}, "写上姓名，和身份证上一样"),
        ("name", {"full_name": "12"}, "姓名里只写汉字或拼音，和身份证上一样"),
        ("village", {"village": ""}, "选一下您家在哪个村"),
        ("village", {"village": "nowhere", "town": "nowhere"}, "选一下您家在哪个村"),
        ("address", {"address": "长" * 81}, "组和门牌号最多写 80 个字"),
    ],
)
def test_what_is_wrong_with_who_she_is_is_said_and_nothing_is_kept(begun: Client, page, sent, words):
    response = begun.post(f"/apply/person/{page}", sent)
    said_thrice(response, words)
    her = Applicant.objects.get()
    assert her.full_name == her.id_no == her.address == ""
    assert her.village is None


def test_what_she_typed_is_not_lost(begun: Client):
    page = begun.post("/apply/person/id-number", {"id_no": HER_ID_NO[:-1]}).content.decode()
    assert f'value="{HER_ID_NO[:-1]}"' in page


def test_each_page_asks_one_question_which_is_its_heading(begun: Client):
    page = begun.get("/apply/person/name").content.decode()
    assert re.search(r'<h1><label for="id_full_name">您叫什么名字？', page)
    assert page.count("<h1") == 1
    assert "<title>您叫什么名字？" in page
    assert "第 2 步，共 9 步" in page
    assert "1/4" in page
    assert "id_no" not in page


def test_the_step_is_taken_up_where_she_left_it(begun: Client):
    assert begun.get("/apply/person")["Location"] == "/apply/person/name"
    assert begun.post("/apply/person/name", {"full_name": "申请人甲"})["Location"] == "/apply/person/id-number"
    assert begun.get("/apply/person")["Location"] == "/apply/person/id-number"
    assert 'href="/apply/person/id-number"' in begun.get("/apply").content.decode()


def test_back_leads_to_the_question_before_and_from_the_first_to_the_list(begun: Client):
    assert 'class="back" href="/apply/person/name"' in begun.get("/apply/person/id-number").content.decode()
    assert 'class="back" href="/apply"' in begun.get("/apply/person/name").content.decode()
    changed = begun.get("/apply/person/id-number?from=review").content.decode()
    assert 'class="back" href="/apply/review"' in changed


def test_a_question_that_nobody_asks_is_no_page(begun: Client):
    assert begun.get("/apply/person/colour").status_code == 404
    assert begun.get("/apply/situation/spouse").status_code == 404
    assert begun.get("/apply/project/licence").status_code == 404


def test_a_form_of_the_whole_step_that_was_open_before_is_led_to_its_first_question(offices: Offices, begun: Client):
    assert begun.post("/apply/person", person(offices))["Location"] == "/apply/person/name"
    assert Applicant.objects.get().full_name == ""


def test_a_village_of_another_town_is_none_of_hers(offices: Offices, begun: Client):
    sent = {"town": offices.towns[0].code, "village": offices.villages[2].code}
    said_thrice(begun.post("/apply/person/village", sent), "选一下您家在哪个村")


def test_a_mans_number_leads_to_a_page_that_explains_and_keeps_nothing(begun: Client):
    response = begun.post("/apply/person/id-number", {"id_no": an_id_no(1, is_female=False)})
    page = response.content.decode()
    assert response.status_code == 422
    assert "<h1>这项贷款面向妇女</h1>" in page
    assert "errbox" not in page
    assert Applicant.objects.get().id_no == ""


def test_without_script_the_villages_come_by_a_button_that_keeps_nothing(offices: Offices, begun: Client):
    sent = {"village": "", "town": offices.towns[1].code, "choose_town": "yes"}
    response = begun.post("/apply/person/village", sent)
    page = response.content.decode()
    assert response.status_code == 200
    assert "桃林村" in page
    assert "河湾村" not in page
    assert Applicant.objects.get().village is None


@pytest.mark.parametrize("written", ["河湾", " 河 湾", "石榴镇河湾"])
def test_a_part_of_the_name_finds_the_village_in_whatever_town(offices: Offices, begun: Client, written):
    response = begun.post("/apply/person/village", {"find": written, "choose_town": "yes"})
    form = response.context["form"]
    assert form["village"].value() == offices.villages[0].code, "the only one is chosen"
    assert "河湾村（石榴镇）" in response.content.decode()
    sent = {"find": written, "village": offices.villages[0].code}
    assert begun.post("/apply/person/village", sent).status_code == 302
    assert Applicant.objects.get().village == offices.villages[0]


def test_what_finds_no_village_says_so(begun: Client):
    page = begun.post("/apply/person/village", {"find": "天上", "choose_town": "yes"}).content.decode()
    assert "没找到。换个字，或者先选镇。" in page


def test_her_number_is_masked_from_then_on_and_may_be_left_out(offices: Offices, begun: Client):
    tell(begun, "person", person(offices))
    page = begun.get("/apply/person/id-number").content.decode()
    assert HER_ID_NO not in page
    assert f"9900••••••••{HER_ID_NO[-4:]}" in page
    assert begun.post("/apply/person/id-number", {"id_no": ""}).status_code == 302
    assert begun.post("/apply/person/address", {"address": "五组"}).status_code == 302
    applicant = Applicant.objects.get()
    assert (applicant.id_no, applicant.address) == (HER_ID_NO, "五组")


def test_full_width_figures_and_dots_are_read(offices: Offices, begun: Client):
    wide = HER_ID_NO.translate({ord(figure): ord(figure) + 0xFEE0 for figure in "0123456789"})
    tell(begun, "person", person(offices, id_no=wide, full_name="阿依古丽•买买提"))
    applicant = Applicant.objects.get()
    assert (applicant.id_no, applicant.full_name) == (HER_ID_NO, "阿依古丽·买买提")


# Her consents


@pytest.mark.parametrize("refused", list(CONSENTS))
def test_one_consent_refused_says_what_cannot_be_done_then_and_keeps_none(begun: Client, refused):
    response = begun.post("/apply/consent", {name: on for name, on in CONSENTS.items() if name != refused})
    page = response.content.decode()
    assert response.status_code == 422
    assert "可以先不申请" in page
    assert not Consent.objects.exists()


def test_no_tick_is_made_for_her(begun: Client):
    assert "checked" not in begun.get("/apply/consent").content.decode()


def test_what_she_agreed_to_is_shown_with_its_day(begun: Client):
    begun.post("/apply/consent", CONSENTS)
    page = begun.get("/apply/consent").content.decode()
    assert page.count("同意过了") == 4
