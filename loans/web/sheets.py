"""Tables as Excel files: figures as figures, everything else as text that no spreadsheet takes for a formula."""

import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

import xlsxwriter
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from records.spreadsheets import XLSX, Cell

# Wide enough for a sum of millions, and for a quarter's name.
COLUMN_WIDTH = 18


def yuan_of(fen: int) -> Decimal:
    return Decimal(fen) / 100


def sheet_response(name: str, *, title: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """One sheet to download: its title, its headings, its rows. Decimals are sums of money."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet()
    bold, money = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0.00"})
    sheet.set_column(0, len(headings) - 1, COLUMN_WIDTH)
    sheet.write_string(0, 0, title, bold)
    for column, heading in enumerate(headings):
        sheet.write_string(1, column, heading, bold)
    for row, cells in enumerate(rows, start=2):
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                sheet.write_string(row, column, cell)
            else:
                sheet.write_number(row, column, cell, money if isinstance(cell, Decimal) else None)
    sheet.freeze_panes(2, 1)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    book.close()
    response = HttpResponse(target.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return response
