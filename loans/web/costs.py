"""What a loan costs her, as the rows of the cost box: the same on the calculator and in her application."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from accounts.web.parts import CostRow
from loans.due_dates import Frequency
from loans.models import Policy
from loans.money import format_yuan, percent
from loans.policies import quote_for
from loans.quotes import Quote
from loans.spoken_money import in_figures, money
from loans.subsidy import SubsidyPayment
from loans.terms import BadTerms, Method


@dataclass(frozen=True)
class CostBox:
    """Rows and sentences for components/cost_box.html."""

    rows: list[CostRow]
    notes: list[str]


def costs_of(policy: Policy, *, amount_fen: int, term_months: int, method: str, start_on: date) -> CostBox | None:
    """What such a loan costs under the policy; None where no schedule follows from it."""
    try:
        quote = quote_for(policy, amount_fen=amount_fen, term_months=term_months, method=method, start_on=start_on)
    except BadTerms:
        return None
    rows = _rows(quote, policy, amount_fen=amount_fen, term_months=term_months, method=method)
    return CostBox(list(rows), list(_notes(quote, policy, method=method)))


def _rows(quote: Quote, policy: Policy, *, amount_fen: int, term_months: int, method: str) -> Iterator[CostRow]:
    rate = _("年利率 %(rate)s%%，%(months)s 个月") % {
        "rate": percent(policy.annual_rate_ppm),
        "months": term_months,
    }
    yield CostRow(_("利息"), _yuan(quote.total_interest_fen), note=rate)
    if quote.subsidy_fen:
        is_refunded = quote.subsidy_payment == SubsidyPayment.REFUND
        label = _("政府退给您") if is_refunded else _("政府直接免掉")
        yield CostRow(label, _yuan(quote.subsidy_fen), kind="refund")
    yield CostRow(_("您最后自己付"), in_figures(quote.borrower_pays_fen), note=_("不算本金"), kind="sum")
    if method == Method.INTEREST_ONLY:
        yield CostRow(_("到期一次还本金"), _yuan(amount_fen))
    else:
        yield CostRow(_("第一次要还"), _yuan(quote.instalments[0].due_from_her_fen), note=_("本金和利息"))


def _notes(quote: Quote, policy: Policy, *, method: str) -> Iterator[str]:
    every = _("每月") if policy.frequency == Frequency.MONTHLY else _("每季")
    if quote.subsidy_payment == SubsidyPayment.WAIVED:
        yield _("利息里政府补的部分，银行直接不收。")
    elif method == Method.INTEREST_ONLY and policy.settlement_day:
        # The first period may be short; the second is a whole one.
        typical = quote.instalments[min(1, len(quote.instalments) - 1)]
        yield _("利息先由您付：%(every)s约 %(amount)s，%(day)s 日前存进卡里。政府审核后退给您。") % {
            "every": every,
            "amount": money(round(typical.interest_fen, -2)),
            "day": policy.settlement_day,
        }
    else:
        yield _("利息先由您付，%(every)s和本金一起还。政府审核后把补的部分退给您。") % {"every": every}
    yield _("逾期、展期的部分，政府不补贴。")


def _yuan(fen: int) -> str:
    return _("%(yuan)s 元") % {"yuan": format_yuan(fen)}
