"""Files for Excel: text stays text, whatever it looks like, and nothing in them is ever reckoned."""

import csv
import io
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from records import spreadsheets

AT = datetime(2026, 9, 21, 1, 0, tzinfo=UTC)
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1+1", " =HYPERLINK(0)", "\r=1")


def sheet_of(written: bytes) -> Any:
    return load_workbook(io.BytesIO(written)).worksheets[0]


def read_csv(written: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline="")))


def test_a_number_that_is_a_name_keeps_all_its_digits():
    written = spreadsheets.workbook("待办", ["账号", "金额"], [["990000199001010025", Decimal("50000.05")]], at=AT)
    sheet = sheet_of(written)
    account, amount = sheet["A2"], sheet["B2"]
    assert (account.value, account.data_type) == ("990000199001010025", "s")
    assert (amount.value, amount.number_format) == (50000.05, "#,##0.00")


@pytest.mark.parametrize("text", FORMULAS)
def test_what_looks_like_a_formula_is_text_in_both(text):
    sheet = sheet_of(spreadsheets.workbook("待办", ["姓名"], [[text]], at=AT))
    assert sheet["A2"].data_type == "s"
    assert read_csv(spreadsheets.csv_file(["姓名"], [[text]]))[1] == [f"'{text}"]


def test_text_that_is_none_comes_as_it_is():
    written = spreadsheets.csv_file(["姓名", "金额"], [["阿依·古丽", Decimal("-5.00")], ['逗号,引号"', 3]])
    assert written.startswith(b"\xef\xbb\xbf")
    assert read_csv(written)[1:] == [["阿依·古丽", "-5.00"], ['逗号,引号"', "3"]]
