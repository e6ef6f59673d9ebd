"""算一算: what a loan costs, who pays the interest, and what falls due when. Nothing is stored."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from loans.models import Policy
from loans.money import format_yuan, plain_yuan
from loans.policies import quote_for
from loans.quotes import QuoteRow
from loans.rows import by_year
from loans.subsidy import SubsidyPayment
from loans.web.check_result import APPLY
from loans.web.costs import CostBox, costs_of
from loans.web.forms.amount import AmountForm
from loans.web.offered import under_the_policy

# Sent by the button. Without it the address only fills the form in, as the pre-check does.
COUNT = "count"


@dataclass(frozen=True)
class Due:
    """One line of the plan, as the table prints it."""

    due_on: date
    principal: str
    interest: str
    subsidy: str
    from_her: str


@dataclass(frozen=True)
class Subtotal:
    """What falls due in one calendar year, as the foot of the table prints it."""

    year: int
    principal: str
    interest: str
    subsidy: str
    from_her: str


@dataclass(frozen=True)
class Counted:
    """What was worked out for one loan."""

    costs: CostBox | None
    plan: list[Due]
    years: list[Subtotal]
    is_refunded: bool
    apply_url: str


@login_not_required
@require_safe
@under_the_policy
def calc(request: HttpRequest, policy: Policy, today: date) -> HttpResponse:
    form = AmountForm(policy, request.GET if COUNT in request.GET else None, shown=_shown(request.GET))
    counted = _counted(policy, form.cleaned_data, start_on=today) if form.is_valid() else None
    status = 422 if form.is_bound and counted is None else 200
    return render(request, "loans/calc.html", {"form": form, "policy": policy, "counted": counted}, status=status)


def _shown(asked: Mapping[str, str]) -> dict[str, str]:
    return {name: asked[name] for name in AmountForm.base_fields if asked.get(name)}


def _counted(policy: Policy, given: Mapping[str, Any], *, start_on: date) -> Counted:
    amount_fen, term_months, method = given["amount"], given["term_months"], given["method"]
    quote = quote_for(policy, amount_fen=amount_fen, term_months=term_months, method=method, start_on=start_on)
    wanted = {
        "amount": plain_yuan(amount_fen).removesuffix(".00"),
        "term_months": term_months,
        "method": method,
    }
    return Counted(
        costs=costs_of(policy, amount_fen=amount_fen, term_months=term_months, method=method, start_on=start_on),
        plan=list(_plan(quote.instalments)),
        years=list(_years(quote.instalments)),
        is_refunded=quote.subsidy_payment == SubsidyPayment.REFUND,
        apply_url=f"{APPLY}?{urlencode(wanted)}",
    )


def _plan(instalments: tuple[QuoteRow, ...]) -> Iterator[Due]:
    for row in instalments:
        yield Due(
            due_on=row.due_on,
            principal=format_yuan(row.principal_fen),
            interest=format_yuan(row.interest_fen),
            subsidy=format_yuan(row.subsidy_fen),
            from_her=format_yuan(row.due_from_her_fen),
        )


def _years(instalments: tuple[QuoteRow, ...]) -> Iterator[Subtotal]:
    for year, rows in by_year(instalments):
        yield Subtotal(
            year,
            principal=format_yuan(sum(row.principal_fen for row in rows)),
            interest=format_yuan(sum(row.interest_fen for row in rows)),
            subsidy=format_yuan(sum(row.subsidy_fen for row in rows)),
            from_her=format_yuan(sum(row.due_from_her_fen for row in rows)),
        )
