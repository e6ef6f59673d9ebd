"""我的贷款: when how much is taken from her card, what of it the treasury bears, and which way that goes."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.web.parts import CostRow
from loans import servicing
from loans.claims import refunds
from loans.claims.wording import quarter_words
from loans.models import Instalment, Loan
from loans.models.loan import LoanState
from loans.models.policy import SubsidyPayment
from loans.money import format_yuan, percent
from loans.replay import Position
from workflows.answers_by_state import how_to_repay
from workflows.loan_requests import may_ask
from workflows.matter_kinds import MatterKind
from workflows.reminders import days_chosen
from workflows.states import State
from workflows.web.follow_ups.words import follow_ups_of_hers
from workflows.web.forms.reminder import CHOICES
from workflows.web.my.answer import unbroken
from workflows.web.my.calls import about_the_loan
from workflows.web.my.hers import CasePage
from workflows.web.my.instalments import cards_of, current_plan, years_of
from workflows.wording import day


class Outlook(NamedTuple):
    """How the loan stands, in one sentence, and what else she should know."""

    headline: str
    note: str


class MyLoan(CasePage):
    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        case, loan = self.case, self.case.loan
        if loan is None or case.state != State.DISBURSED:
            raise Http404
        prefetch_related_objects([loan], "instalments", "repayments")
        position, plan = servicing.position(loan, on=self.today), current_plan(loan)
        is_refunded = loan.policy.subsidy_payment == SubsidyPayment.REFUND
        context = {
            "case": case,
            "loan": loan,
            "outlook": Outlook(*map(unbroken, _outlook(loan, plan, position, today=self.today))),
            "owed": format_yuan(position.principal_outstanding_fen),
            "is_late": bool(position.days_overdue),
            "is_running": loan.state == LoanState.ACTIVE,
            "tail": case.applicant.account_no[-4:],
            "rate": percent(loan.annual_rate_ppm),
            "costs": _costs(plan, is_refunded=is_refunded),
            "cards": cards_of(loan, plan, position, today=self.today),
            "years": years_of(plan),
            "is_refunded": is_refunded,
            "refunds": list(_refunds(loan)),
            "how": how_to_repay(loan.policy, loan.method),
            "may_extend": may_ask(case, MatterKind.EXTENSION, on=self.today),
            "visits": follow_ups_of_hers(case),
            "payoff": format_yuan(position.payoff_fen),
            "reminded": _reminded(days_chosen(case)),
            "calls": about_the_loan(case),
            "now": self.now,
            "is_in_wechat": self.is_in_wechat,
        }
        return render(request, "workflows/my/loan.html", context)


def _reminded(days: Sequence[int]) -> str:
    """「提前 7 天、提前 3 天、当天」; "" where she wants none."""
    words = dict(CHOICES)
    return _("、").join(str(words[one]) for one in days)


def _outlook(loan: Loan, plan: Sequence[Instalment], position: Position, *, today: date) -> Outlook:
    if loan.state == LoanState.COMPENSATED:
        return Outlook(_("担保公司先替您还了，打电话商量怎么还给它。"), "")
    if position.is_settled:
        return Outlook(_("这笔钱还清了，谢谢您。"), "")
    late_fen = position.overdue_principal_fen + position.overdue_interest_fen
    if position.overdue_since is not None:
        headline = _("有 %(yuan)s 元过了日子，今天就打电话。") % {"yuan": format_yuan(late_fen)}
        note = _("%(day)s该付的还没付。过了日子的利息，政府不补。") % {"day": day(position.overdue_since)}
        return Outlook(headline, note)
    following = next(one for one in plan if one.due_on >= today)
    words = {"day": day(following.due_on), "yuan": format_yuan(following.due_from_her_fen)}
    if following.due_on == today:
        return Outlook(_("今天扣款，卡里要有 %(yuan)s 元。") % words, _early(plan, position, today=today))
    headline = _("下次 %(day)s扣款，前一天卡里要有 %(yuan)s 元。") % words
    return Outlook(headline, _early(plan, position, today=today))


def _early(plan: Sequence[Instalment], position: Position, *, today: date) -> str:
    """The plan is that of the first day; what she repaid early makes the interest of later ones smaller."""
    early_fen = position.principal_paid_fen - sum(one.principal_fen for one in plan if one.due_on <= today)
    if early_fen <= 0:
        return ""
    return _("您提前还过 %(yuan)s 元本金，后面的利息会少，以农信扣的为准。") % {"yuan": format_yuan(early_fen)}


def _costs(plan: Sequence[Instalment], *, is_refunded: bool) -> list[CostRow]:
    interest_fen = sum(one.interest_fen for one in plan)
    subsidy_fen = sum(one.subsidy_fen for one in plan)
    times = _("%(times)s 次，您先付") if is_refunded else _("%(times)s 次")
    count = sum(bool(one.interest_fen) for one in plan)
    hers = format_yuan(interest_fen - subsidy_fen).removesuffix(".00")
    return [
        CostRow(_("一共利息"), _yuan(interest_fen), times % {"times": count}),
        CostRow(_("政府退给您") if is_refunded else _("政府直接付"), _yuan(subsidy_fen), kind="refund"),
        CostRow(_("您最后自己付"), _("%(yuan)s 元") % {"yuan": hers}, _("不算本金"), kind="sum"),
    ]


class RefundRow(NamedTuple):
    """One quarter's refund: how much, and how far it has come."""

    quarter: str
    amount: str
    told: str


def _refunds(loan: Loan) -> Iterator[RefundRow]:
    """Where the treasury's part of each quarter is, the newest first."""
    for one in refunds.refunds_of(loan):
        if one.refunded_on is not None:
            told = _("%(day)s退到您卡里了。") % {"day": day(one.refunded_on)}
        elif one.paid_on is not None:
            told = _("%(day)s财政局拨给农信了，农信在退。") % {"day": day(one.paid_on)}
        elif one.is_handed_in:
            told = _("财政局在审核。")
        else:
            told = _("农信在申报。")
        yield RefundRow(quarter_words(one.quarter), _yuan(one.amount_fen), told)


def _yuan(fen: int) -> str:
    return _("%(yuan)s 元") % {"yuan": format_yuan(fen)}
