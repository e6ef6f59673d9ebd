"""Takes the places of a city from a CSV file: reads it, says what it changes, and only then writes.

Columns: code, name, level, valid_from, and valid_to where a place was closed. Codes are the twelve digits of the
National Bureau of Statistics (统计用区划代码); a city's end in 000000, a town's in 000. Places that the file doesn't
name stay as they are, so that the file may be one town's.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.csv_rows import BadLine, UnreadableRows, in_line, lines
from accounts.models.region import Region, RegionLevel

COLUMNS = ("code", "name", "level", "valid_from")
LEVELS = {str(level): level for level in RegionLevel} | {str(level.label): level for level in RegionLevel}
ENDINGS = {
    RegionLevel.CITY: re.compile(r"\d{6}000000"),
    RegionLevel.TOWN: re.compile(r"\d{6}(?!000)\d{3}000"),
    RegionLevel.VILLAGE: re.compile(r"\d{6}(?!000)\d{3}(?!000)\d{3}"),
}
INSIDE = {RegionLevel.TOWN: 6, RegionLevel.VILLAGE: 9}  # digits that a place shares with the one it lies in


@dataclass(frozen=True, slots=True)
class RegionChange:
    """What the file does to one place; `before` is its name until now, where it has another."""

    region: Region
    kind: Literal["new", "renamed", "closed"]
    before: str = ""


def read_regions(content: bytes) -> list[Region]:
    """The places of the file, unsaved, cities first. Raises UnreadableRows, naming each bad line."""
    found: dict[str, Region] = {}
    numbers: dict[str, int] = {}
    problems = []
    for number, cells in lines(content, columns=COLUMNS):
        try:
            region = _region(cells)
            if region.code in found:
                raise BadLine(_("%(code)s 在这个文件里写了两遍，留一行。") % {"code": region.code})
            found[region.code], numbers[region.code] = region, number
        except BadLine as problem:
            problems.append(in_line(number, str(problem)))
    problems += [in_line(numbers[code], words) for code, words in _misplaced(found)]
    if problems:
        raise UnreadableRows(problems)
    return sorted(found.values(), key=lambda region: region.code)


def changes(regions: Sequence[Region]) -> list[RegionChange]:
    """What entering the places changes, in the order of their codes; a place that stays as it is isn't listed."""
    known = Region.objects.in_bulk([region.code for region in regions])
    found = []
    for region in regions:
        before = known.get(region.code)
        if before is None:
            found.append(RegionChange(region, "new"))
        elif before.valid_to is None and region.valid_to is not None:
            found.append(RegionChange(region, "closed", before.name))
        elif before.name != region.name:
            found.append(RegionChange(region, "renamed", before.name))
    return found


def enter_regions(regions: Sequence[Region]) -> None:
    """Writes all places or none. Ordered by code, so that a place comes after the one it lies in."""
    with transaction.atomic():
        Region.objects.bulk_create(
            regions, update_conflicts=True, unique_fields=["code"], update_fields=["name", "valid_to"]
        )


def _region(cells: Mapping[str, str]) -> Region:
    if "" in cells:
        raise BadLine(_("多了一格，逗号前后看一下。"))
    level = LEVELS.get(cells["level"].strip())
    if level is None:
        raise BadLine(_("级别写 city、town 或 village。"))
    code = cells["code"].strip()
    if not ENDINGS[level].fullmatch(code):
        raise BadLine(_("代码写 12 位数字：市以 000000 结尾，镇以 000 结尾，村不以 000 结尾。"))
    name = cells["name"].strip()
    if not name or not name.isprintable() or len(name) > 50:
        raise BadLine(_("名称要写，最多 50 个字。"))
    valid_from = _day(cells["valid_from"])
    if valid_from is None:
        raise BadLine(_("启用日期写成 2026-01-01。"))
    valid_to = _day(cells.get("valid_to", ""))
    if valid_to is not None and valid_to < valid_from:
        raise BadLine(_("停用日期在启用日期之前，核对一下。"))
    parent_code = code[: INSIDE[level]].ljust(12, "0") if level in INSIDE else None
    return Region(code=code, name=name, level=level, parent_id=parent_code, valid_from=valid_from, valid_to=valid_to)


def _misplaced(found: Mapping[str, Region]) -> list[tuple[str, str]]:
    """(code, words) of each place whose town or city is neither in the file nor known, or whose level changed."""
    known = dict(Region.objects.values_list("code", "level"))
    misplaced = []
    for code, region in found.items():
        if region.parent_id and region.parent_id not in found and region.parent_id not in known:
            misplaced.append((code, _("上级 %(code)s 不在文件里，也没有录过，先补上。") % {"code": region.parent_id}))
        if known.get(code, region.level) != region.level:
            misplaced.append((code, _("%(code)s 以前录的是另一级，核对一下。") % {"code": code}))
    return misplaced


def _day(text: str) -> date | None:
    """None for an empty cell. Raises BadLine for anything that is no date."""
    if not text.strip():
        return None
    try:
        year, month, day = text.strip().replace("/", "-").split("-")
        return date(int(year), int(month), int(day))
    except ValueError as problem:
        raise BadLine(_("日期写成 2026-01-01。")) from problem
