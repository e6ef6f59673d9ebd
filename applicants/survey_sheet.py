"""摸底 in Excel: out as plain text cells, in with each bad row and its reason, and never a row twice."""

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Region, User
from applicants import survey_ledger
from applicants.identity import NotValid, mask_mobile, read_full_name, read_mobile
from applicants.models import SurveyedWoman
from applicants.models.survey_ledger import AgeBand, Willing, WishBand
from applicants.survey_ledger import Told
from records.refusals import Refusal
from records.sheet_reading import UnreadableSheet, table_of
from records.spreadsheets import workbook

LARGEST_BYTES, MOST_ROWS = 2_000_000, 2_000
COLUMNS: Final[dict[str, str]] = {
    "village": "镇和村",
    "full_name": "姓名",
    "place": "组、门牌",
    "age_band": "年龄",
    "doing": "在做什么",
    "wants": "想做什么",
    "wish_band": "想贷多少",
    "learns": "想学什么",
    "willing": "愿不愿意申请",
    "mobile": "电话",
}
CHOICES: Final[Mapping[str, Any]] = {"age_band": AgeBand, "wish_band": WishBand, "willing": Willing}
LONGEST: Final = {"place": 40, "doing": 60, "wants": 60, "learns": 60}
# Rows that are told apart by where she lives and how she is called.
_NAMESPACE: Final = uuid.UUID("6c1f6c36-4f0b-4d0e-9f4e-5a1d3a5e7c01")


class NotASheet(Refusal):
    """The file can't be read as the table that we give out."""

    code = "not_a_sheet"
    status = 422
    message = gettext_lazy("这个文件读不了。下载表格，照着填，存成 .xlsx 再传。")


@dataclass(frozen=True)
class Line:
    """One row of the sheet: what would be kept, or why it can't be; `is_known` where it stands in the ledger."""

    number: int
    name: str
    village: Region | None
    told: Told | None
    reason: str = ""
    is_known: bool = False

    @property
    def is_new(self) -> bool:
        return self.told is not None and not self.is_known


def sheet_of(rows: Iterable[SurveyedWoman], *, state_of: Callable[[SurveyedWoman], str], at: datetime) -> bytes:
    """The ledger as a table, with telephone numbers masked."""
    texts = ([*_texts(row), state_of(row)] for row in rows)
    return workbook("摸底", [*map(str, COLUMNS.values()), "到哪一步"], texts, at=at)


def lines_of(content: bytes, *, villages: Sequence[Region]) -> list[Line]:
    """What is in the file, row by row. Raises NotASheet."""
    named = {f"{village.parent} {village}": village for village in villages}
    lines = [_line(number, cells, named) for number, cells in _rows(content)]
    known = set(SurveyedWoman.objects.filter(village__in=villages).values_list("village", "full_name", "place"))
    return list(_told_apart(lines, known))


@transaction.atomic
def apply(lines: Iterable[Line], *, by: User, at: datetime) -> int:
    """Keep what is new; says how many. Another import in the meantime may have made some of it known."""
    kept = 0
    for line in lines:
        if not line.is_new or line.told is None or line.village is None:
            continue
        told, village = line.told, line.village
        key = uuid.uuid5(_NAMESPACE, f"{village.code}/{told.full_name}/{told.place}")
        same = SurveyedWoman.objects.filter(village=village, full_name=told.full_name, place=told.place)
        if not same.exists():
            survey_ledger.keep(told, key=key, village=village, is_whole=True, by=by, at=at)
            kept += 1
    return kept


def _texts(row: SurveyedWoman) -> list[str]:
    return [
        f"{row.village.parent} {row.village}",
        row.full_name,
        row.place,
        row.get_age_band_display(),
        row.doing,
        row.wants,
        row.get_wish_band_display(),
        row.learns,
        row.get_willing_display(),
        mask_mobile(row.mobile) if row.mobile else "",
    ]


def _rows(content: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    """Cells by column, of each row that isn't empty."""
    try:
        table = table_of(content, most_rows=MOST_ROWS)
    except UnreadableSheet as error:
        raise NotASheet from error
    labels = table[0] if table else []
    places = {name: labels.index(label) for name, label in COLUMNS.items() if label in labels}
    if not {"village", "full_name", "willing"} <= places.keys():
        raise NotASheet
    for number, cells in enumerate(table[1:], start=2):
        texts = {name: cells[place] if place < len(cells) else "" for name, place in places.items()}
        if any(texts.values()):
            yield number, texts


def _line(number: int, cells: Mapping[str, str], villages: Mapping[str, Region]) -> Line:
    name, village = cells.get("full_name", ""), villages.get(" ".join(cells.get("village", "").split()))
    reason = next(_reasons(cells, village), "")
    return Line(number, name, village, None if reason else _told(cells), reason)


def _reasons(cells: Mapping[str, str], village: Region | None) -> Iterator[str]:
    if any(text.startswith("=") for text in cells.values()):
        yield _("有一格是公式，改成文字")
    if village is None:
        yield _("镇和村写成“石榴镇 石榴村”这样，要在您管的地方")
    if not _is_read(read_full_name, cells.get("full_name", "")):
        yield _("姓名不对")
    yield from _reasons_of_choices(cells)
    for name, longest in LONGEST.items():
        if len(cells.get(name, "")) > longest:
            yield _("“%(column)s”最多写 %(longest)s 个字") % {"column": COLUMNS[name], "longest": longest}
    # What we gave out stands masked, of a row that is known anyway.
    mobile = cells.get("mobile", "")
    if mobile and "•" not in mobile and not _is_read(read_mobile, mobile):
        yield _("电话要写 11 位手机号")


def _reasons_of_choices(cells: Mapping[str, str]) -> Iterator[str]:
    for name, choices in CHOICES.items():
        said, labels = cells.get(name, ""), [str(label) for label in choices.labels]
        if said not in labels and (said or name == "willing"):
            yield _("“%(column)s”要从这些里选：%(choices)s") % {
                "column": COLUMNS[name],
                "choices": _("、").join(labels),
            }


def _is_read(read: Callable[[str], str], text: str) -> bool:
    try:
        read(text)
    except NotValid:
        return False
    return True


def _told(cells: Mapping[str, str]) -> Told:
    given = {name: cells.get(name, "") for name in COLUMNS if name != "village"}
    for name, choices in CHOICES.items():
        by_label = {str(label): value for value, label in choices.choices}
        given[name] = by_label.get(given[name], "")
    given["full_name"] = read_full_name(given["full_name"])
    given["mobile"] = read_mobile(given["mobile"]) if given["mobile"] and "•" not in given["mobile"] else ""
    return Told(**given)


def _told_apart(lines: Iterable[Line], known: set[tuple[str, str, str]]) -> Iterator[Line]:
    """Whoever stands in the ledger, or higher up in the same file, isn't new."""
    for line in lines:
        if line.told is None or line.village is None:
            yield line
            continue
        same = (line.village.pk, line.told.full_name, line.told.place)
        yield Line(line.number, line.name, line.village, line.told, is_known=same in known)
        known.add(same)
