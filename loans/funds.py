"""The fund's own money, and the leverage on it. One finance officer proposes, another decides; only then it moves."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import may
from loans import ledger
from loans.guarantees import bounds
from loans.models import FundMove, FundProposal, GuaranteePool, LeverageChange, Loan
from loans.models.fund import OF_A_LOAN, OUTGOING, FundMoveKind
from loans.models.ledger import Reason
from loans.money import format_yuan
from loans.refusals import VoucherUsed, named
from records import decisions
from records.models.decision import Outcome
from records.refusals import NotPermitted

REASONS = {
    FundMoveKind.DEPOSIT: Reason.DEPOSIT,
    FundMoveKind.WITHDRAWAL: Reason.WITHDRAWAL,
    FundMoveKind.INTEREST: Reason.FUND_INTEREST,
    FundMoveKind.COMPENSATION: Reason.COMPENSATION,
    FundMoveKind.RECOVERY: Reason.RECOVERY_SHARE,
}


def propose_fund_move(
    pool: GuaranteePool,
    *,
    kind: FundMoveKind,
    amount_fen: int,
    value_on: date,
    voucher_no: str,
    by: User,
    at: datetime,
) -> FundProposal:
    """Ask for a deposit, a withdrawal or the fund's interest to be booked; `amount_fen` is positive either way.

    Raises NotPermitted, VoucherUsed. (loans/compensation.py proposes what a loan costs the fund or brings back.)
    """
    assert kind not in OF_A_LOAN, f"{kind} follows from a loan"
    if not may(by, "move_fund", pool.finance):
        raise NotPermitted
    return write_proposal(
        pool, kind=kind, amount_fen=amount_fen, value_on=value_on, voucher_no=voucher_no, by=by, at=at
    )


def decide_fund_move(
    proposal: FundProposal, *, outcome: Outcome, by: User, at: datetime, reason: str = ""
) -> FundMove | None:
    """Settle a proposal; the movement that an approval books, or None.

    Raises NotPermitted, SamePerson, MoveNotOpen where it was settled before, VoucherUsed, and for a withdrawal that
    the pool can't spare PoolExhausted or PoolOverLimit.
    """
    assert proposal.kind not in OF_A_LOAN, f"{proposal.kind} follows from a loan"
    if not may(by, "check_fund", proposal.pool.finance):
        raise NotPermitted
    with transaction.atomic():
        decision = decisions.decide(proposal.decision, outcome=outcome, by=by, at=at, reason=reason)
        return book(proposal, by=by, at=at) if decision.outcome == Outcome.APPROVED else None


def propose_leverage(pool: GuaranteePool, *, leverage: int, grounds: str, by: User, at: datetime) -> LeverageChange:
    """Ask for another leverage, 1 to 10, on such grounds as last year's repayment rate. Raises NotPermitted."""
    if not may(by, "move_fund", pool.finance):
        raise NotPermitted
    summary = _("放大倍数由 %(old)s 改为 %(new)s") % {"old": pool.leverage, "new": leverage}
    with transaction.atomic():
        decision = decisions.propose("leverage", summary=summary, by=by, at=at)
        return LeverageChange.objects.create(pool=pool, leverage=leverage, grounds=grounds, decision=decision)


def decide_leverage(
    change: LeverageChange, *, outcome: Outcome, by: User, at: datetime, reason: str = ""
) -> GuaranteePool:
    """Settle a proposal; the pool as it is afterwards.

    Raises NotPermitted, SamePerson, MoveNotOpen, and PoolExhausted or PoolOverLimit where less is not enough.
    """
    pool = change.pool
    if not may(by, "check_fund", pool.finance):
        raise NotPermitted
    with transaction.atomic():
        decision = decisions.decide(change.decision, outcome=outcome, by=by, at=at, reason=reason)
        if decision.outcome == Outcome.APPROVED:
            more_fen = pool.fund_balance_fen * (pool.leverage - change.leverage)
            fits = Q(reserved_fen__lte=F("fund_balance_fen") * change.leverage - F("committed_fen"))
            with named(bounds(pool, more_fen=more_fen)):
                GuaranteePool.objects.filter(pk=pool.pk).update(
                    leverage=change.leverage,
                    over_limit_since=Case(When(fits, then=Value(None)), default=F("over_limit_since")),
                )
    pool.refresh_from_db()
    return pool


def write_proposal(
    pool: GuaranteePool,
    *,
    kind: FundMoveKind,
    amount_fen: int,
    value_on: date,
    voucher_no: str,
    loan: Loan | None = None,
    principal_fen: int | None = None,
    by: User,
    at: datetime,
) -> FundProposal:
    """Store what somebody who may has proposed. Raises VoucherUsed."""
    if FundMove.objects.filter(pool=pool, voucher_no=voucher_no).exists():
        raise VoucherUsed
    summary = _("%(kind)s %(amount)s 元，凭证号 %(voucher)s") % {
        "kind": FundMoveKind(kind).label,
        "amount": format_yuan(amount_fen),
        "voucher": voucher_no,
    }
    with transaction.atomic():
        return FundProposal.objects.create(
            pool=pool,
            kind=kind,
            amount_fen=amount_fen,
            loan=loan,
            principal_fen=principal_fen,
            value_on=value_on,
            voucher_no=voucher_no,
            decision=decisions.propose("fund_move", summary=summary, by=by, at=at),
        )


def book(proposal: FundProposal, *, by: User, at: datetime) -> FundMove:
    """Write an approved proposal as the movement it is. Raises VoucherUsed, PoolExhausted, PoolOverLimit."""
    pool, kind = proposal.pool, FundMoveKind(proposal.kind)
    refusals = bounds(pool, more_fen=proposal.amount_fen * pool.leverage)
    # PostgreSQL names the constraint, SQLite its column.
    refusals |= {"a_voucher_is_booked_once": VoucherUsed, "loans_fundmove.voucher_no": VoucherUsed}
    with named(refusals):
        move = FundMove.objects.create(
            pool=pool,
            kind=kind,
            amount_fen=-proposal.amount_fen if kind in OUTGOING else proposal.amount_fen,
            loan=proposal.loan,
            value_on=proposal.value_on,
            voucher_no=proposal.voucher_no,
            decision_id=proposal.decision_id,
            posted_by=by,
            posted_at=at,
        )
    ledger.post_entry(
        REASONS[kind],
        amount_fen=proposal.amount_fen,
        value_on=proposal.value_on,
        source=f"fund_move:{move.pk}",
        pool=pool,
        loan=proposal.loan,
        by=by,
        at=at,
    )
    return move
