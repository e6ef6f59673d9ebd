"""还款导入: looked at first, booked by the press of a button, and never twice."""

import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from loans.models import Loan, Repayment, RepaymentFile
from loans.repayment_files.reading import COLUMNS
from tests.loans.repayment_files.files import csv_of, excel_of, row_of
from tests.makers.loans import moment
from tests.makers.people import Offices
from tests.workflows.web.offices_at_work import browser_of, page_of

TODAY = date(2026, 7, 1)
URL = "/partner/repayments"


@pytest.fixture(autouse=True)
def july() -> Iterator[None]:
    with time_machine.travel(moment(TODAY), tick=False):
        yield


@pytest.fixture
def bank(offices: Offices) -> Client:
    return browser_of(offices.bank_officer)


def look(browser: Client, content: bytes, name: str = "六月.csv") -> Any:
    return browser.post(URL, {"table": SimpleUploadedFile(name, content)})


def confirm(browser: Client, preview: Any) -> Any:
    fields = dict(re.findall(r'name="(apply|name)" value="([^"]*)"', page_of(preview)))
    return browser.post(URL, fields)


def words_of(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page_of(response)).split())


def test_a_file_is_looked_at_and_then_booked(bank: Client, loan: Loan):
    preview = look(bank, csv_of(row_of(loan, "68.75", "R1"), row_of(loan, "99999", "R2"), ("X", "x", "1", "R3")))
    text = words_of(preview)
    assert "文件已读完，还没有入账。" in text
    assert "匹配 1 行 金额不符 1 行 找不到 0 行 重复 0 行 还有：读不懂 1 行。" in text
    assert "入账 1 笔，还款 68.75 元" in text
    assert not Repayment.objects.exists()
    answer = confirm(bank, preview)
    file = RepaymentFile.objects.get()
    assert answer["Location"] == f"{URL}/{file.pk}"
    assert (file.name, Repayment.objects.get().bank_serial) == ("六月.csv", "R1")
    assert "没入账 2 行" in words_of(bank.get(answer["Location"]))


def test_the_same_file_again_says_when_it_was_taken(bank: Client, loan: Loan):
    content = csv_of(row_of(loan, "68.75", "R1"))
    preview = look(bank, content)
    confirm(bank, preview)
    for again in (look(bank, content), confirm(bank, preview)):
        assert again.status_code == 409
        assert re.search(r"7\s月\s1\s日\s10:00 已经导入过", page_of(again))
        assert f'href="{URL}/{RepaymentFile.objects.get().pk}"' in page_of(again)
    assert Repayment.objects.count() == 1


def test_an_excel_file_is_taken_too(bank: Client, loan: Loan):
    confirm(bank, look(bank, excel_of((loan.bank_loan_no, date(2026, 3, 21), 68.75, "R1")), "六月.xlsx"))
    assert Repayment.objects.get().amount_fen == 6_875


@pytest.mark.parametrize("sent", [{}, {"table": SimpleUploadedFile("x.csv", b"a,b\n1,2")}])
def test_what_is_no_such_file_is_told_so(bank: Client, sent: Any):
    answer = bank.post(URL, sent)
    assert answer.status_code == 422
    assert "下载样表" in page_of(answer)


def test_nobody_books_what_another_looked_at(bank: Client, offices: Offices, loan: Loan):
    preview = look(bank, csv_of(row_of(loan, "68.75", "R1")))
    assert confirm(browser_of(offices.bank_officer2), preview).status_code == 404
    assert not Repayment.objects.exists()


@pytest.mark.parametrize("who", ["guarantor_officer", "finance_officer", "town_reviewer", "auditor"])
def test_other_offices_know_of_no_such_page(offices: Offices, loan: Loan, who: str):
    browser = browser_of(getattr(offices, who))
    assert browser.get(URL).status_code == 404
    assert look(browser, csv_of(row_of(loan, "68.75", "R1"))).status_code == 404


def test_the_sample_is_a_table_that_we_read(bank: Client):
    sheet: Any = load_workbook(BytesIO(bank.get(f"{URL}/sample.xlsx").content)).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert list(rows[0]) == list(COLUMNS.values())
    assert len(rows) == 3


def test_earlier_files_cost_the_same_however_many_they_are(
    bank: Client, loan: Loan, django_assert_num_queries: DjangoAssertNumQueries
):
    for number in range(3):
        confirm(bank, look(bank, csv_of(row_of(loan, "1", f"R{number}"), ("X", "2026-03-21", "1", f"X{number}"))))
    # session, user, memberships, files
    with django_assert_num_queries(4):
        text = words_of(bank.get(URL))
    assert text.count("六月.csv") == 3
    assert "1 行" in text
