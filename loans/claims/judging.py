"""The guarantor's opinion, and the treasury's review: row by row, then by two people, then the money."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import may
from loans import ledger
from loans.claims import payment_order, telling
from loans.claims.carrying import payable_fen
from loans.claims.refusals import ReviewIsProposed, RowsAreOpen, StoppedAlready
from loans.claims.wording import claim_quarter, quarter_words
from loans.models import ClaimLine, Loan, SubsidyClaim, SubsidyStop
from loans.models.claim import AdvancedBy, ClaimState
from loans.models.ledger import Reason
from loans.models.policy import SubsidyPayment
from loans.money import format_yuan
from loans.refusals import named
from records import decisions, engine
from records.models.decision import Outcome
from records.refusals import FieldError, Invalid, MoveNotOpen, NotPermitted


def give_opinion(
    claim: SubsidyClaim, *, agrees: bool, words: str, by: User, at: datetime, version: int | None = None
) -> SubsidyClaim:
    """The guarantor's word; a no is told in words. Raises Stale, MoveNotOpen, NotPermitted, Invalid."""
    if not agrees and not words.strip():
        raise Invalid(FieldError("words", "required", _("不同意，写一下为什么")))
    return engine.perform(claim, SubsidyClaim.opine, by=by, at=at, version=version, agrees=agrees, words=words.strip())


def agree_on_row(line: ClaimLine, *, takes_bank: bool, by: User) -> ClaimLine:
    """Which of the two figures is paid. Raises MoveNotOpen, NotPermitted, ReviewIsProposed."""
    with transaction.atomic():
        _under_review(line.claim, by=by)
        line.agreed_fen = line.bank_fen if takes_bank else line.ours_fen
        line.save(update_fields=["agreed_fen"])
        return line


def ask_about_row(line: ClaimLine, *, words: str, by: User) -> ClaimLine:
    """Ask the bank; until it is agreed on the row is open.

    Raises MoveNotOpen, NotPermitted, ReviewIsProposed, Invalid.
    """
    if not words.strip():
        raise Invalid(FieldError("words", "required", _("写一下要问什么")))
    with transaction.atomic():
        _under_review(line.claim, by=by)
        line.query, line.answer, line.agreed_fen = words.strip(), "", None
        line.save(update_fields=["query", "answer", "agreed_fen"])
        return line


def answer_row(line: ClaimLine, *, words: str, by: User) -> ClaimLine:
    """The bank's answer. Raises NotPermitted, MoveNotOpen where nothing was asked, Invalid."""
    if not words.strip():
        raise Invalid(FieldError("words", "required", _("写一下答复")))
    with transaction.atomic():
        claim = engine.lock(line.claim)
        if not may(by, "make_claim", claim.pool.bank):
            raise NotPermitted
        if claim.state not in (ClaimState.OPINED, ClaimState.RETURNED) or not line.query:
            raise MoveNotOpen("answer", claim.state)
        line.answer = words.strip()
        line.save(update_fields=["answer"])
        return line


def propose_review(claim: SubsidyClaim, *, by: User, at: datetime) -> SubsidyClaim:
    """One officer puts the sum to another.

    Raises NotPermitted, MoveNotOpen, RowsAreOpen, ReviewIsProposed.
    """
    with transaction.atomic():
        locked = _under_review(claim, by=by)
        if still_open := locked.lines.filter(agreed_fen__isnull=True).count():
            raise RowsAreOpen(still_open)
        words = {"quarter": quarter_words(claim_quarter(locked)), "yuan": format_yuan(payable_fen(locked))}
        summary = _("拨付%(quarter)s贴息 %(yuan)s 元") % words
        locked.decision = decisions.propose("subsidy_claim", summary=summary, by=by, at=at)
        locked.save(update_fields=["decision"])
        return locked


def decide_review(claim: SubsidyClaim, *, outcome: Outcome, reason: str = "", by: User, at: datetime) -> SubsidyClaim:
    """Another officer agrees, and the payment order is issued; or doesn't, and the rows are open again.

    Raises NotPermitted, SamePerson, MoveNotOpen.
    """
    with transaction.atomic():
        locked = engine.lock(claim)
        if locked.decision is None:
            raise MoveNotOpen("review", locked.state)
        engine.authorise(locked, SubsidyClaim.review, by=by)
        decision = decisions.decide(locked.decision, outcome=outcome, by=by, at=at, reason=reason)
        if decision.outcome != Outcome.APPROVED:
            return locked
        locked.payment_order = payment_order.issue(locked, decision=decision, by=by, at=at)
        locked.save(update_fields=["payment_order"])
        return engine.perform(locked, SubsidyClaim.review, by=by, at=at)


def send_back(claim: SubsidyClaim, *, reason: str, by: User, at: datetime, version: int | None = None) -> SubsidyClaim:
    """Back to the bank, with what to mend. Raises Stale, MoveNotOpen, NotPermitted, ReviewIsProposed, Invalid."""
    if not reason.strip():
        raise Invalid(FieldError("reason", "required", _("写一下要农信改什么")))
    if claim.decision is not None and claim.decision.is_open:
        raise ReviewIsProposed
    return engine.perform(claim, SubsidyClaim.send_back, by=by, at=at, version=version, reason=reason.strip())


def pay(
    claim: SubsidyClaim,
    *,
    paid_on: date,
    voucher_no: str,
    advanced_by: AdvancedBy = AdvancedBy.NOBODY,
    by: User,
    at: datetime,
    version: int | None = None,
) -> SubsidyClaim:
    """The money went to the bank on that day. What is waived to the women is booked; a refund is the bank's to hand on,
    and she is told.

    Raises Stale, MoveNotOpen, NotPermitted, Invalid.
    """
    if paid_on > timezone.localdate(at):
        raise Invalid(FieldError("paid_on", "date_ahead", _("拨付日期不能晚于今天")))
    if not voucher_no.strip():
        raise Invalid(FieldError("voucher_no", "required", _("写上凭证号")))
    with transaction.atomic():
        paid = engine.perform(
            claim,
            SubsidyClaim.pay,
            by=by,
            at=at,
            version=version,
            paid_on=paid_on,
            voucher_no=voucher_no.strip(),
            advanced_by=advanced_by,
        )
        for line in paid.lines.filter(payment=SubsidyPayment.WAIVED).exclude(agreed_fen=0).select_related("loan"):
            _book(line, value_on=paid_on, by=by, at=at)
        telling.tell_them(paid, at=at)
        return paid


def stop_subsidy(loan: Loan, *, stopped_on: date, reason: str, by: User, at: datetime) -> SubsidyStop:
    """Nothing from that day on; what was paid for later days is taken back in the next claim.

    Raises NotPermitted, StoppedAlready, Invalid.
    """
    if loan.guarantee is None or not may(by, "stop_subsidy", loan.guarantee.pool.finance):
        raise NotPermitted
    if not reason.strip():
        raise Invalid(FieldError("reason", "required", _("写一下为什么停")))
    if loan.disbursed_on is None or not loan.disbursed_on <= stopped_on <= timezone.localdate(at):
        raise Invalid(FieldError("stopped_on", "date_out_of_range", _("日期要在放款日和今天之间")))
    with named({"loan_id": StoppedAlready}):
        return SubsidyStop.objects.create(
            loan=loan, stopped_on=stopped_on, reason=reason.strip(), stopped_by=by, stopped_at=at
        )


def agreed_fen(claim: SubsidyClaim) -> int:
    """Every row's agreed figure together, adjustments included: below nought where they take more than is asked."""
    return claim.lines.aggregate(total=Sum("agreed_fen"))["total"] or 0


def _under_review(claim: SubsidyClaim, *, by: User) -> SubsidyClaim:
    locked = engine.lock(claim)
    if not may(by, "check_claim", locked.pool.finance):
        raise NotPermitted
    if locked.state != ClaimState.OPINED:
        raise MoveNotOpen("review", locked.state)
    if locked.decision is not None and locked.decision.is_open:
        raise ReviewIsProposed
    return locked


def _book(line: ClaimLine, *, value_on: date, by: User, at: datetime) -> None:
    assert line.agreed_fen is not None
    ledger.post_entry(
        Reason.SUBSIDY_PAID if line.agreed_fen > 0 else Reason.SUBSIDY_BACK,
        amount_fen=abs(line.agreed_fen),
        value_on=value_on,
        source=f"claim-line:{line.pk}",
        loan=line.loan,
        by=by,
        at=at,
    )
