"""How late a loan is, in the bands of the reports, and which of the five classes of risk that makes it."""

from enum import StrEnum
from typing import Final, NamedTuple


class AgeBand(StrEnum):
    """Days overdue, as ageing reports group them."""

    CURRENT = "current"
    TO_30 = "1-30"
    TO_60 = "31-60"
    TO_90 = "61-90"
    OVER_90 = "over_90"


class RiskClass(StrEnum):
    """贷款五级分类, the best first."""

    NORMAL = "normal"
    SPECIAL_MENTION = "special_mention"
    SUBSTANDARD = "substandard"
    DOUBTFUL = "doubtful"
    LOSS = "loss"


_LAST_DAYS: Final = ((0, AgeBand.CURRENT), (30, AgeBand.TO_30), (60, AgeBand.TO_60), (90, AgeBand.TO_90))


class ClassDays(NamedTuple):
    """From how many days overdue a loan is in a class: a policy's own assumption.

    The banks' rules (商业银行金融资产风险分类办法) name days as the least that makes a class; what a bank knows of the
    borrower may make it worse, and isn't seen here.
    """

    special_mention: int
    substandard: int
    doubtful: int
    loss: int


def age_band(days_overdue: int) -> AgeBand:
    """The band of so many days; 0 is current."""
    return next((band for last, band in _LAST_DAYS if days_overdue <= last), AgeBand.OVER_90)


def risk_class(days_overdue: int, *, from_days: ClassDays) -> RiskClass:
    """The worst class whose days are reached."""
    reached = RiskClass.NORMAL
    for name, days in zip(list(RiskClass)[1:], from_days, strict=True):
        if days_overdue >= days:
            reached = name
    return reached
