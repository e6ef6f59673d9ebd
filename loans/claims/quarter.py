"""The quarters for which a subsidy is claimed: they follow the bank's interest dates, not the calendar."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

MONTHS = (3, 6, 9, 12)
# 人民币利率管理规定: interest is settled on the 20th of a quarter's last month, and charged on the 21st.
SETTLEMENT_DAY = 20


class Quarter(NamedTuple):
    """Days [from_on, to_on): with the 20th as settlement day, 2026-06-21 to 2026-09-20."""

    from_on: date
    to_on: date

    @property
    def interest_on(self) -> date:
        """结息日: the last day of the quarter. The claim is open from the day after it."""
        return self.to_on - timedelta(days=1)

    @property
    def year(self) -> int:
        return self.interest_on.year

    @property
    def number(self) -> int:
        return self.interest_on.month // 3


def quarter_of(day: date, *, settlement_day: int = SETTLEMENT_DAY) -> Quarter:
    """The quarter in which the day lies."""
    ends = [_interest_date(day.year + years, month, settlement_day) for years in (-1, 0, 1) for month in MONTHS]
    last = next(index for index, end_on in enumerate(ends) if end_on >= day)
    return Quarter(ends[last - 1] + timedelta(days=1), ends[last] + timedelta(days=1))


def next_quarter(quarter: Quarter, *, settlement_day: int = SETTLEMENT_DAY) -> Quarter:
    return quarter_of(quarter.to_on, settlement_day=settlement_day)


def quarters_through(first: date, last: date, *, settlement_day: int = SETTLEMENT_DAY) -> Iterator[Quarter]:
    """The quarters from the one in which `first` lies, as far as they are over on `last`."""
    quarter = quarter_of(first, settlement_day=settlement_day)
    while quarter.to_on <= last:
        yield quarter
        quarter = next_quarter(quarter, settlement_day=settlement_day)


def _interest_date(year: int, month: int, settlement_day: int) -> date:
    return date(year, month, min(settlement_day, monthrange(year, month)[1]))
