"""How papers write days, amounts and rates: in Chinese, without spaces, amounts in capitals and figures."""

import re
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Final

from applicants.models import Applicant
from loans.models import Guarantee, Loan, Policy
from loans.money import capitals, format_yuan, percent
from loans.subsidy import Regime

Words = dict[str, object]
"""What a template of a paper prints, by name."""

_WEEKDAYS: Final = "一二三四五六日"
_BASIS_POINT_PPM: Final = 100

_HOW_OFTEN: Final = {"monthly": "按月", "quarterly": "按季"}
_METHODS: Final = {
    "interest_only": "{often}付息，到期还本",
    "equal_instalment": "{often}等额本息",
    "equal_principal": "{often}等额本金",
}
_SUBSIDIES: Final[dict[str, str]] = {
    Regime.FULL: "期限内的利息由政府全部补贴",
    Regime.LPR_FLOOR: "期限内LPR减150个基点以内的利息由本人付，其余由政府补贴",
    Regime.HALF: "期限内的利息由政府补贴一半",
    Regime.TIERED: "期限内的利息由政府按金额分档补贴",
    Regime.TIERED_OTHERS: "期限内的利息由政府按金额分档补贴",
    Regime.TWO_YEARS: "前两年的利息由政府全部补贴，第三年不补贴",
}
_SPACE: Final = re.compile(r"(?<=[\u4e00-\u9fff])\s(?=\d)|(?<=\d)\s(?=[\u4e00-\u9fff])")
_PAID_BY_WAY_OF: Final = {"refund": "先付后退", "waived": "直接免付"}


def day(on: date) -> str:
    """2026年9月28日."""
    return f"{on.year}年{on.month}月{on.day}日"


def day_and_weekday(on: date) -> str:
    """2026年10月13日（星期二）."""
    return f"{day(on)}（星期{_WEEKDAYS[on.weekday()]}）"


def counted_days(days: tuple[date, ...]) -> str:
    """9月29日、30日，10月8日、10日（调休上班）: month by month; days of rest that are worked say so."""
    months = groupby(days, key=lambda on: on.month)
    return "，".join(f"{month}月" + "、".join(map(_day_of_month, days)) for month, days in months)


def amount(fen: int) -> str:
    """人民币伍万元整（¥50,000.00）: capitals first, since they can't be altered."""
    return f"{capitals(fen)}（¥{format_yuan(fen)}）"


def yuan(fen: int) -> str:
    return f"{format_yuan(fen)}元"


def starred(masked: str) -> str:
    """A masked number with stars; the dots of the screen are a whole character wide in print."""
    return masked.replace("•", "*")


def ended(sentence: str) -> str:
    """With a full stop, whether or not its writer put one."""
    return sentence if sentence.endswith(("。", "！", "？", "；")) else f"{sentence}。"


def account_tail(applicant: Applicant) -> str:
    """尾号1234."""
    return f"尾号{applicant.account_no[-4:]}" if applicant.account_no else "签约时开立"


def rate(*, annual_rate_ppm: int, lpr_ppm: int) -> str:
    """4.50%（LPR 3.00%加150个基点）."""
    over_ppm = annual_rate_ppm - lpr_ppm
    points = f"{Decimal(abs(over_ppm)) / _BASIS_POINT_PPM:f}"
    margin = f"{'加' if over_ppm > 0 else '减'}{points}个基点" if over_ppm else ""
    return f"{percent(annual_rate_ppm)}%（LPR {percent(lpr_ppm)}%{margin}）"


def share(ppm: int) -> str:
    """80%, 33.3333%."""
    return percent(ppm).rstrip("0").rstrip(".") + "%"


def method(code: str, *, frequency: str) -> str:
    """按季付息，到期还本."""
    return _METHODS[code].format(often=_HOW_OFTEN[frequency])


def subsidy(policy: Policy) -> str:
    """期限内的利息由政府全部补贴，先付后退."""
    return f"{_SUBSIDIES[policy.subsidy_regime]}，{_PAID_BY_WAY_OF[policy.subsidy_payment]}"


def close(words: str) -> str:
    """41岁 of 41 岁: the screen sets a space between figures and characters, paper doesn't."""
    return _SPACE.sub("", words)


def counter_guarantees(given: Guarantee) -> str:
    """自然人担保、房产抵押: the kinds. Who and what they are is between them and the guarantor."""
    return "、".join(str(one.get_kind_display()) for one in given.counter_guarantees.all())


def terms(loan: Loan) -> str:
    """What the bank lends, in one sentence."""
    return (
        f"核定金额{amount(loan.amount_fen)}，年利率{rate(annual_rate_ppm=loan.annual_rate_ppm, lpr_ppm=loan.lpr_ppm)}，"
        f"期限{loan.term_months}个月，{method(loan.method, frequency=loan.frequency)}。"
    )


def _day_of_month(on: date) -> str:
    return f"{on.day}日" + ("（调休上班）" if on.weekday() >= 5 else "")
