import io
from http import HTTPStatus
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from applicants.models import HelpedMother
from loans import mutual_help
from tests.makers.mutual_help import a_fund, agreed, paid, proposed
from tests.makers.people import OPENED_AT
from tests.workflows.web.offices_at_work import browser_of, page_of


@pytest.fixture
def city(offices):
    return browser_of(offices.city_reviewer)


def test_the_ledger_shows_gifts_help_and_what_each_left(offices, city):
    helped = paid(offices)
    HelpedMother.objects.create(
        village=offices.villages[1],
        name_masked="石••",
        helped_on=OPENED_AT.date(),
        amount_fen=50_000,
        purpose="买猪苗",
    )
    words = page_of(city.get("/mutual-help"))
    for said in ("匿名", "谷••", "10,000.00", "8,000.00", "还在还", "还帮过 1 位，共 500.00 元", "data-print"):
        assert said in words, said
    assert helped.name not in words


def test_the_whole_ledger_comes_as_excel_the_oldest_first(offices, city):
    paid(offices)
    answer = city.get("/mutual-help.xlsx")
    assert answer.status_code == HTTPStatus.OK
    rows = list(load_workbook(io.BytesIO(answer.content)).worksheets[0].values)
    assert rows[1][:3] == ("日期", "类别", "姓名")
    assert [row[6] for row in rows[2:]] == [10_000, 8_000]


def test_without_a_fund_there_is_no_page(offices, city):
    assert city.get("/mutual-help").status_code == HTTPStatus.NOT_FOUND


def test_the_page_costs_as_many_queries_however_long_the_ledger_is(offices, city):
    fund = a_fund(offices)
    agreed(proposed(fund, offices), offices)
    city.get("/mutual-help")
    with CaptureQueriesContext(connection) as few:
        city.get("/mutual-help")
    for number in range(5):
        agreed(proposed(fund, offices, amount_fen=1_000), offices)
        gift: dict[str, Any] = {"amount_fen": 100, "value_on": OPENED_AT.date(), "voucher_no": f"捐 {number}"}
        mutual_help.donate(fund, **gift, by=offices.leader, at=OPENED_AT)
    with CaptureQueriesContext(connection) as many:
        city.get("/mutual-help")
    assert len(many) == len(few)
