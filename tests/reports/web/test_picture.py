"""一张图: who reads it, that it says what was counted by hand, and that every number opens as many cases."""

import re
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.makers.cases import a_case_in
from tests.makers.people import Offices, phone_user
from tests.reports.small_city import NOW, september
from tests.workflows.web.offices_at_work import browser_of, page_of
from workflows.states import State

# Session and user, and her memberships.
SIGNED_IN = 3


@pytest.fixture(autouse=True)
def october() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def leader(offices: Offices) -> Client:
    return browser_of(offices.leader)


def cards_of(text: str) -> dict[str, tuple[str, str]]:
    """Figure and detail of each card, by its label."""
    card = (
        r'<dl class="stat [^"]*"><dt>([^<]+)</dt><dd><b>([^<]+)</b>(?: <small>[^<]*</small>)?</dd><dd class="x">([^<]+)'
    )
    plain = text.replace("\N{NO-BREAK SPACE}", " ")
    return {label: (figure, detail) for label, figure, detail in re.findall(card, plain)}


@pytest.mark.parametrize("who", ["leader", "city_reviewer", "finance_officer"])
def test_the_city_and_the_bureau_read_it(programme, offices, who):
    text = page_of(browser_of(getattr(offices, who)).get("/report"))
    assert "这段时间还没有数据" in text
    assert '<a href="/report" aria-current="page">一张图</a>' in text


@pytest.mark.parametrize(
    "who", ["helper", "town_reviewer", "guarantor_officer", "bank_officer", "sysadmin", "secadmin", "auditor"]
)
def test_nobody_else_is_told_of_it(programme, offices, who):
    browser = browser_of(getattr(offices, who))
    assert browser.get("/report").status_code == 404
    assert browser.get("/report/paid").status_code == 404


def test_women_and_strangers_neither(programme, client):
    assert browser_of(phone_user("13800000001")).get("/report").status_code == 404
    assert client.get("/report").headers["Location"] == "/staff/login?next=/report"


def test_the_cards_say_what_was_counted_by_hand(city, leader):
    text = page_of(leader.get("/report"))
    assert cards_of(text) == {
        "申报": ("8", "这段时间交上来的"),
        "发放": ("3", "3 位姐妹"),
        "金额": ("17", "平均 56,666 元"),
        # Of five million 170,000 are out, and 50,000 reserved.
        "还能用": ("478", "额度 500 万元"),
        "7 日按时率": ("50%", "4 件到期，2 件按时"),
        "平均用时": ("3.3", "从交申请到钱到账 7.3 天"),
        "现在超期": ("1", "过了承诺的日子还没办完"),
        "另列": ("1", "到期，但没批、撤回或过期"),
    }
    plain = text.replace("\N{NO-BREAK SPACE}", " ")
    assert "3 位姐妹拿到 17 万元" in plain
    assert "摸底 0 人次；培训 0 人次；申报 8 件；通过 4 件 · 50%；放款 3 件 · 75%；还清 0 件 · 0%" in plain
    assert "按时 2 件；超期 2 件；另列：没批、撤回、过期 1 件" in plain


def test_the_table_of_towns_foots(city, leader):
    text = page_of(leader.get("/report"))
    table = text[text.index("各镇申报、放款和金额") :]
    numbers = re.findall(r"<tr><th scope=\"row\">([^<]+)</th>(.*?)</tr>", table[: table.index("</table>")])
    rows = [(name, *re.findall(r"[\d,.]+(?=</)", cells.replace("</td>", "</"))) for name, cells in numbers]
    assert rows == [
        ("石榴镇", "6", "2", "100,000.00"),
        ("樱桃镇", "1", "1", "70,000.00"),
        ("柿子镇", "1", "0", "0.00"),
        ("合计", "8", "3", "170,000.00"),
    ]


def test_what_is_overdue_stands_there_with_whoever_has_it(city, leader, offices):
    waiting = city["waiting"]
    text = page_of(leader.get("/report"))
    section = text[text.index('id="overdue-title"') :]
    assert f'<a href="/case/{waiting.number}">{waiting.applicant.full_name}</a>' in section
    assert "石榴镇妇联" in section
    assert "已超 5 天" in section


def test_every_link_opens_as_many_cases_as_its_number_says(city, leader):
    text = page_of(leader.get("/report?period=2026"))
    expected = {
        "declared": 8,
        "approved": 4,
        "completed": 3,
        "paid": 3,
        "on-time": 2,
        "late": 2,
        "apart": 1,
        "overdue": 1,
    }
    links = set(re.findall(r'href="(/report/[^"?]+\?[^"]+)"', text))
    assert {re.findall(r"/report/([\w-]+)", link)[0] for link in links} == set(expected)
    by_town = {"990000101000": {"declared": 6, "paid": 2}, "990000102000": {"declared": 1, "paid": 1}}
    for link in links:
        shown = page_of(leader.get(link.replace("&amp;", "&")))
        figure = re.findall(r"/report/([\w-]+)", link)[0]
        town = re.findall(r"town=(\d+)", link)
        count = by_town.get(town[0], {"declared": 1})[figure] if town else expected[figure]
        assert len(set(re.findall(r'href="/case/(W2026-\d+)"', shown))) == count, link
        assert f"{count} 件" in shown


def test_a_list_names_its_cases_with_their_days(city, leader):
    tardy = city["tardy"]
    text = page_of(leader.get("/report/late?period=2026-10")).replace("\N{NO-BREAK SPACE}", " ")
    assert f'<a href="/case/{tardy.number}">{tardy.applicant.full_name}</a>' in text
    for words in ("2026 年 10 月", "9 月 21 日", "10 月 8 日", "10 月 13 日", "50,000.00"):
        assert words in text


def test_the_bureau_reads_figures_and_no_names(city, offices):
    browser = browser_of(offices.finance_officer)
    text = page_of(browser.get("/report"))
    assert cards_of(text)["申报"] == ("8", "这段时间交上来的")
    assert "/report/" not in text
    assert "/case/" not in text
    for case in city.values():
        assert case.applicant.full_name not in text
    assert city["waiting"].number in text
    assert browser.get("/report/paid").status_code == 404


def test_the_period_stands_in_the_address(city, leader):
    text = page_of(leader.get("/report?period=2026-09"))
    assert "2026 年 9 月，" in text
    assert cards_of(text)["申报"][0] == "7"
    assert cards_of(text)["7 日按时率"] == ("—", "这段时间还没有到期的")
    assert 'href="?period=2026-08" rel="prev"' in text
    assert 'href="?period=2026-10" rel="next"' in text
    assert 'rel="next"' not in page_of(leader.get("/report?period=2026-10"))
    for choice in ("?period=2026", "?period=2026H2", "?period=2026-10"):
        assert f'href="{choice}"' in text


@pytest.mark.parametrize("wrong", ["2026-13", "x", "", "99999999"])
def test_an_address_without_a_period_is_about_this_year(programme, leader, wrong):
    assert "2026 年，" in page_of(leader.get(f"/report?period={wrong}"))


@pytest.mark.parametrize("address", ["/report/everything", "/report/paid?town=990000999000", "/report/paid?town=x"])
def test_a_list_that_does_not_exist_is_not_found(programme, leader, address):
    assert leader.get(address).status_code == 404


def test_on_paper_it_says_whose_it_is_and_when_it_was_printed(programme, leader):
    text = page_of(leader.get("/report?period=2026-09")).replace("\N{NO-BREAK SPACE}", " ")
    assert re.search(r'<link rel="stylesheet" href="[^"]*report_print[^"]*\.css" media="print">', text)
    head = text[text.index('class="print-head"') :]
    for words in ("石榴市妇女联合会", "一张图", "2026 年 9 月", "10 月 14 日 09:00 打印"):
        assert words in head[: head.index("</div>")]


def test_an_empty_list_says_so(programme, leader):
    assert "现在没有。" in page_of(leader.get("/report/paid"))


def test_the_page_asks_the_database_a_fixed_number_of_questions(
    programme, offices, leader, django_assert_max_num_queries: DjangoAssertNumQueries
):
    for _ in range(2):
        a_case_in(State.DISBURSED, offices, at=september(21))
        a_case_in(State.SURVEY, offices, at=september(21))
    leader.get("/report")
    with django_assert_max_num_queries(SIGNED_IN + 17):
        leader.get("/report")
    with django_assert_max_num_queries(SIGNED_IN + 3):
        leader.get("/report/declared")
