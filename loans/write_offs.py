"""When nothing more will come: what is left of a claim is given up, and each bears its agreed part of the loss.

The bank proposes and says why, an officer of the finance bureau decides: the greater part is the treasury's loss.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.models.user import UserKind
from accounts.permissions import may
from loans import ledger
from loans.compensation import claim_left_fen
from loans.models import Loan, WriteOff
from loans.models.ledger import Reason
from loans.models.loan import LoanState
from loans.money import format_yuan
from loans.refusals import NotCompensated, ProposalOutdated
from records import decisions, engine
from records.models.decision import Outcome
from records.refusals import FieldError, Invalid, NotPermitted

REASON_LONGEST = 200


def propose_write_off(loan: Loan, *, reason: str, by: User, at: datetime) -> WriteOff:
    """The bank asks to give up what is left of the claim. Raises NotPermitted, NotCompensated, Invalid."""
    if by.kind != UserKind.STAFF or not may(by, "compensate", loan.bank):
        raise NotPermitted
    if loan.state != LoanState.COMPENSATED:
        raise NotCompensated
    words = reason.strip()
    if not 1 <= len(words) <= REASON_LONGEST:
        raise Invalid(FieldError("reason", "reason_missing", _("写明为什么追不回来，最多 200 个字")))
    principal_fen = claim_left_fen(loan)
    summary = _("核销 %(loan)s，本金 %(yuan)s 元") % {"loan": loan.number, "yuan": format_yuan(principal_fen)}
    with transaction.atomic():
        return WriteOff.objects.create(
            loan=loan,
            principal_fen=principal_fen,
            fund_fen=fund_loss_fen(loan),
            reason=words,
            decision=decisions.propose("write_off", summary=summary, by=by, at=at),
        )


def decide_write_off(write_off: WriteOff, *, outcome: Outcome, by: User, at: datetime, reason: str = "") -> Loan:
    """Settle a proposal; approved, the claim is a loss and the loan closed. The loan as it is afterwards.

    Raises NotPermitted, SamePerson, MoveNotOpen, NotCompensated, ProposalOutdated where something came back meanwhile.
    """
    guarantee = write_off.loan.guarantee
    assert guarantee is not None
    if not may(by, "check_fund", guarantee.pool.finance):
        raise NotPermitted
    with transaction.atomic():
        decision = decisions.decide(write_off.decision, outcome=outcome, by=by, at=at, reason=reason)
        loan = engine.lock(write_off.loan)
        if decision.outcome != Outcome.APPROVED:
            return loan
        if loan.state != LoanState.COMPENSATED:
            raise NotCompensated
        if (claim_left_fen(loan), fund_loss_fen(loan)) != (write_off.principal_fen, write_off.fund_fen):
            raise ProposalOutdated
        _book(write_off, loan, by=by, at=at)
        return engine.perform(loan, Loan.close, by=by, at=at)


def fund_loss_fen(loan: Loan) -> int:
    """What the fund paid for her and never got back, in fen: its part of what is left."""
    moved_fen: int = loan.fund_moves.aggregate(total=Sum("amount_fen"))["total"] or 0
    return -moved_fen


def _book(write_off: WriteOff, loan: Loan, *, by: User, at: datetime) -> None:
    parts = {Reason.FUND_LOSS: write_off.fund_fen, Reason.BANK_LOSS: write_off.bank_fen}
    for reason, amount_fen in parts.items():
        if amount_fen:
            ledger.post_entry(
                reason,
                amount_fen=amount_fen,
                value_on=timezone.localdate(at),
                source=f"write_off:{loan.number}",
                loan=loan,
                by=by,
                at=at,
            )
