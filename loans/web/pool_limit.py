"""What a pool may promise and how much of it is used: the limit bar, and where each of its numbers comes from."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db.models import Sum
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.web.parts import Segment
from loans.fund_year import sums_by_kind_fen
from loans.models import GuaranteePool
from loans.models.guarantee import GuaranteeMoveKind
from loans.money import PPM_WHOLE, format_yuan, percent
from loans.spoken_money import money

Kind = Literal["paid", "promised", "asked"]


@dataclass(frozen=True)
class Part:
    """One line of a sum, signed; `sign` stands before every line but the first."""

    label: str
    amount: str
    sign: str = ""


@dataclass(frozen=True)
class Number:
    """One number of the limit: its amount, the parts that come to it, and a sentence on what it is."""

    label: str
    amount: str
    parts: list[Part]
    words: str


@dataclass(frozen=True)
class Limit:
    """The bar with its words. `over` is by how much the pool is over its limit, "" within it."""

    formula: str
    segments: list[Segment]
    scale: list[str]
    over: str
    over_since: date | None


def limit_of(pool: GuaranteePool) -> Limit:
    return Limit(
        formula=formula_of(pool),
        segments=list(segments_of(pool)),
        scale=["0", money(pool.capacity_fen)],
        over=money(max(0, -pool.headroom_fen)) if pool.over_limit_since else "",
        over_since=pool.over_limit_since,
    )


def formula_of(pool: GuaranteePool) -> str:
    """保证金 100 万元 × 5 倍 = 额度 500 万元."""
    return _("保证金 %(balance)s × %(leverage)s 倍 = 额度 %(capacity)s") % {
        "balance": money(pool.fund_balance_fen),
        "leverage": pool.leverage,
        "capacity": money(pool.capacity_fen),
    }


def segments_of(pool: GuaranteePool, *, asked_fen: int = 0) -> Iterator[Segment]:
    """In order along the bar; what goes over its end is said in a warning, not drawn.

    `asked_fen` is what one case would add, already weighed, 0 for none.
    """
    left_ppm = PPM_WHOLE
    parts: list[tuple[Kind, str, int]] = [
        ("paid", _("在保"), pool.committed_fen),
        ("promised", _("预留"), pool.reserved_fen),
    ]
    if asked_fen:
        parts.append(("asked", _("这件"), asked_fen))
    for kind, label, fen in parts:
        share_ppm = min(left_ppm, fen * PPM_WHOLE // pool.capacity_fen) if pool.capacity_fen > 0 else 0
        left_ppm -= share_ppm
        yield Segment(label, money(fen), share_ppm, kind)
    yield Segment(_("还能用"), money(pool.available_fen), left_ppm, "free")


def numbers_of(pool: GuaranteePool) -> list[Number]:
    """Every number of the bar, each with parts that sum to it. Two queries."""
    return [
        Number(
            _("保证金"),
            format_yuan(pool.fund_balance_fen),
            _signed((kind.label, fen) for kind, fen in sums_by_kind_fen(pool).items()),
            _("财政存进来的钱。每一笔都要财政局两个人点头才算数。"),
        ),
        Number(
            _("额度"),
            format_yuan(pool.capacity_fen),
            [
                Part(_("保证金"), format_yuan(pool.fund_balance_fen)),
                Part(_("放大倍数"), str(pool.leverage), "×"),
            ],
            _("最多能担保多少贷款。倍数 1 到 10，也要财政局两个人定。"),
        ),
        *_of_guarantees(pool),
        Number(
            _("还能用"),
            format_yuan(pool.available_fen),
            _signed(
                [
                    (_("额度"), pool.capacity_fen),
                    (_("在保"), -pool.committed_fen),
                    (_("预留"), -pool.reserved_fen),
                ]
            ),
            _("超限期间是 0，补上以前不能新做担保。") if pool.over_limit_since else _("今天还能新担保多少贷款。"),
        ),
    ]


def _of_guarantees(pool: GuaranteePool) -> Iterator[Number]:
    sums = dict.fromkeys(GuaranteeMoveKind, (0, 0))
    moved = pool.guarantee_moves.order_by().values_list("kind")
    for kind, reserved_fen, committed_fen in moved.annotate(Sum("reserved_delta_fen"), Sum("committed_delta_fen")):
        sums[GuaranteeMoveKind(kind)] = (reserved_fen, committed_fen)
    yield Number(
        _("在保"),
        format_yuan(pool.committed_fen),
        _signed((kind.label, committed_fen) for kind, (_reserved_fen, committed_fen) in sums.items()),
        _weighed(pool, _("钱已经放出去、还没还的本金。她还一笔，这里就少一笔。")),
    )
    yield Number(
        _("预留"),
        format_yuan(pool.reserved_fen),
        _signed((kind.label, reserved_fen) for kind, (reserved_fen, _committed_fen) in sums.items()),
        _weighed(pool, _("答应了担保、钱还没放的。放款时转到在保，没放成就退回来。")),
    )


def _weighed(pool: GuaranteePool, words: str) -> str:
    if pool.exposure_weight_ppm == PPM_WHOLE:
        return words
    return words + _("按担保金额的 %(weight)s%% 计。") % {"weight": percent(pool.exposure_weight_ppm)}


def _signed(parts: Iterable[tuple[Promise | str, int]]) -> list[Part]:
    """What isn't nil, with plus and minus; nil alone where everything is."""
    told = [(str(label), fen) for label, fen in parts if fen]
    lines = [
        Part(label, format_yuan(abs(fen)), "−" if fen < 0 else "+" if number else "")
        for number, (label, fen) in enumerate(told)
    ]
    return lines or [Part(_("还没有"), format_yuan(0))]
