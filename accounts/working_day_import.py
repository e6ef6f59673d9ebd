"""Takes the days of a notice from a CSV file: reads it, says what it changes, and only then writes.

Columns: date, is_working, name, source, published_at. Either the whole file is good or nothing is written.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.calendars import calendar_in_force, calendar_with
from accounts.csv_rows import BadLine, UnreadableRows, in_line, lines
from accounts.models.user import User
from accounts.models.working_day import WorkingDay

COLUMNS = ("date", "is_working", "name", "source", "published_at")
YES = frozenset({"true", "1", "yes", "是", "上班"})
NO = frozenset({"false", "0", "no", "否", "休息", "放假"})
SHANGHAI = ZoneInfo("Asia/Shanghai")
FIRST_YEAR = 1949  # earlier is a slip of the pen, and the year 1 can't be stored as a moment
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Change:
    """What entering one row does: how its day stood before, and whether that was only estimated."""

    row: WorkingDay
    was_working: bool
    was_provisional: bool
    is_working: bool

    @property
    def is_moved(self) -> bool:
        return self.was_working != self.is_working


def read_rows(content: bytes, *, at: datetime) -> list[WorkingDay]:
    """The rows of the file that aren't entered yet, unsaved. Raises UnreadableRows, naming each bad line."""
    entered = {(row.day, row.published_at): row for row in WorkingDay.objects.all()}
    rows: dict[tuple[date, datetime], WorkingDay] = {}
    problems = []
    for number, cells in lines(content, columns=COLUMNS):
        try:
            row = _row(cells, at=at)
            if (row.day, row.published_at) in rows:
                raise BadLine(_("%(date)s 在这个文件里写了两遍，留一行。") % {"date": row.day})
            if not _is_entered(row, entered.get((row.day, row.published_at))):
                rows[row.day, row.published_at] = row
        except BadLine as problem:
            problems.append(in_line(number, str(problem)))
    if problems:
        raise UnreadableRows(problems)
    return list(rows.values())


def changes(rows: Sequence[WorkingDay]) -> list[Change]:
    """What entering the rows does to each of their days, in the order of the calendar."""
    before, after = calendar_in_force(), calendar_with(rows)
    return [
        Change(row, before.is_working(row.day), before.is_provisional(row.day), after.is_working(row.day))
        for row in sorted(rows, key=lambda row: row.day)
    ]


def enter_rows(rows: Sequence[WorkingDay], *, by: User, at: datetime) -> None:
    """Writes all rows or none."""
    for row in rows:
        row.entered_by, row.entered_at = by, at
    with transaction.atomic():
        WorkingDay.objects.bulk_create(rows)


def _row(cells: dict[str, str], *, at: datetime) -> WorkingDay:
    if "" in cells:
        raise BadLine(_("多了一格，逗号前后看一下。"))
    published_at = _parsed(cells["published_at"], _moment, _("公布时间写成 2026-11-04 或 2026-11-04T15:00。"))
    if published_at > at:
        raise BadLine(_("公布时间还没到，核对一下。"))
    return WorkingDay(
        day=_parsed(cells["date"], _day, _("日期写成 2027-01-01。")),
        is_working=_parsed(cells["is_working"], _yes_or_no, _("上班写 true，休息写 false。")),
        name=_words(cells["name"], "name", length_max=40),
        source=_words(cells["source"], "source", length_max=120),
        published_at=published_at,
    )


def _is_entered(row: WorkingDay, entered: WorkingDay | None) -> bool:
    """Whether the very same row is there already; a row that contradicts it is a bad line."""
    if entered is None:
        return False
    if (entered.is_working, entered.name, entered.source) == (row.is_working, row.name, row.source):
        return True
    words = _("%(date)s 已按同一公布时间录入过，内容不同。要更正，换一个更晚的公布时间。")
    raise BadLine(words % {"date": row.day})


def _parsed(text: str, parse: Callable[[str], Value], advice: str) -> Value:
    try:
        return parse(text.strip())
    except (ValueError, TypeError, OverflowError) as problem:
        raise BadLine(advice) from problem


def _day(text: str) -> date:
    year, month, day = text.replace("/", "-").split("-")
    return date(int(year), int(month), int(day))


def _moment(text: str) -> datetime:
    """A moment without a zone is one of Shanghai; a day alone is its first moment."""
    day, _separator, clock = text.replace("T", " ").partition(" ")
    moment = datetime.combine(_day(day), time.fromisoformat(clock or "00:00"))
    if moment.year < FIRST_YEAR:
        raise ValueError(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)


def _yes_or_no(text: str) -> bool:
    if text.lower() not in YES | NO:
        raise ValueError(text)
    return text.lower() in YES


def _words(text: str, column: str, *, length_max: int) -> str:
    words = text.strip()
    if not words or not words.isprintable() or len(words) > length_max:
        advice = _("%(column)s 要写，最多 %(length)d 个字。")
        raise BadLine(advice % {"column": column, "length": length_max})
    return words
