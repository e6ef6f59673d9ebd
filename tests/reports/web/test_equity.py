"""公平情况 says what the differences are and aren't, and its file tells of no single woman."""

import io
from collections.abc import Iterator

import pytest
import time_machine
from openpyxl import load_workbook

from tests.reports.small_city import NOW
from tests.workflows.web.offices_at_work import browser_of, page_of


@pytest.fixture(autouse=True)
def october() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def test_the_city_reads_the_figures_with_what_they_mean(city, offices, django_assert_max_num_queries):
    leader = browser_of(offices.leader)
    text = page_of(leader.get("/report/equity")).replace("\N{NO-BREAK SPACE}", " ")
    assert '<td data-l="不批" class="num">1（16%）</td>' in text
    for words in ("按镇", "按年龄", "本人填还是代办", "从哪里来", "没有做统计检验"):
        assert words in text
    with django_assert_max_num_queries(8):
        leader.get("/report/equity")


def test_the_file_hides_small_cells(city, offices):
    response = browser_of(offices.leader).get("/report/equity.xlsx")
    rows = list(load_workbook(io.BytesIO(response.content)).worksheets[0].iter_rows(min_row=3, values_only=True))
    towns = {row[1]: row[2:] for row in rows if row[0] == "按镇"}
    few = "人少，不列"
    assert towns["樱桃镇"] == towns["柿子镇"] == (few, few, few, few, "—")
    assert towns["石榴镇"][1:4] == ("6", few, few)


def test_an_empty_period_says_so(programme, offices):
    assert "这段时间还没有申请。" in page_of(browser_of(offices.leader).get("/report/equity?period=2025"))


def test_it_is_for_the_city_alone(programme, offices):
    for who in (offices.finance_officer, offices.town_reviewer, offices.auditor):
        for address in ("equity", "equity.xlsx"):
            assert browser_of(who).get(f"/report/{address}").status_code == 404
