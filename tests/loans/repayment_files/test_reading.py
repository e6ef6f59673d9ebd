from datetime import date

import pytest

from loans.repayment_files.reading import read_lines
from loans.repayment_files.refusals import NotARepaymentFile
from tests.loans.repayment_files.files import csv_of, excel_of

LONG = "622848001234567890"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_table_is_read_as_a_spreadsheet_saved_it(encoding):
    (line,) = read_lines(csv_of((LONG, "2026/3/21", '"1,234.50"', "R1"), encoding=encoding))
    assert (line.bank_loan_no, line.value_on, line.amount_fen) == (LONG, date(2026, 3, 21), 123_450)
    assert (line.number, line.bank_serial, line.reverses_serial, line.problem) == (2, "R1", "", "")


def test_excel_is_read_with_its_dates_and_numbers():
    (line,) = read_lines(excel_of((LONG, date(2026, 3, 21), 1234.5, "R1", None)))
    assert (line.bank_loan_no, line.value_on, line.amount_fen) == (LONG, date(2026, 3, 21), 123_450)


def test_what_keeps_a_number_text_is_no_part_of_it():
    (line,) = read_lines(csv_of((f"'{LONG}", "20260321", "100", "\tR1")))
    assert (line.bank_loan_no, line.bank_serial, line.problem) == (LONG, "R1", "")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("6.22848E+17", "2026-03-21", "100", "R1"), "位数丢了"),
        (("=1+1", "2026-03-21", "100", "R1"), "是公式"),
        (("JJ1", "2026-03-21", "=SUM(A1)", "R1"), "是公式"),
        (("JJ1", "2026-02-30", "100", "R1"), "日期要写成"),
        (("JJ1", "2026-03-21", "100.005", "R1"), "最多写到分"),
        (("JJ1", "2026-03-21", "一百块吧", "R1"), "金额要写数字"),
        (("JJ1", "2026-03-21", "100", ""), "“流水号”没有写"),
        (("JJ1", "2026-03-21", "100", "R" * 41), "最多 40 个字"),
    ],
)
def test_a_row_that_can_not_be_read_says_why_and_the_others_are_read(row, said):
    bad, good = read_lines(csv_of(row, ("JJ2", "2026-03-21", "100", "R2")))
    assert said in bad.problem
    assert good.problem == ""
    assert all(len(text) <= 40 for text in bad.cells.values())


def test_a_number_of_which_excel_lost_digits_is_not_taken_for_another():
    (line,) = read_lines(excel_of((622848001234567890, "2026-03-21", 100, "R1", "")))
    assert "位数丢了" in line.problem


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 no workbook", b"\x00\x01", csv_of(), excel_of(), b"x" * 2_000_001]
)
def test_what_is_no_table_is_refused(content):
    with pytest.raises(NotARepaymentFile, match="下载样表"):
        read_lines(content)


def test_a_table_without_a_column_names_it():
    with pytest.raises(NotARepaymentFile, match="流水号"):
        read_lines("借据号,还款日,金额\nJJ1,2026-03-21,100".encode())
