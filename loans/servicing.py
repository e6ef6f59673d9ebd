"""A loan after the money: repayments as the bank reports them, and what follows from each.

Locks are taken in one order: loan, pool, ledger.
"""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import may
from loans import guarantees
from loans.bookkeeping import book_to
from loans.interest import DayCount
from loans.models import Loan, Repayment
from loans.models.loan import LoanState
from loans.models.repayment import Intent
from loans.policies import servicing_terms_of, subsidy_terms_of
from loans.refusals import LoanNotRepaying, Overpaid, RepaymentAlreadyRecorded, RepaymentAlreadyReversed, named
from loans.repayment_plan import plan_rows, subsidy_end_of
from loans.replay import Event, EventKind, Position, replay
from records import engine
from records.refusals import FieldError, Invalid, NotPermitted


def record_repayment(
    loan: Loan,
    *,
    amount_fen: int,
    value_on: date,
    bank_serial: str,
    intent: Intent = Intent.INSTALMENT,
    by: User,
    at: datetime,
) -> Repayment:
    """Record what the bank received from her. The same serial is recorded once.

    An instalment that comes a few days early waits for its due date; `intent` says where it is meant to repay early.
    The guarantee goes down with the principal, the ledger follows, and a loan that is repaid is settled.
    Raises NotPermitted, RepaymentAlreadyRecorded, LoanNotRepaying, Overpaid, Invalid.
    """
    with transaction.atomic():
        locked = engine.lock(loan)
        if not may(by, "record_repayment", locked.bank):
            raise NotPermitted
        if Repayment.objects.filter(bank_serial=bank_serial).exists():
            raise RepaymentAlreadyRecorded
        if locked.state != LoanState.ACTIVE:
            raise LoanNotRepaying
        _is_possible(locked, amount_fen, value_on, today=timezone.localdate(at))
        with named({"bank_serial": RepaymentAlreadyRecorded}):
            repayment = Repayment.objects.create(
                loan=locked,
                value_on=value_on,
                amount_fen=amount_fen,
                bank_serial=bank_serial,
                intent=intent,
                recorded_by=by,
                recorded_at=at,
            )
        _follow(locked, value_on=value_on, by=by, at=at)
        return repayment


def reverse_repayment(
    repayment: Repayment, *, bank_serial: str, value_on: date, reason: str, by: User, at: datetime
) -> Repayment:
    """Take back a repayment that the bank reversed, by a second row. A loan that it had settled is active again.

    Raises NotPermitted, RepaymentAlreadyRecorded, RepaymentAlreadyReversed, LoanNotRepaying, Invalid.
    """
    with transaction.atomic():
        locked = engine.lock(repayment.loan)
        if not may(by, "record_repayment", locked.bank):
            raise NotPermitted
        if Repayment.objects.filter(bank_serial=bank_serial).exists():
            raise RepaymentAlreadyRecorded
        if repayment.reverses_id is not None or Repayment.objects.filter(reverses=repayment).exists():
            raise RepaymentAlreadyReversed
        if locked.state not in {LoanState.ACTIVE, LoanState.SETTLED}:
            raise LoanNotRepaying
        if not repayment.value_on <= value_on <= timezone.localdate(at):
            raise Invalid(FieldError("value_on", "date_out_of_range", _("冲正日期要在还款日和今天之间")))
        with named({"bank_serial": RepaymentAlreadyRecorded, "reverses_id": RepaymentAlreadyReversed}):
            reversal = Repayment.objects.create(
                loan=locked,
                value_on=value_on,
                amount_fen=repayment.amount_fen,
                intent=repayment.intent,
                bank_serial=bank_serial,
                reverses=repayment,
                reason=reason,
                recorded_by=by,
                recorded_at=at,
            )
        _follow(locked, value_on=value_on, by=by, at=at)
        return reversal


def charge_interest(loan: Loan, *, by: User, at: datetime) -> None:
    """Book what fell due by today, and count what was held for it. Doing it again writes nothing.

    Where held money pays the last instalment, the loan is settled.
    """
    with transaction.atomic():
        locked = engine.lock(loan)
        if locked.state == LoanState.ACTIVE:
            _follow(locked, value_on=timezone.localdate(at), by=by, at=at)


def position(loan: Loan, *, on: date) -> Position:
    """Where the loan stood at the end of a day, by what had happened by then. Uses what was prefetched."""
    return replayed(loan, events_of(loan), on=on)


def _follow(loan: Loan, *, value_on: date, by: User, at: datetime) -> None:
    """What a repayment or a reversal brings with it. The loan's row is locked."""
    prefetch_related_objects([loan], "instalments", "repayments")
    now = position(loan, on=timezone.localdate(at))
    excess_fen = sum(allocation.excess_fen for allocation in now.allocations)
    if excess_fen:
        raise Overpaid(excess_fen)
    _book(loan, by=by, at=at)
    if loan.guarantee is not None:
        guarantees.release(
            loan.guarantee, outstanding_fen=now.principal_outstanding_fen, value_on=value_on, by=by, at=at
        )
    if now.is_settled and loan.state == LoanState.ACTIVE:
        engine.perform(loan, Loan.settle, by=by, at=at)
    if not now.is_settled and loan.state == LoanState.SETTLED:
        engine.perform(loan, Loan.reopen, by=by, at=at)


def _book(loan: Loan, *, by: User, at: datetime) -> None:
    today = timezone.localdate(at)
    book_to(loan, position_on=_known_now(loan, on=today), on=today, by=by, at=at)


def _known_now(loan: Loan, *, on: date) -> Callable[[date], Position]:
    """Positions on earlier days as they would have been, had what is reversed by now never happened."""
    known = [event for event in events_of(loan) if event.value_on <= on]
    reversed_refs = {event.reverses for event in known if event.kind == EventKind.REVERSAL}
    standing = [event for event in known if event.kind != EventKind.REVERSAL and event.ref not in reversed_refs]
    return lambda day: replayed(loan, standing, on=day)


def replayed(loan: Loan, events: list[Event], *, on: date) -> Position:
    """Where the loan would stand at the end of a day, had just these events happened."""
    assert loan.disbursed_on is not None, f"{loan} is not paid out"
    return replay(
        schedule_rows=plan_rows(loan),
        annual_rate_ppm=loan.annual_rate_ppm,
        day_count=DayCount(loan.day_count),
        start_on=loan.disbursed_on,
        events=events,
        on=on,
        subsidy_terms=subsidy_terms_of(loan.policy, lpr_ppm=loan.lpr_ppm),
        subsidy_ends_on=subsidy_end_of(loan),
        servicing_terms=servicing_terms_of(loan.policy),
    )


def events_of(loan: Loan) -> list[Event]:
    """Payout, repayments and reversals, of what was prefetched.

    Serials order those of one day, so that their arrival doesn't matter.
    """
    assert loan.disbursed_on is not None, f"{loan} is not paid out"
    events = [Event(EventKind.PAYOUT, loan.disbursed_on, 0, loan.amount_fen, ref=f"payout {loan.number}")]
    repayments = {one.pk: one for one in loan.repayments.all()}
    for one in repayments.values():
        taken_back = repayments[one.reverses_id].bank_serial if one.reverses_id is not None else ""
        kind = EventKind.REVERSAL if taken_back else EventKind.REPAYMENT
        is_early = one.intent == Intent.EARLY
        events.append(Event(kind, one.value_on, 0, one.amount_fen, one.bank_serial, taken_back, is_early))
    return events


def _is_possible(loan: Loan, amount_fen: int, value_on: date, *, today: date) -> None:
    assert loan.disbursed_on is not None
    if amount_fen <= 0:
        raise Invalid(FieldError("amount", "amount_not_positive", _("还款金额要大于 0")))
    if not loan.disbursed_on <= value_on <= today:
        limits: dict[str, object] = {"min": loan.disbursed_on.isoformat(), "max": today.isoformat()}
        raise Invalid(FieldError("value_on", "date_out_of_range", _("还款日期要在放款日和今天之间"), limits=limits))
