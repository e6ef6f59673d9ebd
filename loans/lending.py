"""A loan from the bank's yes to the money: approved, signed, ordered by one and released by another, paid out."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from accounts.models.user import UserKind
from accounts.permissions import may
from applicants.models import Applicant
from loans import guarantees, ledger
from loans.models import Guarantee, Loan, PayoutInstruction, Policy
from loans.models.ledger import Reason
from loans.models.loan import LoanState, Method
from loans.money import format_yuan
from loans.refusals import (
    ContractNumberUsed,
    InstructionWaits,
    NoPayoutAccount,
    PaymentAlreadyRecorded,
    PayoutIsOut,
    PayoutNotReleased,
    named,
)
from loans.repayment_plan import maturity_of, store_plan
from records import decisions, engine
from records.models.decision import Outcome
from records.numbers import next_in
from records.refusals import FieldError, Invalid, MoveNotOpen, NotPermitted


def approve(
    applicant: Applicant,
    *,
    policy: Policy,
    guarantee: Guarantee | None,
    bank: Organisation,
    amount_fen: int,
    annual_rate_ppm: int,
    lpr_ppm: int,
    lpr_on: date,
    term_months: int,
    method: Method | str,
    at: datetime,
) -> Loan:
    """The bank's yes as a loan with a number, not paid out yet. Who may say it is asked by the application's move.

    The amount is at most what is guaranteed, and a policy with a guarantor has a guarantee: triggers hold both.
    """
    year = timezone.localdate(at).year
    with transaction.atomic():
        return Loan.objects.create(
            number=f"L{year}-{next_in('loan', year=year):04d}",
            applicant=applicant,
            policy=policy,
            guarantee=guarantee,
            bank=bank,
            amount_fen=amount_fen,
            annual_rate_ppm=annual_rate_ppm,
            lpr_ppm=lpr_ppm,
            lpr_on=lpr_on,
            term_months=term_months,
            method=method,
            frequency=policy.frequency,
            settlement_day=policy.settlement_day,
            day_count=policy.day_count,
            created_at=at,
        )


def sign(loan: Loan, *, contract_no: str, signed_on: date) -> Loan:
    """She signed: the contract's number and day. Raises ContractNumberUsed, MoveNotOpen."""
    with transaction.atomic():
        locked = _approved(loan, "sign")
        locked.contract_no, locked.signed_on = contract_no, signed_on
        with named({"contract_no": ContractNumberUsed}):
            locked.save(update_fields=["contract_no", "signed_on"])
        return locked


def instruct(loan: Loan, *, by: User, at: datetime) -> PayoutInstruction:
    """One officer orders the payout of the whole loan to her account of today; it waits for a second one.

    Raises NotPermitted, MoveNotOpen, NoPayoutAccount, InstructionWaits.
    """
    with transaction.atomic():
        locked = _approved(loan, "instruct")
        _has_to_be_an_officer(by, locked)
        if not locked.applicant.account_index:
            raise NoPayoutAccount
        if locked.instructions.filter(failed_at__isnull=True, dropped_at__isnull=True).exists():
            raise InstructionWaits
        summary = _("放款 %(loan)s，%(amount)s 元") % {"loan": locked, "amount": format_yuan(locked.amount_fen)}
        return PayoutInstruction.objects.create(
            loan=locked,
            amount_fen=locked.amount_fen,
            account_index=locked.applicant.account_index,
            decision=decisions.propose("payout", summary=summary, by=by, at=at),
        )


def release(
    instruction: PayoutInstruction, *, outcome: Outcome, by: User, at: datetime, reason: str = ""
) -> PayoutInstruction:
    """Another officer of the bank releases the order, or drops it.

    Raises NotPermitted, SamePerson, MoveNotOpen where it was settled before or the loan has moved on.
    """
    with transaction.atomic():
        locked = _approved(instruction.loan, "release")
        _has_to_be_an_officer(by, locked)
        decision = decisions.decide(instruction.decision, outcome=outcome, by=by, at=at, reason=reason)
        instruction.decision = decision
        stamp = "released_at" if decision.outcome == Outcome.APPROVED else "dropped_at"
        setattr(instruction, stamp, at)
        instruction.save(update_fields=[stamp])
        return instruction


def fail(instruction: PayoutInstruction, *, reason: str, at: datetime) -> PayoutInstruction:
    """The bank couldn't pay: the order is over, a new one may follow. Raises MoveNotOpen, PayoutNotReleased."""
    with transaction.atomic():
        _approved(instruction.loan, "fail")
        instruction.refresh_from_db()
        if not instruction.is_out:
            raise PayoutNotReleased
        instruction.failed_at, instruction.failure = at, reason
        instruction.save(update_fields=["failed_at", "failure"])
        return instruction


def activate(loan: Loan, *, bank_serial: str, bank_loan_no: str, value_on: date, by: User, at: datetime) -> Loan:
    """The money arrived: guarantee in force, schedule stored, ledger booked, loan active; all of it or nothing.

    Raises MoveNotOpen, NotPermitted, PayoutNotReleased, PaymentAlreadyRecorded, GuaranteeResolved, and Invalid for a
    value date that lies ahead or before the contract.
    """
    with transaction.atomic():
        locked = _approved(loan, "activate")
        _has_a_possible_date(locked, value_on, today=timezone.localdate(at))
        if not any(one.is_out for one in locked.instructions.all()):
            raise PayoutNotReleased
        if locked.guarantee is not None:
            guarantees.post(locked.guarantee, paid_fen=locked.amount_fen, value_on=value_on, by=by, at=at)
        with named({"bank_serial": PaymentAlreadyRecorded, "bank_loan_no": PaymentAlreadyRecorded}):
            active = engine.perform(
                locked,
                Loan.activate,
                by=by,
                at=at,
                bank_loan_no=bank_loan_no,
                bank_serial=bank_serial,
                disbursed_on=value_on,
                matures_on=maturity_of(locked, paid_on=value_on),
            )
        store_plan(active)
        ledger.post_entry(
            Reason.PAYOUT,
            amount_fen=active.amount_fen,
            value_on=value_on,
            source=f"payout:{active.number}",
            loan=active,
            by=by,
            at=at,
        )
        return active


def cancel(loan: Loan, *, by: User, at: datetime, reason: str = "") -> Loan:
    """It won't be paid out. An order that waits for its second officer is dropped; the guarantee is left alone.

    (Whether that is voided or expires is for whoever ends the application.) Raises PayoutIsOut while the bank may be
    paying, MoveNotOpen, NotPermitted.
    """
    with transaction.atomic():
        locked = engine.lock(loan)
        instructions = list(locked.instructions.filter(failed_at__isnull=True, dropped_at__isnull=True))
        if any(one.is_out for one in instructions) and locked.state == LoanState.APPROVED:
            raise PayoutIsOut
        cancelled = engine.perform(locked, Loan.cancel, by=by, at=at, reason=reason)
        locked.instructions.filter(pk__in=[one.pk for one in instructions]).update(dropped_at=at)
        return cancelled


def _has_to_be_an_officer(by: User, loan: Loan) -> None:
    """An order takes two people: the bank's own system is none."""
    if by.kind != UserKind.STAFF or not may(by, "disburse", loan.bank):
        raise NotPermitted


def _has_a_possible_date(loan: Loan, value_on: date, *, today: date) -> None:
    if value_on > today:
        raise Invalid(FieldError("value_on", "date_ahead", _("放款日期不能晚于今天")))
    if loan.signed_on is not None and value_on < loan.signed_on:
        raise Invalid(FieldError("value_on", "date_before_contract", _("放款日期不能早于签约日期")))


def _approved(loan: Loan, step: str) -> Loan:
    """The loan's row, locked; everything before the money is done on an approved one. Raises MoveNotOpen."""
    locked = engine.lock(loan)
    if locked.state != LoanState.APPROVED:
        raise MoveNotOpen(step, locked.state)
    return locked
