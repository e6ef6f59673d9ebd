"""对账单: where a loan stands on any day, what pays it off, how late it is, and what each payment paid."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.models.user import UserKind
from accounts.permissions import may
from accounts.templatetags.page import zh_date_year
from accounts.web.navigation import frame
from accounts.web.parts import Fact, Link
from loans.age_wording import AGES, CLASSES
from loans.models import Instalment, Loan, PlanChange
from loans.models.loan import LoanState
from loans.models.repayment import Intent
from loans.money import format_yuan
from loans.plan_editions import current_plan
from loans.sight import of_statements
from loans.statement import Movement, Statement, statement_on
from loans.web.finance import funded_pools
from records.edge import caller
from workflows.extensions import granted
from workflows.models import Application
from workflows.web.case.found import found_case
from workflows.web.case.page import home_of


@dataclass(frozen=True)
class Row:
    """One payment, ready to be laid out; a reversed one has no parts."""

    value_on: date
    serial: str
    amount: str
    intent: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class DueRow:
    """One instalment of the plan, in yuan."""

    due_on: date
    principal: str
    interest: str
    subsidy: str


@require_safe
def case_loan(request: HttpRequest, number: str) -> HttpResponse:
    """Whoever sees the case sees it; a day that can't be is today."""
    found = found_case(request, number)
    loan = found.application.loan
    if loan is None or loan.disbursed_on is None:
        raise Http404
    prefetch_related_objects([loan], "policy", "bank", "instalments", "repayments", "plan_changes__decision")
    today = timezone.localdate()
    context = told_of(loan, asked=request.GET.get("on"), today=today)
    context |= {
        "changes": [(one, _change_url(number, one)) for one in loan.plan_changes.all()],
        "acts": list(_acts(found.application, loan, found.user)),
        "back_url": reverse("case", args=[number]),
        "back_label": _("这一件"),
    }
    return render(request, "workflows/loan/statement.html", context | frame(request, current=home_of(found)))


@require_safe
def finance_loan(request: HttpRequest, loan_number: str) -> HttpResponse:
    """The same for the finance bureau, whose pool backs the loan: to read, without the case."""
    told_to = Loan.objects.filter(of_statements(caller(request))).paid_out().select_related("applicant")
    loan = get_object_or_404(told_to, number=loan_number, guarantee__pool__in=funded_pools(caller(request)))
    prefetch_related_objects([loan], "policy", "bank", "instalments", "repayments", "plan_changes", "guarantee")
    assert loan.guarantee is not None
    context = told_of(loan, asked=request.GET.get("on"), today=timezone.localdate())
    context |= {"back_url": reverse("pool", args=[loan.guarantee.pool_id]), "back_label": _("担保基金")}
    return render(request, "workflows/loan/statement.html", context | frame(request, current="pools"))


def told_of(loan: Loan, *, asked: str | None, today: date) -> dict[str, Any]:
    """What both pages show of a loan on the day that was asked for, which isn't before the payout."""
    assert loan.disbursed_on is not None
    on = max(_asked_day(asked, today) if asked else today, loan.disbursed_on)
    told = statement_on(loan, on=on)
    return {
        "loan": loan,
        "on": on,
        "first": loan.disbursed_on,
        "now": timezone.now(),
        "payoff": _payoff(told),
        "facts": _facts(told),
        "rows": [_row(one) for one in told.movements],
        "plan": [_due(one) for one in current_plan(loan)],
    }


def _asked_day(text: str, today: date) -> date:
    try:
        return parse_date(text) or today
    except ValueError:
        return today


def _payoff(told: Statement) -> list[Fact]:
    """The sum first; nothing owed says so by noughts."""
    quote = told.payoff
    parts = (
        (_("本金"), quote.principal_fen),
        (_("利息，到这一天为止"), quote.interest_fen),
        (_("罚息"), quote.penalty_fen),
        (_("复利"), quote.compound_fen),
        (_("减去：留到到期日的还款"), quote.held_fen),
        (_("一次还清"), quote.total_fen),
    )
    return [Fact(label, _("%(yuan)s 元") % {"yuan": format_yuan(fen)}) for label, fen in parts]


def _facts(told: Statement) -> list[Fact]:
    now = told.position
    late_fen = now.overdue_principal_fen + now.overdue_interest_fen
    words = {"yuan": format_yuan(late_fen), "days": now.days_overdue}
    late = _("%(yuan)s 元，%(days)s 天") % words if now.days_overdue else _("没有")
    return [
        Fact(_("逾期"), late),
        Fact(_("账龄"), str(AGES[told.age_band])),
        Fact(_("五级分类"), str(CLASSES[told.risk_class])),
        Fact(_("已还本金"), _("%(yuan)s 元") % {"yuan": format_yuan(now.principal_paid_fen)}),
        Fact(_("已付利息"), _("%(yuan)s 元") % {"yuan": format_yuan(now.interest_paid_fen)}),
    ]


def _row(one: Movement) -> Row:
    got = one.allocation
    fens = (got.principal_fen, got.interest_fen, got.penalty_fen + got.compound_fen, got.held_fen) if got else ()
    return Row(
        one.value_on,
        one.bank_serial,
        format_yuan(one.amount_fen),
        str(Intent(one.intent).label) if got else _("已冲正"),
        tuple(format_yuan(fen) for fen in fens) or ("—",) * 4,
    )


def _due(one: Instalment) -> DueRow:
    fens = (one.principal_fen, one.interest_fen, one.subsidy_fen)
    return DueRow(one.due_on, *map(format_yuan, fens))


def _acts(application: Application, loan: Loan, user: User) -> Iterator[Link]:
    """What an officer of the bank may propose now."""
    changed = {one.kind for one in loan.plan_changes.all() if one.is_open or one.edition is not None}
    if loan.state != LoanState.ACTIVE or user.kind != UserKind.STAFF:
        return
    if may(user, "extend", loan.bank) and not changed and granted(application) is not None:
        yield Link(reverse("case_loan_extend", args=[application.number]), _("办展期"), "calendar")
    if may(user, "recall", loan.bank) and "recall" not in changed:
        yield Link(reverse("case_loan_recall", args=[application.number]), _("提前收回"), "alert")


def _change_url(number: str, change: PlanChange) -> str:
    return reverse("case_loan_change", args=[number, change.pk])


def what_of(change: PlanChange) -> str:
    """展期到 …, 从 … 起提前收回."""
    if change.extra_days:
        return _("展期 %(days)s 天，原到期日 %(day)s") % {
            "days": change.extra_days,
            "day": zh_date_year(change.from_on),
        }
    return _("从 %(day)s起提前收回") % {"day": zh_date_year(change.from_on)}
