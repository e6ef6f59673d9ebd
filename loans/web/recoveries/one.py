"""One loan that went wrong: what it costs whom, what came back, who still answers for it, and what the bank can do."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.permissions import may
from accounts.templatetags.page import zh_date_year
from accounts.web.navigation import frame
from accounts.web.parts import Fact
from loans import recoveries as ways
from loans.compensation import claim_left_fen, recovered_fen_of
from loans.models import FundMove, FundProposal, Loan, WriteOff
from loans.models.loan import LoanState
from loans.money import format_yuan, percent
from loans.position import Position
from loans.servicing import position
from loans.web.recoveries.listing import names_of, pools_of
from loans.web.recoveries.wording import effect_words, limitation_words
from records.edge import caller
from records.models.decision import Outcome


@dataclass(frozen=True)
class Waiting:
    """One proposal that a second person hasn't decided; `url` is "" for whoever can't."""

    summary: str
    by: str
    url: str


@dataclass(frozen=True)
class Step:
    """What was booked: all of it, and whose part of it. `voucher_no` is "" where no money moved."""

    on: date
    what: str
    principal: str
    fund: str
    bank: str
    voucher_no: str


@require_safe
def recovery(request: HttpRequest, loan_number: str) -> HttpResponse:
    user, today = caller(request), timezone.localdate()
    loan, now = loan_of(user, loan_number, today=today)
    waiting = list(waiting_of(loan, user))
    context = {
        "loan": loan,
        "name": names_of([loan], user).get(loan.pk, ""),
        "facts": list(_facts_before(loan, now) if loan.state == LoanState.ACTIVE else _facts_after(loan)),
        "effect": effect_of(loan, now),
        "waiting": waiting,
        "acts": [] if waiting else acts_of(loan, user),
        "steps": list(_steps(loan)),
        "secured_by": list(loan.guarantee.counter_guarantees.order_by("pk")) if loan.guarantee else [],
    }
    return render(request, "loans/recoveries/one.html", context | frame(request, current="recoveries"))


def loan_of(user: User, number: str, *, today: date) -> tuple[Loan, Position]:
    """A loan of her pools that is late enough or was compensated, and where it stands. Raises Http404."""
    loans = Loan.objects.filter(guarantee__pool__in=pools_of(user)).select_related(
        "applicant", "bank", "policy", "guarantee__pool__finance"
    )
    gone_wrong = Q(state=LoanState.ACTIVE) | Q(fund_moves__kind="compensation")
    found = loans.filter(gone_wrong).prefetch_related("instalments", "repayments").distinct()
    loan = get_object_or_404(found, number=number)
    now = position(loan, on=today)
    if loan.state == LoanState.ACTIVE and not ways.is_overdue_enough(loan, now):
        raise Http404
    return loan, now


def acts_of(loan: Loan, user: User) -> list[str]:
    """What the bank may do with it now."""
    if not may(user, "compensate", loan.bank):
        return []
    return {LoanState.ACTIVE.value: ["compensate"], LoanState.COMPENSATED.value: ["recover", "write-off"]}.get(
        loan.state, []
    )


def effect_of(loan: Loan, now: Position) -> str:
    """What a compensation of today would do to the pool; "" once it is done."""
    if loan.state != LoanState.ACTIVE or loan.guarantee is None:
        return ""
    pool = loan.guarantee.pool
    return effect_words(ways.cost_of(loan, now.principal_outstanding_fen, pool=pool), leverage=pool.leverage)


def waiting_of(loan: Loan, user: User) -> Iterator[Waiting]:
    assert loan.guarantee is not None
    decides = may(user, "check_fund", loan.guarantee.pool.finance)
    proposals: list[tuple[str, FundProposal | WriteOff]] = [
        *(("finance_proposal", one) for one in _open(loan.fund_proposals.all())),
        *(("write_off", one) for one in _open(loan.write_offs.all())),
    ]
    for page, one in proposals:
        decision = one.decision
        yield Waiting(decision.summary, str(decision.proposed_by), reverse(page, args=[one.pk]) if decides else "")


def _open(proposals: QuerySet[Any]) -> QuerySet[Any]:
    return proposals.filter(decision__decided_at__isnull=True).select_related("decision__proposed_by").order_by("pk")


def _facts_before(loan: Loan, now: Position) -> Iterator[Fact]:
    assert loan.guarantee is not None
    cost = ways.cost_of(loan, now.principal_outstanding_fen, pool=loan.guarantee.pool)
    yield Fact(_("逾期"), _("%(days)s 天") % {"days": now.days_overdue})
    yield Fact(_("剩余本金"), _yuan(cost.principal_fen))
    yield from _shares(loan, cost.fund_fen, cost.bank_fen)


def _facts_after(loan: Loan) -> Iterator[Fact]:
    left_fen, recovered_fen = claim_left_fen(loan), recovered_fen_of(loan)
    paid = FundMove.objects.get(loan=loan, kind="compensation")
    yield Fact(
        _("代偿"),
        _("%(day)s，基金付了 %(yuan)s") % {"day": zh_date_year(paid.value_on), "yuan": _yuan(-paid.amount_fen)},
    )
    yield Fact(_("已追回"), _yuan(recovered_fen))
    yield Fact(_("还没追回"), _yuan(left_fen))
    if loan.state == LoanState.COMPENSATED:
        yield Fact(_("诉讼时效"), limitation_words(ways.limitation_of(loan)))


def _shares(loan: Loan, fund_fen: int, bank_fen: int) -> Iterator[Fact]:
    ppm = loan.policy.loss_share_ppm
    yield Fact(_("基金承担 %(share)s%%") % {"share": percent(ppm).removesuffix(".00")}, _yuan(fund_fen))
    yield Fact(_("银行承担 %(share)s%%") % {"share": percent(1_000_000 - ppm).removesuffix(".00")}, _yuan(bank_fen))


def _steps(loan: Loan) -> Iterator[Step]:
    """Compensation, recoveries, write-off: the oldest first, each with whose part is whose."""
    moves = loan.fund_moves.select_related("decision__fund_proposal").order_by("value_on", "pk")
    for move in moves:
        whole_fen, fund_fen = move.decision.fund_proposal.principal_fen, abs(move.amount_fen)
        assert whole_fen is not None
        yield _step(move.value_on, str(move.get_kind_display()), whole_fen, fund_fen, move.voucher_no)
    agreed = loan.write_offs.filter(decision__outcome=Outcome.APPROVED).select_related("decision")
    for one in agreed:
        assert one.decision.decided_at is not None
        yield _step(timezone.localdate(one.decision.decided_at), _("核销"), one.principal_fen, one.fund_fen, "")


def _step(on: date, what: str, principal_fen: int, fund_fen: int, voucher_no: str) -> Step:
    parts = (principal_fen, fund_fen, principal_fen - fund_fen)
    principal, fund, bank = map(format_yuan, parts)
    return Step(on, what, principal, fund, bank, voucher_no)


def _yuan(fen: int) -> str:
    return _("%(yuan)s 元") % {"yuan": format_yuan(fen)}
