"""The pre-check, as somebody meets it who has told us nothing: seven pages, nothing kept, one of three outcomes."""

from datetime import UTC, date, datetime
from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.contrib.sessions.models import Session
from pytest_django.asserts import assertNumQueries

from accounts.models import Region
from applicants.models import Course, TrainingBase, Workshop
from loans.rule_wording import LOAN_KINDS
from loans.web.forms.check import MARK_OF_LOAN
from records.models import AuditEntry, Notice
from tests.makers.programme import a_programme

MONDAY = datetime(2026, 9, 21, 1, 0, tzinfo=UTC)
HERS = {
    "home": "yes",
    "born": "1985-03",
    "payroll": "no",
    "loans": "none",
    "project": "farm_stay",
    "overdue": "no",
    "amount": "50000",
}


@pytest.fixture(autouse=True)
def monday(offices):
    a_programme(offices)
    with time_machine.travel(MONDAY, tick=False):
        yield


def result(client, **changed):
    response = client.get("/check/result", HERS | changed)
    assert response.status_code == HTTPStatus.OK
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_seven_answers_lead_to_the_result_one_page_each(client):
    sent = HERS | {"amount": "5万"}
    address = "/check"
    for name, answer in sent.items():
        posted = {"born_year": "1985", "born_month": "3"} if name == "born" else {name: answer}
        response = client.post(address, posted)
        assert response.status_code == HTTPStatus.FOUND
        address = response["Location"]
    assert urlsplit(address).path == "/check/result"
    assert parse_qs(urlsplit(address).query) == {name: [answer] for name, answer in HERS.items()}
    assert "可以申请" in client.get(address).content.decode()


def test_nothing_is_stored_and_nobody_gets_an_account(client, django_user_model):
    people = django_user_model.objects.count()
    client.get("/check")
    client.post("/check", {"home": "yes"})
    result(client)
    assert django_user_model.objects.count() == people
    assert not Session.objects.exists()
    assert not Notice.objects.exists()
    assert not AuditEntry.objects.exists()


def test_she_may_apply_and_learns_what_it_costs_and_who_pays(client):
    words = result(client)
    assert "您说的 7 条都符合" in words
    for said in ("5 万元", "7 个工作日", "年利率 4.50%", "2,281.25 元", "政府退给您", "0 元", "先备好这些"):
        assert said in words
    assert 'href="/apply?amount=50000"' in words


def test_a_loan_of_another_kind_is_a_question_for_a_person(client):
    words = result(client, loans=["other", "housing"])
    assert "有 1 条要问一问" in words
    assert "要看您和爱人贷款的合同" in words
    assert "依据：第 6 条，石榴市 2026-1" in words
    assert "其余 6 条都符合" in words
    assert 'href="tel:09990123456"' in words


def test_what_she_isnt_sure_of_is_asked_not_refused(client):
    assert "有 3 条要问一问" in result(client, home="unknown", payroll="unknown", overdue="unknown")


def test_not_yet_says_which_rule_what_she_answered_the_clause_and_what_else_there_is(client):
    words = result(client, born="2010-03", payroll="yes")
    assert "现在还不能申请" in words
    assert "卡在这 2 条" in words
    assert "您还没满 18 周岁" in words
    assert "您的回答：16 岁" in words
    assert "依据：第 3 条，石榴市 2026-1" in words
    assert "2028 年 3 月满 18 周岁后再来" in words
    assert "参加免费培训班" in words
    assert "要花多少钱" not in words
    assert "用这个金额申请" not in words


def a_course(offices, *, held_on: date, title: str = "家纺技能培训", places_taken: int = 10) -> Course:
    base, _made = TrainingBase.objects.get_or_create(
        name="甲村家纺培训基地",
        defaults={"kind": "training", "region": offices.villages[0], "trade": "家纺", "phone": "0999-0456800"},
    )
    return Course.objects.create(
        base=base, title=title, held_on=held_on, places=40, places_taken=places_taken, taken_before=places_taken
    )


def a_workshop(village: Region, name: str, *, phone: str) -> Workshop:
    return Workshop.objects.create(village=village, name=name, trade="家纺", jobs=8, phone=phone)


def test_whoever_cannot_have_the_loan_now_reads_of_real_courses_and_work(client, offices):
    a_course(offices, held_on=date(2026, 10, 12))
    Workshop.objects.create(
        village=offices.villages[0], name="桃林家纺车间", trade="家纺", jobs=8, phone="0999-0456701"
    )
    a_workshop(offices.villages[1], "同镇另一家", phone="0999-0456702")
    a_workshop(offices.villages[2], "樱桃镇车间", phone="0999-0456703")
    words = result(client, payroll="yes")
    for said in (
        "家纺技能培训",
        "10 月 12 日（周一） · 甲村家纺培训基地",
        "还有 30 个名额，不收费",
        'href="tel:09990456800"',
        "桃林家纺车间",
        f"{offices.towns[0]}{offices.villages[0]} · 8 个岗位",
        'href="tel:09990456701"',
        "樱桃镇车间",
    ):
        assert said in words
    assert "同镇另一家" not in words


def test_a_course_that_is_full_or_over_is_not_offered(client, offices):
    a_course(offices, held_on=date(2026, 9, 21), title="今天的")
    a_course(offices, held_on=date(2026, 10, 12), title="满了的", places_taken=40)
    words = result(client, payroll="yes")
    assert "今天的" not in words
    assert "满了的" not in words
    assert "最近的培训班" not in words


def test_what_a_correction_of_the_form_can_help_leads_nowhere_else(client, offices):
    a_course(offices, held_on=date(2026, 10, 12))
    assert "最近的培训班" not in result(client, loans="none", amount="50000")


def test_each_rule_that_she_meets_has_its_clause(client):
    words = result(client)
    assert words.count("<small>依据：") == 7


def test_the_loans_are_pictures_with_their_words(client):
    words = client.get("/check/loans", {"home": "yes", "born": "1985-03", "payroll": "no"}).content.decode()
    assert 'class="pick pictures"' in words
    for mark in MARK_OF_LOAN.values():
        assert f"icons.svg#{mark}" in words


def test_every_kind_of_loan_has_a_mark_of_its_own():
    assert set(MARK_OF_LOAN) == set(LOAN_KINDS)
    assert len(set(MARK_OF_LOAN.values())) == len(MARK_OF_LOAN)


def test_other_help_is_offered_once_however_many_rules_fail(client):
    assert result(client, born="2010-03", overdue="yes", payroll="yes").count("参加免费培训班") == 1


def test_each_answer_stands_beside_the_result_with_the_way_back_to_it(client):
    words = result(client, loans=["housing", "car"])
    assert "住房贷款、购车贷款" in words
    assert "/check/loans?home=yes&amp;born=1985-03" in words


@pytest.mark.parametrize(
    ("step", "sent", "error"),
    [
        ("", {}, "选一个答案，说明您的户口在不在本市"),
        ("/born", {}, "写上哪年哪月生"),
        ("/born", {"born_year": "85", "born_month": "3"}, "写上哪年哪月生，比如 1985 年 3 月"),
        ("/born", {"born_year": "2027", "born_month": "1"}, "出生年月不对，再看一遍"),
        ("/payroll", {"payroll": "maybe"}, "选一个答案，说明您吃不吃财政工资"),
        ("/loans", {}, "勾一下有哪些贷款，没有就勾“没有贷款”"),
        ("/loans", {"loans": ["none", "car"]}, "勾了“没有贷款”，就不用再勾别的"),
        ("/project", {}, "选一样您要做的"),
        ("/overdue", {}, "选一个答案，说明有没有还不上的贷款"),
        ("/amount", {"amount": ""}, "写上金额，比如 50000 或 5 万"),
        ("/amount", {"amount": "50 万"}, "金额要在 1 万元到 10 万元之间"),
        ("/amount", {"amount": "5.05 万"}, "金额要是 1,000 元的整数倍"),
    ],
)
def test_a_missing_or_wrong_answer_says_what_to_do_twice_in_the_same_words(client, step, sent, error):
    response = client.post(f"/check{step}", sent)
    words = response.content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert words.count(error) == 2
    assert "<title>错误：" in words


def test_what_was_typed_stays_when_it_is_refused(client):
    words = client.post("/check/born", {"born_year": "1985", "born_month": "13"}).content.decode()
    assert 'value="1985"' in words
    assert 'value="13"' in words


@pytest.mark.parametrize("amount", ["5", "5万", "五万", "50000", "50,000", "５ 万元"])
def test_an_amount_is_read_as_people_write_it(client, amount):
    response = client.post("/check/amount", {"amount": amount})
    assert "amount=50000" in response["Location"]


def test_a_question_ahead_waits_for_those_before_it(client):
    response = client.get("/check/overdue", {"home": "yes"})
    assert response["Location"] == "/check/born?home=yes"


def test_the_result_waits_for_all_answers(client):
    answers = dict(HERS)
    del answers["project"]
    assert urlsplit(client.get("/check/result", answers)["Location"]).path == "/check/project"


def test_an_address_that_says_nonsense_asks_again(client):
    response = client.get("/check/result", HERS | {"born": "once upon a time", "evil": "<script>"})
    assert urlsplit(response["Location"]).path == "/check/born"
    assert "evil" not in response["Location"]


def test_going_back_shows_what_was_answered_and_changing_it_leads_on_to_the_result(client):
    query = "home=yes&born=1985-03&payroll=no&loans=none&project=farm_stay&overdue=no&amount=50000"
    page = client.get(f"/check/born?{query}").content.decode()
    assert 'value="1985"' in page
    assert 'value="03"' in page
    response = client.post(f"/check/born?{query}", {"born_year": "2010", "born_month": "3"})
    assert urlsplit(response["Location"]).path == "/check/result"
    assert "born=2010-03" in response["Location"]


def test_the_back_link_of_the_first_question_leads_to_the_front_page(client):
    assert '<a class="back" href="/">' in client.get("/check").content.decode()


def test_a_question_that_doesnt_exist_is_no_page(client):
    assert client.get("/check/favourite-colour").status_code == HTTPStatus.NOT_FOUND


def test_the_result_asks_the_database_for_the_policy_alone(client):
    with assertNumQueries(1):
        result(client)
