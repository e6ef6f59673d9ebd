"""Reads the CSV files that offices hand in: whatever their spreadsheet saved, with every bad line named."""

import csv
import io
from collections.abc import Sequence

from django.utils.translation import gettext as _


class UnreadableRows(Exception):
    """The file has lines that can't be taken. `problems` names each by its number; nothing was written."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class BadLine(Exception):
    """One line that can't be taken; its words say what to write instead."""


def lines(content: bytes, *, columns: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    """Each line with something in it: its number, and its cells by column. Raises UnreadableRows.

    A line with more cells than the heading has them under the key "".
    """
    reader = csv.DictReader(io.StringIO(_text(content), newline=""), restkey="", restval="", strict=True)
    try:
        missing = [column for column in columns if column not in (reader.fieldnames or ())]
        if missing:
            raise UnreadableRows([in_line(1, _("缺少这些列：%(columns)s。") % {"columns": "、".join(missing)})])
        found = [(reader.line_num, cells) for cells in reader if any(cells.values())]
    except csv.Error as problem:
        raise UnreadableRows([in_line(reader.line_num, _("不是 CSV 格式（%s）。") % problem)]) from problem
    if not found:
        raise UnreadableRows([_("文件里一行也没有写。")])
    return found


def in_line(number: int, problem: str) -> str:
    return _("第 %(number)d 行：%(problem)s") % {"number": number, "problem": problem}


def _text(content: bytes) -> str:
    """Spreadsheets in China still save CSV as GB18030 unless told otherwise."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", errors="replace")
