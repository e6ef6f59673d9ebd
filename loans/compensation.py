"""When she can't pay: the guarantor pays the bank from the fund, and what is recovered later flows back in shares.

The bank proposes, an officer of the finance bureau decides: it is the treasury's money. A compensation is never
refused by the pool; it may leave it over its limit.
"""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.models.user import UserKind
from accounts.permissions import may
from loans import funds, guarantees, ledger
from loans.models import FundMove, FundProposal, GuaranteePool, Loan
from loans.models.fund import FundMoveKind
from loans.models.ledger import Reason
from loans.models.loan import LoanState
from loans.money import share
from loans.refusals import (
    CompensatedAlready,
    LoanNotGuaranteed,
    NotCompensated,
    NotOverdueEnough,
    ProposalOutdated,
    RecoveredTooMuch,
)
from loans.servicing import charge_interest, position
from records import decisions, engine
from records.models.decision import Outcome
from records.refusals import FieldError, Invalid, MoveNotOpen, NotPermitted


def propose_compensation(loan: Loan, *, voucher_no: str, by: User, at: datetime) -> FundProposal:
    """The bank asks the fund for its share of the principal that she still owes today.

    Raises NotPermitted, LoanNotGuaranteed, CompensatedAlready, MoveNotOpen, NotOverdueEnough, VoucherUsed.
    """
    if by.kind != UserKind.STAFF or not may(by, "compensate", loan.bank):
        raise NotPermitted
    today = timezone.localdate(at)
    principal_fen = _claimable_fen(loan, on=today)
    return funds.write_proposal(
        _pool_of(loan),
        kind=FundMoveKind.COMPENSATION,
        amount_fen=share(principal_fen, loan.policy.loss_share_ppm),
        loan=loan,
        principal_fen=principal_fen,
        value_on=today,
        voucher_no=voucher_no,
        by=by,
        at=at,
    )


def decide_compensation(proposal: FundProposal, *, outcome: Outcome, by: User, at: datetime, reason: str = "") -> Loan:
    """Settle a proposal; approved, the loan is compensated. The loan as it is afterwards.

    Raises NotPermitted, SamePerson, MoveNotOpen, CompensatedAlready, ProposalOutdated where she has paid meanwhile.
    """
    assert proposal.kind == FundMoveKind.COMPENSATION
    assert proposal.loan is not None
    if not may(by, "check_fund", proposal.pool.finance):
        raise NotPermitted
    with transaction.atomic():
        decision = decisions.decide(proposal.decision, outcome=outcome, by=by, at=at, reason=reason)
        if decision.outcome != Outcome.APPROVED:
            return proposal.loan
        return compensate(proposal, by=by, at=at)


def compensate(proposal: FundProposal, *, by: User, at: datetime) -> Loan:
    """Carry out what was approved: call the guarantee, pay the fund's share, turn her debt into a claim."""
    assert proposal.loan is not None
    assert proposal.principal_fen is not None
    loan = engine.lock(proposal.loan)
    if _claimable_fen(loan, on=timezone.localdate(at)) != proposal.principal_fen:
        raise ProposalOutdated
    assert loan.guarantee is not None
    charge_interest(loan, by=by, at=at)
    # The exposure ends before the fund pays, so that the pool's limit is judged by what is left.
    guarantees.call(loan.guarantee, value_on=proposal.value_on, by=by, at=at)
    funds.book(proposal, by=by, at=at)
    ledger.post_entry(
        Reason.CLAIM,
        amount_fen=proposal.principal_fen,
        value_on=proposal.value_on,
        source=f"claim:{loan.number}",
        loan=loan,
        by=by,
        at=at,
    )
    return engine.perform(loan, Loan.compensate, by=by, at=at)


def propose_recovery(
    loan: Loan, *, recovered_fen: int, value_on: date, voucher_no: str, by: User, at: datetime
) -> FundProposal:
    """The bank got money from her or her counter-guarantors: the fund's share of it goes back to the fund.

    Raises NotPermitted, NotCompensated, Invalid, RecoveredTooMuch, VoucherUsed.
    """
    if by.kind != UserKind.STAFF or not may(by, "compensate", loan.bank):
        raise NotPermitted
    _is_recoverable(loan, recovered_fen)
    return funds.write_proposal(
        _pool_of(loan),
        kind=FundMoveKind.RECOVERY,
        amount_fen=_fund_share_fen(loan, recovered_fen),
        loan=loan,
        principal_fen=recovered_fen,
        value_on=value_on,
        voucher_no=voucher_no,
        by=by,
        at=at,
    )


def decide_recovery(
    proposal: FundProposal, *, outcome: Outcome, by: User, at: datetime, reason: str = ""
) -> FundMove | None:
    """Settle a proposal; the movement that an approval books, or None. A claim that is all back closes the loan.

    Raises NotPermitted, SamePerson, MoveNotOpen, NotCompensated, RecoveredTooMuch, VoucherUsed, and ProposalOutdated
    where another recovery was booked meanwhile and a fen would go to the wrong one.
    """
    assert proposal.kind == FundMoveKind.RECOVERY
    assert proposal.loan is not None
    assert proposal.principal_fen is not None
    if not may(by, "check_fund", proposal.pool.finance):
        raise NotPermitted
    with transaction.atomic():
        decision = decisions.decide(proposal.decision, outcome=outcome, by=by, at=at, reason=reason)
        if decision.outcome != Outcome.APPROVED:
            return None
        loan = engine.lock(proposal.loan)
        _is_recoverable(loan, proposal.principal_fen)
        if _fund_share_fen(loan, proposal.principal_fen) != proposal.amount_fen:
            raise ProposalOutdated
        move = funds.book(proposal, by=by, at=at)
        ledger.post_entry(
            Reason.RECOVERY,
            amount_fen=proposal.principal_fen,
            value_on=proposal.value_on,
            source=f"recovery:{move.pk}",
            loan=loan,
            by=by,
            at=at,
        )
        if not claim_left_fen(loan):
            engine.perform(loan, Loan.close, by=by, at=at)
        return move


def claim_left_fen(loan: Loan) -> int:
    """What is claimed from her and neither came back nor was given up, the bank's share included, in fen."""
    booked = _booked_fen(loan, Reason.CLAIM, Reason.RECOVERY, Reason.FUND_LOSS, Reason.BANK_LOSS)
    return booked.pop(Reason.CLAIM, 0) - sum(booked.values())


def recovered_fen_of(loan: Loan) -> int:
    """What came back so far, the bank's share included, in fen."""
    return sum(_booked_fen(loan, Reason.RECOVERY).values())


def _booked_fen(loan: Loan, *reasons: Reason) -> dict[str, int]:
    booked = loan.entries.filter(reason__in=reasons).order_by().values_list("reason")
    return dict(booked.annotate(Sum("amount_fen")))


def _fund_share_fen(loan: Loan, recovered_fen: int) -> int:
    """Of all that came back so far the fund has its share, to the fen, however many payments it came in."""
    before_fen, loss_share_ppm = recovered_fen_of(loan), loan.policy.loss_share_ppm
    return share(before_fen + recovered_fen, loss_share_ppm) - share(before_fen, loss_share_ppm)


def _claimable_fen(loan: Loan, *, on: date) -> int:
    """The principal for which the fund may be asked. Raises what speaks against it."""
    if loan.guarantee is None:
        raise LoanNotGuaranteed
    if loan.fund_moves.filter(kind=FundMoveKind.COMPENSATION).exists():
        raise CompensatedAlready
    if loan.state != LoanState.ACTIVE:
        raise MoveNotOpen("compensate", loan.state)
    now = position(loan, on=on)
    needed_days = loan.policy.compensation_after_days
    if now.days_overdue <= needed_days:
        raise NotOverdueEnough(now.days_overdue, needed_days)
    return now.principal_outstanding_fen


def _is_recoverable(loan: Loan, recovered_fen: int) -> None:
    if loan.state != LoanState.COMPENSATED:
        raise NotCompensated
    if recovered_fen <= 0 or not _fund_share_fen(loan, recovered_fen):
        raise Invalid(FieldError("amount", "amount_too_small", _("金额太小，分不到基金和银行")))
    left_fen = claim_left_fen(loan)
    if recovered_fen > left_fen:
        raise RecoveredTooMuch(recovered_fen - left_fen)


def _pool_of(loan: Loan) -> GuaranteePool:
    assert loan.guarantee is not None
    return loan.guarantee.pool
