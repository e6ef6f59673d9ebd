"""Who she is, what is wrong with it, and whom she lets see her papers."""

import pytest
from django.test import Client

from applicants.models import Applicant, Consent
from tests.makers.people import Offices
from tests.makers.women import an_id_no
from tests.workflows.web.filling import CONSENTS, HER_ID_NO, person, said_thrice

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"id_no": HER_ID_NO[:-1]}, "身份证号少了一位，要写 18 位"),
        (
            {"id_no": HER_ID_NO[:-1] + ("1" if HER_ID_NO[-1] != "1" else "2")},
            "身份证号最后一位对不上，对照身份证再看一遍",
        ),
        ({"id_no": "990000199013010021"}, "身份证号第 7 到 14 位是生日，对照身份证再看一遍"),
        ({"id_no": ""}, "写上身份证号，一共 18 位"),
        ({"full_name": ""}, "写上姓名，和身份证上一样"),
        ({"full_name": "12"}, "姓名里只写汉字或拼音，和身份证上一样"),
        ({"village": ""}, "选一下您家在哪个村"),
        ({"town": ""}, "选一下您家在哪个镇"),
        ({"address": "长" * 81}, "组和门牌号最多写 80 个字"),
    ],
)
def test_what_is_wrong_with_who_she_is_is_said_and_nothing_is_kept(offices: Offices, begun: Client, changed, words):
    response = begun.post("/apply/person", person(offices, **changed))
    said_thrice(response, words)
    assert Applicant.objects.get().full_name == ""


def test_nothing_that_she_typed_is_lost(offices: Offices, begun: Client):
    page = begun.post("/apply/person", person(offices, id_no=HER_ID_NO[:-1])).content.decode()
    assert 'value="申请人甲"' in page
    assert f'value="{HER_ID_NO[:-1]}"' in page
    assert "三组 12 号" in page


def test_a_village_of_another_town_is_none_of_hers(offices: Offices, begun: Client):
    response = begun.post("/apply/person", person(offices, village=offices.villages[2].code))
    said_thrice(response, "选一下您家在哪个村")


def test_a_mans_number_leads_to_a_page_that_explains_and_keeps_nothing(offices: Offices, begun: Client):
    response = begun.post("/apply/person", person(offices, id_no=an_id_no(1, is_female=False)))
    page = response.content.decode()
    assert response.status_code == 422
    assert "<h1>这项贷款面向妇女</h1>" in page
    assert "errbox" not in page
    assert Applicant.objects.get().id_no == Applicant.objects.get().full_name == ""


def test_without_script_the_villages_come_by_a_button_that_keeps_nothing(offices: Offices, begun: Client):
    sent = person(offices, village="", town=offices.towns[1].code, choose_town="yes")
    response = begun.post("/apply/person", sent)
    page = response.content.decode()
    assert response.status_code == 200
    assert "桃林村" in page
    assert "河湾村" not in page
    assert 'value="申请人甲"' in page
    assert Applicant.objects.get().full_name == ""


def test_her_number_is_masked_from_then_on_and_may_be_left_out(offices: Offices, begun: Client):
    begun.post("/apply/person", person(offices))
    page = begun.get("/apply/person").content.decode()
    assert HER_ID_NO not in page
    assert f"9900••••••••{HER_ID_NO[-4:]}" in page
    assert begun.post("/apply/person", person(offices, id_no="", address="五组")).status_code == 302
    applicant = Applicant.objects.get()
    assert (applicant.id_no, applicant.address) == (HER_ID_NO, "五组")


def test_full_width_figures_and_dots_are_read(offices: Offices, begun: Client):
    wide = HER_ID_NO.translate({ord(figure): ord(figure) + 0xFEE0 for figure in "0123456789"})
    begun.post("/apply/person", person(offices, id_no=wide, full_name="阿依古丽•买买提"))
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
