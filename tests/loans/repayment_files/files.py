"""Files as banks hand them in."""

import io
from typing import Any

import openpyxl

from loans.models import Loan, RepaymentFile
from loans.repayment_files.booking import import_file
from records.stored_files import store
from records.unit_of_work import unit_of_work

HEADS = ("借据号", "还款日", "金额", "流水号", "冲正原流水号")


def csv_of(*rows: tuple[str, ...], encoding: str = "utf-8-sig") -> bytes:
    return "\r\n".join(",".join(row) for row in (HEADS, *rows)).encode(encoding)


def excel_of(*rows: tuple[Any, ...]) -> bytes:
    book, written = openpyxl.Workbook(), io.BytesIO()
    sheet: Any = book.worksheets[0]
    for row in (HEADS, *rows):
        sheet.append(row)
    book.save(written)
    return written.getvalue()


def row_of(loan: Loan, amount: str, serial: str, *, on: str = "2026-03-21", reverses: str = "") -> tuple[str, ...]:
    return (str(loan.bank_loan_no), on, amount, serial, reverses)


def taken(content: bytes, offices: Any, *, at: Any, by: Any = None, name: str = "还款.csv") -> RepaymentFile:
    """The bank's officer hands the file in and agrees to what the preview says."""
    by = by or offices.bank_officer
    stored = store(content, content_type="text/csv", by=by, at=at)
    return import_file(
        stored,
        name=name,
        bank=offices.bank,
        within=lambda act: unit_of_work(act, by=by, at=at, action="import_repayments"),
        by=by,
        at=at,
    )
