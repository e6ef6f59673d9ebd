"""How much of the pool is used, what this case would take, and what would be left."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from accounts.web.parts import Segment
from loans.models import GuaranteePool
from loans.money import PPM_WHOLE
from workflows.wording import money

Kind = Literal["paid", "promised", "asked"]


@dataclass(frozen=True)
class Capacity:
    """A limit bar with its words; `warning` where the case doesn't fit, or the pool takes nothing new."""

    formula: str
    segments: list[Segment]
    scale: list[str]
    left: str
    warning: str


def capacity_of(pool: GuaranteePool, *, asked_fen: int) -> Capacity:
    """`asked_fen` is the principal that is looked at, 0 for none."""
    exposure_fen = pool.exposure_fen(asked_fen)
    return Capacity(
        formula=_("基金余额 %(balance)s × %(leverage)s 倍 = %(capacity)s")
        % {
            "balance": money(pool.fund_balance_fen),
            "leverage": pool.leverage,
            "capacity": money(pool.capacity_fen),
        },
        segments=list(_segments(pool, asked_fen=exposure_fen)),
        scale=["0", money(pool.capacity_fen)],
        left=money(max(0, pool.available_fen - exposure_fen)),
        warning=_warning(pool, exposure_fen=exposure_fen),
    )


def _segments(pool: GuaranteePool, *, asked_fen: int) -> Iterator[Segment]:
    """In order along the bar; what doesn't fit on it is said in the warning, not drawn."""
    left_ppm = PPM_WHOLE
    parts: list[tuple[Kind, str, int]] = [
        ("paid", _("在保"), pool.committed_fen),
        ("promised", _("已留"), pool.reserved_fen),
    ]
    if asked_fen:
        parts.append(("asked", _("这件"), asked_fen))
    for kind, label, fen in parts:
        share_ppm = min(left_ppm, fen * PPM_WHOLE // max(1, pool.capacity_fen))
        left_ppm -= share_ppm
        yield Segment(label, money(fen), share_ppm, kind)
    yield Segment(_("还能用"), money(pool.available_fen), left_ppm, "free")


def _warning(pool: GuaranteePool, *, exposure_fen: int) -> str:
    if pool.over_limit_since:
        return _("基金已超过上限，还回来以前不能再出函。")
    over_fen = exposure_fen - pool.available_fen
    return _("超出可用额度 %(over)s，先和财政局商量。") % {"over": money(over_fen)} if over_fen > 0 else ""
