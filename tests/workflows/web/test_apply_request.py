"""Project, amount, uses and account: read as people write them, refused in plain words."""

import pytest
from django.test import Client

from accounts.models import Organisation
from applicants.models import Applicant
from tests.makers.people import Offices
from tests.workflows.web.filling import AMOUNT, CARD, PROJECT, USES, fill_in, said_thrice, tell, uses
from workflows.models import Application

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"project_type": ""}, "选一样您要做的"),
        ({"site": "村"}, "写一下在哪里做，比如村名和地名"),
        ({"jobs": "几个"}, "写数字，没有就写 0"),
        ({"jobs": "201"}, "最多写 200 个人"),
        ({"proof": "licence", "licence_no": "123"}, "信用代码是 18 位，现在写了 3 位"),
        ({"proof": "wish"}, "选一样能证明项目的材料"),
    ],
)
def test_what_is_wrong_with_the_project_is_said(begun: Client, changed, words):
    said_thrice(tell(begun, "project", PROJECT | changed), words)
    *_before, refused = changed.items()
    assert getattr(Applicant.objects.get().business, refused[0]) in ("", None)


@pytest.mark.parametrize("jobs", ["３", "3 个人", " 3 "])
def test_jobs_are_read_as_people_write_them(begun: Client, jobs):
    tell(begun, "project", PROJECT | {"jobs": jobs})
    assert Applicant.objects.get().business.jobs == 3


@pytest.mark.parametrize("amount", ["5", "5万", "50000", "五万", "50,000.00", "５"])
def test_the_amount_is_read_as_people_write_it(begun: Client, amount):
    assert tell(begun, "amount", AMOUNT | {"amount": amount}).status_code == 302
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
    response = tell(begun, "amount", AMOUNT | {"amount": amount})
    said_thrice(response, words)
    assert "改好金额，这里就会算出来" in response.content.decode()
    assert Application.objects.get().amount_fen is None


def test_a_term_that_is_not_offered_is_refused(begun: Client):
    said_thrice(tell(begun, "amount", AMOUNT | {"term_months": "13"}), "选一下贷多长时间")


def test_counting_shows_what_it_costs_and_keeps_nothing(begun: Client):
    response = begun.post("/apply/amount/sum", {"amount": "5万", "count": "yes"})
    page = response.content.decode()
    assert response.status_code == 200
    assert "年利率 4.50%，12 个月" in page
    assert "政府退给您" in page
    assert '要贷 <b class="nb">50,000 元</b>' in page.replace("\N{NO-BREAK SPACE}", " ")
    assert Application.objects.get().amount_fen is None


def test_the_cost_box_is_there_when_the_page_comes_back(begun: Client):
    tell(begun, "amount", AMOUNT)
    for question in ("sum", "term", "method"):
        page = begun.get(f"/apply/amount/{question}").content.decode()
        assert "您最后自己付" in page
        assert "50,000" in page


def test_the_answers_show_the_amount_in_words_and_in_figures(begun: Client):
    tell(begun, "amount", AMOUNT | {"amount": "五万"})
    page = begun.get("/apply/review").content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "5 万元，就是 50,000 元" in page
    assert 'href="/apply/amount/sum?from=review"' in page


def test_the_number_of_a_licence_is_asked_of_whoever_has_one(begun: Client):
    assert tell(begun, "project", PROJECT)["Location"] != "/apply/project/licence"
    response = begun.post("/apply/project/proof", {"proof": "licence"})
    assert response["Location"] == "/apply/project/licence"
    assert begun.post("/apply/project/licence", {"licence_no": ""}).status_code == 302


def test_uses_that_do_not_add_up_say_both_sums(begun: Client):
    tell(begun, "amount", AMOUNT)
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
    tell(begun, "amount", AMOUNT | {"amount": "6"})
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


def test_a_card_of_another_bank_is_kept_with_a_warning(offices: Offices, begun: Client):
    Organisation.objects.filter(pk=offices.bank.pk).update(card_prefixes="622319 621700")
    response = begun.post("/apply/account", {"account_no": "6230580000000002464"}, follow=True)
    assert "这张卡不像农信的，对照卡面再看一眼。" in response.content.decode()
    assert Applicant.objects.get().account_no == "6230580000000002464"
    assert "不像农信的" not in begun.post("/apply/account", {"account_no": CARD}, follow=True).content.decode()


def test_while_nobody_said_how_the_banks_cards_begin_none_is_doubted(begun: Client):
    response = begun.post("/apply/account", {"account_no": "6230580000000002464"}, follow=True)
    assert "不像" not in response.content.decode()
