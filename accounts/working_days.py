"""Which days are working days in China, for any year, and how to count them.

The State Council's yearly notice decides: weekends rest, except the days it gives in exchange for a longer
festival (调休上班). A year whose notice is not known yet is estimated from weekends and festivals, and says
so.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from holidays import country_holidays

from accounts.official_years import OFFICIAL_YEARS

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class WorkingDayNotice:
    """What a notice says of one day. `name` is the festival that the day rests for, or makes up for."""

    day: date
    is_working: bool
    name: str


@dataclass(frozen=True)
class Calendar:
    """The official years, overridden by later notices in the order given: the last one of a date wins.

    A year beyond the official ones counts as announced when a notice gives its 1 October as a day of rest:
    every yearly notice does, and a single closed or worked day must not turn an estimate into a certainty.
    """

    notices: tuple[WorkingDayNotice, ...] = ()
    _years: dict[int, "_Year"] = field(default_factory=dict, init=False, repr=False, compare=False)

    def is_working(self, day: date) -> bool:
        return _is_among(self._year(day.year).working, day)

    def is_provisional(self, day: date) -> bool:
        """Whether the day rests or works by estimate only, as no notice speaks of it or of its year."""
        return _is_among(self._year(day.year).estimated, day)

    def name_of(self, day: date) -> str:
        """The festival that the day rests for, or makes up for; "" on an ordinary day."""
        notice = self._year(day.year).named.get(day)
        return notice.name if notice else ""

    def next_working_day(self, after: date) -> date:
        return self.nth_working_day_after(after, 1)

    def nth_working_day_after(self, start: date, n: int) -> date:
        """The n-th working day after `start`, itself not counted. ValueError beyond the year 9999."""
        assert n >= 1, n
        year = start.year
        working = self._year(year).working
        place = bisect_right(working, start) + n - 1
        while place >= len(working):
            place -= len(working)
            year += 1
            working = self._year(year).working
        return working[place]

    def working_days_after(self, start: date) -> Iterator[date]:
        """All working days after `start` to the end of the year 9999, `start` not counted."""
        for year in range(start.year, date.max.year + 1):
            yield from _between(self._year(year).working, start, date.max)

    def provisional_days(self, after: date, through: date) -> Iterator[date]:
        """The estimated days, worked or rested, later than `after` and not later than `through`."""
        for year in range(after.year, through.year + 1):
            yield from _between(self._year(year).estimated, after, through)

    def count_between(self, after: date, through: date) -> int:
        """How many working days are later than `after` and not later than `through`."""
        years = range(after.year, through.year + 1)
        return sum(len(_between(self._year(year).working, after, through)) for year in years)

    def _year(self, year: int) -> "_Year":
        known = self._years.get(year)
        if known is None:
            notices = tuple(notice for notice in self.notices if notice.day.year == year)
            known = self._years[year] = _year_of(year, notices)
        return known


@dataclass(frozen=True, slots=True)
class _Year:
    working: tuple[date, ...]
    estimated: tuple[date, ...]
    named: Mapping[date, WorkingDayNotice]


# Shared by all calendars: one is made for every request, and they ask for the same few years.
@lru_cache(maxsize=512)
def _year_of(year: int, notices: tuple[WorkingDayNotice, ...]) -> _Year:
    later = {notice.day: notice for notice in notices}
    national_day = later.get(date(year, 10, 1))
    is_announced = year in OFFICIAL_YEARS or (national_day is not None and not national_day.is_working)
    named = (_official_notices() if is_announced else _estimated_notices(year)) | later
    days = _days_of(year)
    return _Year(
        working=tuple(day for day in days if _works(day, named.get(day))),
        estimated=() if is_announced else tuple(day for day in days if day not in later),
        named=named,
    )


def _works(day: date, notice: WorkingDayNotice | None) -> bool:
    return notice.is_working if notice else day.weekday() < SATURDAY


def _days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year, 12, 31) - first).days + 1)]


def _is_among(days: tuple[date, ...], day: date) -> bool:
    place = bisect_left(days, day)
    return place < len(days) and days[place] == day


def _between(days: tuple[date, ...], after: date, through: date) -> tuple[date, ...]:
    return days[bisect_right(days, after) : bisect_right(days, through)]


@lru_cache(maxsize=1)
def _official_notices() -> dict[date, WorkingDayNotice]:
    notices = {}
    for official in OFFICIAL_YEARS.values():
        for festival in official.festivals:
            for day in festival.rest_days():
                notices[day] = WorkingDayNotice(day, is_working=False, name=festival.name)
            for day in festival.worked_days():
                notices[day] = WorkingDayNotice(day, is_working=True, name=festival.name)
    return notices


def _estimated_notices(year: int) -> dict[date, WorkingDayNotice]:
    """The days of rest that the law fixes (全国年节及纪念日放假办法), with those given for lost weekends.

    Which days will be exchanged is the notice's to say, so none is guessed. Lunar festivals are known to
    the year 2100; beyond it, and before 1950, only the festivals of the solar calendar are.
    """
    names = dict(country_holidays("CN", years=year, language="zh_CN")) or _solar_festivals(year)
    return {
        day: WorkingDayNotice(day, is_working=False, name=_plain(name))
        for day, name in names.items()
        # A day exchanged for a weekend that the package doesn't mark as worked: take both or neither.
        if not name.startswith("休息日")
    }


def _plain(name: str) -> str:
    """The festival without remarks such as （补假）, under the name that the notices use."""
    return re.sub("（.*?）", "", name).replace("农历除夕", "春节").replace("; ", "、")


def _solar_festivals(year: int) -> dict[date, str]:
    return {
        date(year, 1, 1): "元旦",
        date(year, 5, 1): "劳动节",
        date(year, 5, 2): "劳动节",
        date(year, 10, 1): "国庆节",
        date(year, 10, 2): "国庆节",
        date(year, 10, 3): "国庆节",
    }
