"""逐级考核 on the screen, on paper and in Excel: for the city's federation, each number with its list."""

import io
import re
from collections.abc import Iterator

import pytest
import time_machine
from openpyxl import load_workbook

from tests.reports.small_city import NOW
from tests.reports.test_merit import a_scoring
from tests.workflows.web.offices_at_work import browser_of, page_of
from workflows.models import Target


@pytest.fixture(autouse=True)
def october() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def test_the_sheet_ranks_and_says_who_is_not_ranked(city, offices):
    a_scoring(fewest_due=1)
    text = page_of(browser_of(offices.leader).get("/report/merit")).replace("\N{NO-BREAK SPACE}", " ")
    body = text[text.index("<tbody>") :]
    assert re.findall(r'data-l="名次" class="num">([^<]+)<', body) == ["1", "2", "不排名"]
    assert "演示假设，不是正式办法" in text
    assert "到期不满 1 件的不排名" in text


def test_every_number_opens_its_list(city, offices):
    leader = browser_of(offices.leader)
    text = page_of(leader.get("/report/merit"))
    links = re.findall(r'href="(/report/[\w/-]+\?[^"]*town=[^"]+)">(\d+)(?: / (\d+))?<', text)
    assert len(links) >= 6
    for link, number, whole in links:
        shown = page_of(leader.get(link.replace("&amp;", "&"))).replace("\N{NO-BREAK SPACE}", " ")
        assert f"{number} 件" in shown or f"{whole} 件" in shown, link


def test_the_workbook_says_the_same(city, offices):
    a_scoring(fewest_due=1)
    response = browser_of(offices.leader).get("/report/merit.xlsx")
    rows = list(load_workbook(io.BytesIO(response.content)).worksheets[0].iter_rows(values_only=True))
    assert rows[1][:3] == ("名次", "地方", "得分")
    assert [row[:3] for row in rows[2:]] == [
        ("1", "樱桃镇", "100.0"),
        ("2", "石榴镇", "60.0"),
        ("不排名", "柿子镇", "—"),
    ]


def test_the_city_sets_targets_and_reads_the_progress(city, offices):
    leader = browser_of(offices.leader)
    assert leader.get("/report/merit/targets").status_code == 200
    answer = leader.post("/report/merit/targets", {"990000101000-paid": "4", "990000102000-paid": ""})
    assert answer.status_code == 302
    assert Target.objects.get().number == 4
    assert ">2 / 4<" in page_of(leader.get("/report/merit"))


@pytest.mark.parametrize(("number", "status"), [("四", 422), ("-1", 422), ("1.5", 422), ("100000", 422)])
def test_what_is_no_number_leaves_nothing(city, offices, number, status):
    leader = browser_of(offices.leader)
    answer = leader.post("/report/merit/targets", {"990000101000-paid": "4", "990000102000-paid": number})
    assert answer.status_code == status
    assert not Target.objects.exists()
    assert f'value="{number}"' in answer.content.decode()


def test_last_year_is_closed(city, offices):
    leader = browser_of(offices.leader)
    answer = leader.post("/report/merit/targets?period=2025", {"990000101000-paid": "4"})
    assert answer.status_code == 409
    assert "这一年过完了" in answer.content.decode()


def test_nobody_else_reads_or_sets(city, offices):
    for who in (offices.finance_officer, offices.town_reviewer, offices.bank_officer, offices.auditor):
        browser = browser_of(who)
        for address in ("merit", "merit.xlsx", "merit/visits", "merit/targets"):
            assert browser.get(f"/report/{address}").status_code == 404
        assert browser.post("/report/merit/targets", {"990000101000-paid": "4"}).status_code == 404
    assert browser_of(offices.leader).get("/report/merit?town=990000999000").status_code == 404


def test_the_pages_ask_a_fixed_number_of_questions(city, offices, django_assert_max_num_queries):
    a_scoring(fewest_due=1)
    leader = browser_of(offices.leader)
    leader.get("/report/merit")
    for address, most in (("merit", 25), ("merit/visits", 12), ("merit/targets", 8)):
        with django_assert_max_num_queries(most):
            leader.get(f"/report/{address}")
