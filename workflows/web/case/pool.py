"""How much of the pool is used, what this case would take, and what would be left."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.web.parts import Segment
from loans.models import GuaranteePool
from loans.web.pool_limit import formula_of, segments_of
from workflows.wording import money


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
        formula=formula_of(pool),
        segments=list(segments_of(pool, asked_fen=exposure_fen)),
        scale=["0", money(pool.capacity_fen)],
        left=money(max(0, pool.available_fen - exposure_fen)),
        warning=_warning(pool, exposure_fen=exposure_fen),
    )


def _warning(pool: GuaranteePool, *, exposure_fen: int) -> str:
    if pool.over_limit_since:
        return _("基金已超过上限，还回来以前不能再出函。")
    over_fen = exposure_fen - pool.available_fen
    return _("超出可用额度 %(over)s，先和财政局商量。") % {"over": money(over_fen)} if over_fen > 0 else ""
