"""The period of a report in words, and the way to others."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.web.parts import NavItem
from reports.periods import Period, Span

PARAMETER = "period"


@dataclass(frozen=True)
class PeriodBar:
    """What the page offers: the three that today is in, and those beside the one that is shown ("" after today)."""

    label: str
    choices: list[NavItem]
    previous_url: str
    next_url: str


def asked_period(query: QueryDict, *, today: date) -> Period:
    """The period in the address; this year where none is there."""
    return Period.read(query.get(PARAMETER, "")) or Period.around(today, Span.YEAR)


def period_bar_of(period: Period, *, today: date) -> PeriodBar:
    return PeriodBar(
        label=period_words(period),
        choices=list(_choices(period, today=today)),
        previous_url=address_of(period.previous),
        next_url=address_of(period.next) if period.next.starts_on <= today else "",
    )


def period_words(period: Period) -> str:
    """2026 年, 2026 年下半年 or 2026 年 11 月."""
    year = period.starts_on.year
    if period.span == Span.MONTH:
        return _("%(year)s 年 %(month)s 月") % {"year": year, "month": period.starts_on.month}
    if period.span == Span.HALF:
        words = _("%(year)s 年上半年") if period.starts_on.month == 1 else _("%(year)s 年下半年")
        return words % {"year": year}
    return _("%(year)s 年") % {"year": year}


def address_of(period: Period) -> str:
    return f"?{PARAMETER}={period.key}"


def _choices(shown: Period, *, today: date) -> Iterator[NavItem]:
    for span in Span:
        one = Period.around(today, span)
        yield NavItem(address_of(one), period_words(one), is_current=one == shown)
