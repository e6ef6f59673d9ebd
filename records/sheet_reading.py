"""Reads the first sheet of an Excel workbook as text. What a spreadsheet has spoilt is told from what it kept."""

import io
import zipfile
from datetime import date, datetime
from typing import Any, Final

import openpyxl

# A workbook is packed: a small file may unpack to a very large one.
UNPACKED_BYTES: Final = 20_000_000
# Excel keeps fifteen digits of a number; of a longer one the rest are zeros that nobody wrote.
_DIGITS_KEPT: Final = 10**15


class UnreadableSheet(Exception):
    """The file is no workbook, or one that is too large."""


def table_of(content: bytes, *, most_rows: int) -> list[list[str]]:
    """The cells of each row, the heading first; a formula stays text that begins with "=". Raises UnreadableSheet."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(one.file_size for one in packed.infolist()) > UNPACKED_BYTES:
                raise UnreadableSheet
        sheet = openpyxl.load_workbook(io.BytesIO(content), read_only=True).active
        rows = [] if sheet is None else list(sheet.iter_rows(max_row=most_rows + 2, values_only=True))
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, AttributeError) as error:
        raise UnreadableSheet from error
    if len(rows) > most_rows + 1:
        raise UnreadableSheet
    return [[_text(cell) for cell in row] for row in rows]


def _text(cell: Any) -> str:
    if isinstance(cell, datetime | date):
        return cell.strftime("%Y-%m-%d")
    if isinstance(cell, int | float) and abs(cell) >= _DIGITS_KEPT:
        return f"{cell:.5E}"  # as Excel itself shows it, and no number of a loan
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else str(cell).strip()
