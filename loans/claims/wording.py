"""Words of claims: why days aren't subsidised, what a quarter is called, how far a figure is off."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loans.claims.days import Excluded
from loans.claims.quarter import Quarter
from loans.models import ClaimLine, ClaimSegment, SubsidyClaim
from loans.money import format_yuan

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

WHY: Final[dict[str, "StrOrPromise"]] = {
    Excluded.OVERDUE: gettext_lazy("逾期 %(days)s 天不贴息"),
    Excluded.EXTENDED: gettext_lazy("展期 %(days)s 天不贴息"),
    Excluded.SETTLED: gettext_lazy("已结清"),
    Excluded.MISUSED: gettext_lazy("停止贴息 %(days)s 天"),
    Excluded.YEARS_OVER: gettext_lazy("超过年限 %(days)s 天不贴息"),
    Excluded.COMPENSATED: gettext_lazy("已代偿"),
    Excluded.OTHER_LOAN: gettext_lazy("同期另一笔已贴息 %(days)s 天"),
    Excluded.LOANS_OVER: gettext_lazy("超过贴息次数"),
}


def quarter_words(quarter: Quarter) -> str:
    """2026 年第 3 季度."""
    return _("%(year)s 年第 %(number)s 季度") % {"year": quarter.year, "number": quarter.number}


def claim_quarter(claim: SubsidyClaim) -> Quarter:
    return Quarter(claim.from_on, claim.to_on)


def excluded_words(segments: Iterable[ClaimSegment]) -> str:
    """逾期 12 天不贴息；已结清. "" where every day is subsidised. A part that is overdue says how much."""
    days: dict[str, int] = {}
    for one in segments:
        if one.why:
            days[one.why] = days.get(one.why, 0) + one.days
    return _("；").join(str(WHY[why]) % {"days": count} for why, count in days.items())


def difference_words(lines: Iterable[ClaimLine]) -> str:
    """本季贴息比系统算的多 35.60 元，涉及 2 笔; "" where nothing differs."""
    differing = [one for one in lines if one.difference_fen]
    difference_fen = sum(one.difference_fen for one in differing)
    if not differing:
        return ""
    words = {"yuan": format_yuan(abs(difference_fen)), "count": len(differing)}
    if difference_fen > 0:
        return _("本季贴息比系统算的多 %(yuan)s 元，涉及 %(count)s 笔。") % words
    if difference_fen < 0:
        return _("本季贴息比系统算的少 %(yuan)s 元，涉及 %(count)s 笔。") % words
    return _("合计和系统算的一样，但有 %(count)s 笔不同。") % words
