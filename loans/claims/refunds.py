"""先付后退: what the treasury paid for her interest, put on her card by the bank."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import may
from loans.claims.quarter import Quarter
from loans.models import ClaimLine, Loan, SubsidyClaim, SubsidyRefund
from loans.models.claim import WITH_THE_BANK, ClaimState
from loans.models.policy import SubsidyPayment
from records import engine
from records.refusals import FieldError, Invalid, MoveNotOpen, NotPermitted


class Refund(NamedTuple):
    """One quarter of one loan. Until the treasury has agreed, the amount is our figure."""

    quarter: Quarter
    amount_fen: int
    is_handed_in: bool
    paid_on: date | None
    refunded_on: date | None


def record_refunds(
    claim: SubsidyClaim, *, refunded_on: date, bank_serial: str, by: User, at: datetime
) -> list[SubsidyRefund]:
    """The bank has put every line of a paid claim on the women's cards, in one batch. What was recorded stays.

    Raises NotPermitted, MoveNotOpen, Invalid.
    """
    with transaction.atomic():
        locked = engine.lock(claim)
        if not may(by, "refund_subsidy", locked.pool.bank):
            raise NotPermitted
        if locked.state != ClaimState.PAID or locked.paid_on is None:
            raise MoveNotOpen("refund", locked.state)
        if not locked.paid_on <= refunded_on <= timezone.localdate(at):
            raise Invalid(FieldError("refunded_on", "date_out_of_range", _("日期要在拨付日期和今天之间")))
        return SubsidyRefund.objects.bulk_create(
            SubsidyRefund(line=line, refunded_on=refunded_on, bank_serial=bank_serial, recorded_by=by, recorded_at=at)
            for line in _left(locked)
        )


def are_left(claim: SubsidyClaim) -> bool:
    """Whether some woman still waits for her part of a paid claim."""
    return claim.state == ClaimState.PAID and _left(claim).exists()


def refunds_of(loan: Loan) -> Iterator[Refund]:
    """The quarters of a loan that were claimed, the newest first; adjustments are in the quarter that pays them."""
    lines = loan.claim_lines.select_related("claim", "refund").order_by("-claim__from_on", "pk")
    by_claim: dict[int, list[ClaimLine]] = {}
    for line in lines:
        by_claim.setdefault(line.claim_id, []).append(line)
    for rows in by_claim.values():
        claim = rows[0].claim
        refund = next((one.refund for one in rows if hasattr(one, "refund")), None)
        yield Refund(
            quarter=Quarter(claim.from_on, claim.to_on),
            amount_fen=sum(one.ours_fen if one.agreed_fen is None else one.agreed_fen for one in rows),
            is_handed_in=claim.state not in WITH_THE_BANK,
            paid_on=claim.paid_on,
            refunded_on=refund.refunded_on if refund else None,
        )


def _left(claim: SubsidyClaim) -> QuerySet[ClaimLine]:
    return claim.lines.filter(payment=SubsidyPayment.REFUND, agreed_fen__gt=0, refund__isnull=True)
