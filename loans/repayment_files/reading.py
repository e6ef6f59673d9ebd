"""The bank's file as rows: CSV as its spreadsheet saved it, or Excel. What can't be read is said of its row."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext as _

from accounts import csv_rows
from loans.money import NotAnAmount, parse_yuan
from loans.repayment_files.refusals import NotARepaymentFile
from loans.wording import WORDS
from records.sheet_reading import UnreadableSheet, table_of

LARGEST_BYTES, MOST_ROWS = 2_000_000, 500
# Our name of each column, and the bank's.
COLUMNS: Final[Mapping[str, str]] = {
    "bank_loan_no": "借据号",
    "value_on": "还款日",
    "amount": "金额",
    "bank_serial": "流水号",
    "reverses_serial": "冲正原流水号",
}
_NEEDED: Final = ("bank_loan_no", "value_on", "amount", "bank_serial")
_LONGEST: Final = 40
_DATES: Final = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d")
_FORMULA: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_CUT_SHORT: Final = re.compile(r"\d(\.\d+)?E\+\d+", re.IGNORECASE)
_ZIP: Final = b"PK\x03\x04"


@dataclass(frozen=True)
class Line:
    """One row: its cells as they were written, what they say, or why they can't be read."""

    number: int
    cells: Mapping[str, str]
    value_on: date
    amount_fen: int
    problem: str = ""

    @property
    def bank_loan_no(self) -> str:
        return self.cells["bank_loan_no"]

    @property
    def bank_serial(self) -> str:
        return self.cells["bank_serial"]

    @property
    def reverses_serial(self) -> str:
        return self.cells["reverses_serial"]


def read_lines(content: bytes) -> list[Line]:
    """Every row that isn't empty. Raises NotARepaymentFile."""
    if len(content) > LARGEST_BYTES:
        raise NotARepaymentFile
    lines = [_line(number, cells) for number, cells in (_of_excel if content.startswith(_ZIP) else _of_csv)(content)]
    if not 0 < len(lines) <= MOST_ROWS:
        raise NotARepaymentFile(_("一个文件最多 %(rows)s 行，至少一行。") % {"rows": MOST_ROWS})
    return lines


def _of_csv(content: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        found = csv_rows.lines(content, columns=[COLUMNS[name] for name in _NEEDED])
    except csv_rows.UnreadableRows as error:
        raise NotARepaymentFile(error.problems[0]) from error
    for number, cells in found:
        yield number, {name: cells.get(label, "") for name, label in COLUMNS.items()}


def _of_excel(content: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        table = table_of(content, most_rows=MOST_ROWS)
    except UnreadableSheet as error:
        raise NotARepaymentFile from error
    heads = table[0] if table else []
    missing = [COLUMNS[name] for name in _NEEDED if COLUMNS[name] not in heads]
    if missing:
        raise NotARepaymentFile(_("缺少这些列：%(columns)s。") % {"columns": "、".join(missing)})
    places = {name: heads.index(label) for name, label in COLUMNS.items() if label in heads}
    for number, row in enumerate(table[1:], start=2):
        if any(row):
            yield number, {name: row[places[name]] if name in places else "" for name in COLUMNS}


def _line(number: int, raw: Mapping[str, str]) -> Line:
    # An apostrophe or a tab before a number keeps it text in a spreadsheet; it isn't part of the number.
    cells = {name: text.strip().removeprefix("'").strip() for name, text in raw.items()}
    value_on, amount_fen, problem = date.min, 0, next(_spoilt(cells), "")
    try:
        value_on, amount_fen = _day(cells["value_on"]), parse_yuan(cells["amount"])
    except NotAnAmount as error:
        problem = problem or str(WORDS[error.code])
    except ValueError:
        problem = problem or str(WORDS["date_not_a_date"])
    kept = {name: text[:_LONGEST] for name, text in cells.items()}
    return Line(number, kept, value_on, amount_fen, problem)


def _spoilt(cells: Mapping[str, str]) -> Iterator[str]:
    """What a spreadsheet made of the cells, or nobody wrote in them."""
    for name, text in cells.items():
        column = {"column": COLUMNS[name]}
        if text.startswith(_FORMULA):
            yield _("“%(column)s”是公式，改成文字") % column
        if name != "amount" and _CUT_SHORT.fullmatch(text):
            yield _("“%(column)s”存成了数字，位数丢了。这一列设成文本再存") % column
        if not text and name in _NEEDED:
            yield _("“%(column)s”没有写") % column
        if len(text) > _LONGEST:
            yield _("“%(column)s”最多 40 个字") % column


def _day(text: str) -> date:
    for form in _DATES:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise ValueError(text)
