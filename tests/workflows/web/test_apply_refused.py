"""What goes wrong when she fills it in: plain words in the title, the box and at the field; nothing half-written."""

import re
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from applicants.models import Applicant, Consent, HouseholdMember
from tests.makers.people import Offices
from tests.makers.women import an_id_no
from tests.workflows.web.filling import (
    AMOUNT,
    CARD,
    CONSENTS,
    HER_ID_NO,
    PROJECT,
    SITUATION,
    USES,
    fill_in,
    person,
    phone,
    submit,
    uses,
)
from workflows.models import Application

pytestmark = pytest.mark.django_db


def said_thrice(response: Any, words: str) -> None:
    """The title says that there is an error, and box and field say which in the same words."""
    page = response.content.decode()
    assert response.status_code == 422, page
    assert "<title>错误：" in page
    assert len(re.findall(re.escape(words), page)) == 2, words


@pytest.fixture
def begun(her_phone: Client) -> Client:
    her_phone.get("/apply")
    return her_phone


# Who she is


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


# Her situation


def test_married_asks_for_the_spouse(begun: Client):
    response = begun.post("/apply/situation", SITUATION | {"marital_status": "married"})
    said_thrice(response, "写上爱人的姓名，和身份证上一样")
    said_thrice(response, "写上爱人的身份证号，户口本上也有")
    assert Applicant.objects.get().marital_status == ""


def test_her_spouse_is_kept_and_goes_when_she_is_not_married(begun: Client):
    husband = {"spouse_name": "家属甲", "spouse_id_no": an_id_no(1, is_female=False)}
    assert begun.post("/apply/situation", SITUATION | {"marital_status": "married"} | husband).status_code == 302
    assert HouseholdMember.objects.get().full_name == "家属甲"
    again = begun.post("/apply/situation", SITUATION | {"marital_status": "married", "spouse_name": "家属甲"})
    assert again.status_code == 302
    assert HouseholdMember.objects.get().id_no == husband["spouse_id_no"]
    begun.post("/apply/situation", SITUATION | {"marital_status": "divorced"})
    assert not HouseholdMember.objects.exists()


def test_her_own_number_is_not_her_spouses(offices: Offices, begun: Client):
    begun.post("/apply/person", person(offices))
    sent = SITUATION | {"marital_status": "married", "spouse_name": "家属甲", "spouse_id_no": HER_ID_NO}
    said_thrice(begun.post("/apply/situation", sent), "这是您自己的身份证号，写爱人的")


def test_no_loans_and_some_loans_contradict_each_other(begun: Client):
    response = begun.post("/apply/situation", SITUATION | {"other_loans": ["none", "car"]})
    said_thrice(response, "勾了“没有贷款”，别的就不要勾")


def test_nothing_ticked_is_no_answer(begun: Client):
    response = begun.post("/apply/situation", SITUATION | {"other_loans": []})
    said_thrice(response, "有哪些贷款就勾哪些，没有就勾“没有贷款”")


def test_not_knowing_is_an_answer(begun: Client):
    sent = SITUATION | {"other_loans": ["unknown"], "has_overdue_debt": "unknown"}
    assert begun.post("/apply/situation", sent).status_code == 302
    applicant = Applicant.objects.get()
    assert applicant.other_loans is applicant.has_overdue_debt is None
    form = begun.get("/apply/situation").context["form"]
    assert (form["other_loans"].value(), form["has_overdue_debt"].value()) == (["unknown"], "unknown")


def test_an_answer_that_was_never_given_is_not_filled_in(begun: Client):
    assert "checked" not in begun.get("/apply/situation").content.decode()


# Her project, amount, uses, account


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"project_type": ""}, "选一样您要做的"),
        ({"site": "村"}, "写一下在哪里做，比如村名和地名"),
        ({"jobs": "几个"}, "写数字，没有就写 0"),
        ({"jobs": "201"}, "最多写 200 个人"),
        ({"licence_no": "123"}, "信用代码是 18 位，现在写了 3 位"),
        ({"proof": "wish"}, "选一样能证明项目的材料"),
    ],
)
def test_what_is_wrong_with_the_project_is_said(begun: Client, changed, words):
    said_thrice(begun.post("/apply/project", PROJECT | changed), words)
    assert Applicant.objects.get().business.site == ""


@pytest.mark.parametrize("jobs", ["３", "3 个人", " 3 "])
def test_jobs_are_read_as_people_write_them(begun: Client, jobs):
    begun.post("/apply/project", PROJECT | {"jobs": jobs})
    assert Applicant.objects.get().business.jobs == 3


@pytest.mark.parametrize("amount", ["5", "5万", "50000", "五万", "50,000.00", "５"])
def test_the_amount_is_read_as_people_write_it(begun: Client, amount):
    assert begun.post("/apply/amount", AMOUNT | {"amount": amount}).status_code == 302
    assert Application.objects.get().amount_fen == 5_000_000


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("12", "金额要在 1\N{NO-BREAK SPACE}万元到 10\N{NO-BREAK SPACE}万元之间"),
        ("5000", "金额要在 1\N{NO-BREAK SPACE}万元到 10\N{NO-BREAK SPACE}万元之间"),
        ("35500", "金额要是 1,000\N{NO-BREAK SPACE}元的整数倍"),
        ("很多", "金额要写数字，比如 50000 或 5 万"),
        ("", "写上金额，比如 50000 或 5 万"),
        ("-5", "金额不能是负数，去掉前面的减号"),
    ],
)
def test_an_amount_outside_the_policy_is_refused_and_the_box_waits(begun: Client, amount, words):
    response = begun.post("/apply/amount", AMOUNT | {"amount": amount})
    said_thrice(response, words)
    assert "改好金额，这里就会算出来" in response.content.decode()
    assert Application.objects.get().amount_fen is None


def test_a_term_that_is_not_offered_is_refused(begun: Client):
    said_thrice(begun.post("/apply/amount", AMOUNT | {"term_months": "13"}), "选一下贷多长时间")


def test_counting_shows_what_it_costs_and_keeps_nothing(begun: Client):
    response = begun.post("/apply/amount", AMOUNT | {"count": "yes"})
    page = response.content.decode()
    assert response.status_code == 200
    assert "年利率 4.50%，12 个月" in page
    assert "政府退给您" in page
    assert Application.objects.get().amount_fen is None


def test_the_cost_box_is_there_when_the_page_comes_back(begun: Client):
    begun.post("/apply/amount", AMOUNT)
    assert "您最后自己付" in begun.get("/apply/amount").content.decode()


def test_uses_that_do_not_add_up_say_both_sums(begun: Client):
    begun.post("/apply/amount", AMOUNT)
    response = begun.post("/apply/use", uses([("修灶台", "3万"), ("进货", "1万")]))
    page = response.content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert response.status_code == 422
    assert "用途加起来是 4 万元，和要贷的 5 万元不一样。改一下用途或金额" in page
    assert Application.objects.get().use_rows == []


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([("修灶台", "")], "写上这一样要用多少钱"),
        ([("", "5万")], "写上这笔钱用来做什么"),
        ([("", "")], "写一下钱打算怎么用"),
        ([("长" * 41, "5万")], "用途最多写 40 个字"),
    ],
)
def test_an_incomplete_use_says_what_is_missing(begun: Client, rows, words):
    response = begun.post("/apply/use", uses(rows))
    assert response.status_code == 422
    assert words in response.content.decode()
    assert Application.objects.get().use_rows == []


def test_another_row_comes_by_a_button_and_what_was_typed_stays(begun: Client):
    page = begun.post("/apply/use", uses(USES) | {"add_row": "yes"}).content.decode()
    assert "rows-2-use" in page
    assert "修灶台、买桌椅" in page
    six = begun.post("/apply/use", uses(USES * 3) | {"add_row": "yes"}).content.decode()
    assert "rows-6-use" not in six
    assert 'name="add_row"' not in six


def test_more_than_six_uses_are_refused(begun: Client):
    assert begun.post("/apply/use", uses(USES * 4)).status_code == 422


def test_an_amount_changed_afterwards_makes_the_uses_unfinished(offices: Offices, begun: Client):
    fill_in(begun, offices)
    begun.post("/apply/amount", AMOUNT | {"amount": "6"})
    page = begun.get("/apply").content.decode()
    assert "和要贷的对不上" in page


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"account_no": CARD[:-1] + "5"}, "卡号不对，从卡正面照着写"),
        ({"account_no": "123"}, "这张卡号不对，从卡正面照着写 16 到 19 位数字"),
        ({"account_no": ""}, "写上卡号，没有卡就勾“还没有卡”"),
        ({"account_no": CARD, "has_no_card": "on"}, "写了卡号，就不要勾“还没有卡”"),
    ],
)
def test_what_is_wrong_with_the_account_is_said(begun: Client, sent, words):
    said_thrice(begun.post("/apply/account", sent), words)
    assert Applicant.objects.get().account_no == ""


def test_without_a_card_she_says_so_and_goes_on(begun: Client):
    assert begun.post("/apply/account", {"has_no_card": "on"}).status_code == 302
    assert "checked" in begun.get("/apply/account").content.decode()


def test_a_passbook_that_looks_odd_is_kept_with_a_warning(begun: Client):
    response = begun.post("/apply/account", {"account_no": "9558801234567890123"}, follow=True)
    assert "这个号不像银行卡号" in response.content.decode()
    assert Applicant.objects.get().account_no == "9558801234567890123"


# Handing it in


def test_what_is_missing_is_listed_with_the_way_there_and_cannot_be_handed_in(offices: Offices, begun: Client):
    begun.post("/apply/person", person(offices))
    page = begun.get("/apply/review").content.decode()
    assert "“材料照片”还没填完" in page
    assert "提交申请" not in page
    response = submit(begun, Application.objects.get())
    assert response.status_code == 422
    assert Application.objects.get().state == "DRAFT"


def test_without_the_declaration_nothing_is_handed_in(offices: Offices, begun: Client):
    draft = fill_in(begun, offices)
    said_thrice(submit(begun, draft, declared=""), "看一遍，都对就勾上，才能提交")
    assert Application.objects.get().state == "DRAFT"


def test_a_second_live_application_is_refused_in_words_that_tell_a_stranger_nothing(
    offices: Offices, begun: Client, her: User
):
    submit(begun, fill_in(begun, offices))
    stranger = Client()
    stranger.force_login(phone("13900000009"))
    draft = fill_in(stranger, offices)
    response = submit(stranger, draft)
    page = response.content.decode()
    assert response.status_code == 409
    assert "这份申请现在交不了。打电话给妇联，我们帮您看看。" in page
    assert "W2026-0001" not in page
    draft.refresh_from_db()
    assert (draft.state, draft.log.count()) == ("DRAFT", 0)


def test_what_the_rules_say_to_her_answers_is_said_before_and_keeps_her_from_nothing(offices: Offices, begun: Client):
    draft = fill_in(begun, offices)
    begun.post("/apply/situation", SITUATION | {"on_public_payroll": "yes"})
    assert "交之前看一眼" in begun.get("/apply/review").content.decode()
    assert submit(begun, draft).status_code == 302


def test_nothing_is_changed_any_more_once_it_was_handed_in(offices: Offices, begun: Client):
    case = fill_in(begun, offices)
    submit(begun, case)
    response = begun.post("/apply/amount", AMOUNT | {"amount": "6", "case": case.number})
    assert response["Location"] == f"/my/{case.number}"
    case.refresh_from_db()
    assert case.amount_fen == 5_000_000
