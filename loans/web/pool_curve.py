"""The next twelve months of a pool as columns drawn by the server, and the same figures as a table."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from accounts.templatetags.page import zh_date_year
from loans.capacity import MONTHS, ahead_of
from loans.models import GuaranteePool
from loans.money import format_yuan
from loans.spoken_money import money

# In pixels; widths are hundredths of per cent of whatever room there is.
HEIGHT: Final = 160
STEP: Final = 10_000 // (MONTHS + 1)


@dataclass(frozen=True)
class Column:
    """One month: where its column stands, how high what is promised reaches, and its label under it."""

    x: str
    middle: str
    width: str
    y: int
    height: int
    label: str


@dataclass(frozen=True)
class CurveRow:
    """The same month in figures."""

    day: date
    exposure: str
    headroom: str


@dataclass(frozen=True)
class Curve:
    """`words` are its numbers in a sentence; `rule` says what a compensation takes."""

    words: str
    rule: str
    height: int
    columns: list[Column]
    rows: list[CurveRow]


def curve_of(pool: GuaranteePool, *, on: date) -> Curve:
    """The whole height is the capacity; over its limit the column fills it."""
    points = ahead_of(pool, on=on)
    columns = []
    for number, point in enumerate(points):
        whole_fen = max(pool.capacity_fen, 1)
        height = min(HEIGHT, max(0, point.exposure_fen * HEIGHT // whole_fen))
        label = str(point.on.month)
        columns.append(
            Column(
                x=_per_cent(number * STEP),
                middle=_per_cent(number * STEP + STEP * 2 // 5),
                width=_per_cent(STEP * 4 // 5),
                y=HEIGHT - height,
                height=height,
                label=label,
            )
        )
    rows = [CurveRow(one.on, format_yuan(one.exposure_fen), format_yuan(one.headroom_fen)) for one in points]
    last = points[-1]
    words = _("按现在的还款计划，到 %(day)s在保和预留 %(exposure)s，还能用 %(headroom)s。") % {
        "day": zh_date_year(last.on),
        "exposure": money(last.exposure_fen),
        "headroom": money(max(0, last.headroom_fen)),
    }
    rule = _("1 元代偿 = %(leverage)s 元额度。") % {"leverage": pool.leverage}
    return Curve(words, rule, HEIGHT, columns, rows)


def _per_cent(hundredths: int) -> str:
    return f"{hundredths // 100}.{hundredths % 100:02d}%"
