"""A stretch of the calendar that a report is about: a year, a half-year or a month, as it stands in an address."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Self

from django.utils import timezone

_KEY = re.compile(r"(?P<year>20\d\d)(?:H(?P<half>[12])|-(?P<month>0[1-9]|1[0-2]))?", re.ASCII)


class Span(StrEnum):
    YEAR = "year"
    HALF = "half"
    MONTH = "month"


_MONTHS = {Span.YEAR: 12, Span.HALF: 6, Span.MONTH: 1}


@dataclass(frozen=True)
class Period:
    """From the first day through the last, both of them in it."""

    span: Span
    starts_on: date
    ends_on: date

    @classmethod
    def around(cls, day: date, span: Span) -> Self:
        """The year, half-year or month that the day is in."""
        months = _MONTHS[span]
        return cls._beginning(day.year, (day.month - 1) // months * months + 1, span)

    @classmethod
    def read(cls, text: str) -> Self | None:
        """2026, 2026H2 or 2026-11; None where the text is none of them."""
        found = _KEY.fullmatch(text)
        if found is None:
            return None
        year = int(found["year"])
        if found["half"]:
            return cls._beginning(year, 1 if found["half"] == "1" else 7, Span.HALF)
        if found["month"]:
            return cls._beginning(year, int(found["month"]), Span.MONTH)
        return cls._beginning(year, 1, Span.YEAR)

    @classmethod
    def _beginning(cls, year: int, month: int, span: Span) -> Self:
        after = month + _MONTHS[span]
        ends_before = date(year + (after - 1) // 12, (after - 1) % 12 + 1, 1)
        return cls(span, date(year, month, 1), ends_before - timedelta(days=1))

    @property
    def key(self) -> str:
        """What `read` reads."""
        if self.span == Span.YEAR:
            return f"{self.starts_on.year}"
        if self.span == Span.HALF:
            return f"{self.starts_on.year}H{1 if self.starts_on.month == 1 else 2}"
        return f"{self.starts_on:%Y-%m}"

    @property
    def previous(self) -> Self:
        return self.around(self.starts_on - timedelta(days=1), self.span)

    @property
    def next(self) -> Self:
        return self.around(self.ends_on + timedelta(days=1), self.span)

    @property
    def starts_at(self) -> datetime:
        """The moment at which its first day begins here."""
        return _midnight(self.starts_on)

    @property
    def ends_before(self) -> datetime:
        """The moment at which its last day is over here."""
        return _midnight(self.ends_on + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
