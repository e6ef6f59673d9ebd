"""台账: what the federation keeps beside the loans, each list with its sums."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from applicants.models import Course, HelpedMother, TrainingBase, Workshop
from tests.makers.people import Offices, region
from tests.workflows.web.offices_at_work import browser_of, page_of

# Session and user, and her memberships.
SIGNED_IN = 3


@pytest.fixture
def kept(offices: Offices) -> None:
    first, second = offices.villages[0], offices.villages[2]
    base = TrainingBase.objects.create(kind="training", name="河湾村柳编培训基地", region=first, trade="柳编")
    TrainingBase.objects.create(kind="model", name="桃林村樱桃示范基地", region=second, trade="樱桃")
    for number, taken in ((1, 50), (2, 38)):
        Course.objects.create(
            base=base,
            title=f"柳编 {number} 期",
            held_on=date(2026, 9, number),
            places=50,
            places_taken=taken,
            taken_before=taken,
        )
    Workshop.objects.create(village=second, name="桃林村家纺车间", trade="家纺", jobs=12, phone="0999-0456701")
    for village, name in ((first, "甲某某"), (second, "乙某某")):
        HelpedMother.objects.create(
            village=village, name_masked=name, helped_on=date(2026, 8, 1), amount_fen=200_000, purpose="买种苗"
        )


def looked_at(user, tab: str = "") -> str:
    return page_of(browser_of(user).get(f"/work/registers?tab={tab}")).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("who", ["helper", "town_reviewer", "city_reviewer", "leader"])
def test_the_federation_keeps_them(offices, who):
    text = looked_at(getattr(offices, who))
    assert "还没有培训基地" in text
    assert '<a href="/work/registers" aria-current="page">台账</a>' in text


@pytest.mark.parametrize("who", ["guarantor_officer", "bank_officer", "finance_officer", "sysadmin", "auditor"])
def test_nobody_else_is_told_of_them(kept, offices, who):
    assert browser_of(getattr(offices, who)).get("/work/registers").status_code == 404


@pytest.mark.parametrize(
    ("tab", "words"),
    [
        ("training", ["培训基地 1", "河湾村柳编培训基地", "石榴镇河湾村", "柳编"]),
        ("model", ["示范基地 1", "桃林村樱桃示范基地", "樱桃镇桃林村"]),
        ("courses", ["培训班 2", "100 个名额，88 人参加了", "柳编 1 期", "2026 年 9 月 1 日"]),
        ("workshops", ["乡下车间 1", "12 个岗位", "桃林村家纺车间", 'href="tel:0999-0456701"']),
        ("mothers", ["帮过的母亲 2", "一共帮了 4,000 元，不收利息", "甲某某", "2,000.00"]),
    ],
)
def test_each_list_has_its_rows_and_what_they_come_to(kept, offices, tab, words):
    text = looked_at(offices.leader, tab)
    for one in words:
        assert one in text


def test_the_tabs_count(kept, offices):
    text = looked_at(offices.leader)
    for words in (
        "培训基地 <b>1</b>",
        "示范基地 <b>1</b>",
        "培训班 <b>2</b>",
        "乡下车间 <b>1</b>",
        "帮过的母亲 <b>2</b>",
    ):
        assert words in text


def test_a_village_sees_the_bases_of_the_city_and_the_mothers_of_its_own(kept, offices):
    assert "桃林村家纺车间" in looked_at(offices.helper, "workshops")
    mothers = looked_at(offices.helper, "mothers")
    assert "甲某某" in mothers
    assert "乙某某" not in mothers
    assert "帮过的母亲 1" in mothers


def test_another_city_is_none_of_theirs(kept, offices):
    elsewhere = region("990900000000", "梨花市")
    TrainingBase.objects.create(kind="training", name="梨花市基地", region=elsewhere, trade="梨")
    assert "梨花市基地" not in looked_at(offices.leader, "training")


def test_a_tab_that_does_not_exist_is_the_first_one(kept, offices):
    assert "培训基地 1" in looked_at(offices.leader, "x")


def test_long_registers_have_pages(offices):
    Workshop.objects.bulk_create(
        Workshop(village=offices.villages[number % 6], name=f"车间 {number:02d}", trade="家纺", jobs=1, phone="")
        for number in range(52)
    )
    first = looked_at(offices.leader, "workshops")
    assert "乡下车间 52，52 个岗位" in first.replace('</span><span class="cl">', "")
    assert first.count('<th scope="row">') == 50
    assert 'rel="next"' in first


def test_the_page_asks_the_database_a_fixed_number_of_questions(
    kept, offices, django_assert_max_num_queries: DjangoAssertNumQueries
):
    browser = browser_of(offices.leader)
    browser.get("/work/registers?tab=mothers")
    with django_assert_max_num_queries(SIGNED_IN + 8):
        browser.get("/work/registers?tab=mothers")
