"""Tables as files: an Excel workbook, or text that Excel reads. No cell is ever a formula, whatever somebody typed."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Final

import xlsxwriter

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# Numbers are for sums; what only looks like a number (a case's, an account's) comes as text.
Cell = str | int | Decimal

# With these a spreadsheet begins to reckon, or to call other programs; the wide ones too, in Chinese settings.
_STARTS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_SETTINGS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_WIDEST: Final = 40


def workbook(title: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]], *, at: datetime) -> bytes:
    """One sheet: text as text, numbers with two decimal places, the heads kept in sight."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, _SETTINGS)
    book.set_properties({"title": title, "created": at.replace(tzinfo=None)})
    sheet = book.add_worksheet(title)
    bold, text, number = (
        book.add_format({"bold": True}),
        book.add_format({"num_format": "@"}),
        book.add_format({"num_format": "#,##0.00"}),
    )
    widths = [len(head) for head in heads]
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, bold)
    for line, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(line, column, cell, text)
            else:
                sheet.write_number(line, column, cell, number)
            widths[column] = max(widths[column], len(str(cell)))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, min(width, _WIDEST) * 2)
    sheet.freeze_panes(1, 0)
    book.close()
    return written.getvalue()


def csv_file(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with its mark, by which Excel tells it from GB18030."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(heads)
    writer.writerows([_harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return written.getvalue().encode("utf-8-sig")


def _harmless(text: str) -> str:
    """A cell of text has no type in this format: an apostrophe before it keeps it from being reckoned."""
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) or text.lstrip().startswith(_STARTS_A_FORMULA) else text
