"""Stage 5: the bank approves on its own terms, she signs, and two of its officers send the money."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.models.user import UserKind
from applicants.identity import BankAccount
from loans import lending
from loans.models import Loan, PayoutInstruction
from loans.models.loan import Method
from loans.refusals import PayoutNotReleased
from records import engine
from records.models.decision import Outcome
from records.refusals import FieldError, Invalid, MoveNotOpen, NotPermitted
from workflows import approval, casework, early_opinions, payout_account
from workflows.approval import LoanTerms as LoanTerms
from workflows.models import Application, EarlyOpinion
from workflows.models.early_opinion import OpinionKind, OpinionOutcome
from workflows.reasons import Reason as Reason
from workflows.refusals import PaymentDiffers
from workflows.refusing import refuse
from workflows.states import State

REASON_LONGEST = 100


@dataclass(frozen=True)
class Payment:
    """One payment as the bank's core system reports it; the value date decides whether it came in time."""

    bank_serial: str
    bank_loan_no: str
    value_on: date
    amount_fen: int


@transaction.atomic
def record_credit(
    application: Application, *, outcome: OpinionOutcome | str, note: str, by: User, at: datetime
) -> EarlyOpinion:
    """The bank's credit result, in its stage or ahead of it. Raises MoveNotOpen, NotPermitted, Invalid."""
    return early_opinions.record(application, OpinionKind.CREDIT, outcome=outcome, note=note, by=by, at=at)


@transaction.atomic
def approve_loan(
    application: Application, *, terms: LoanTerms, reason: str, by: User, at: datetime, version: int | None
) -> Application:
    """The bank approves, and a loan is made. What differs from what she asked for is hers to accept first.

    Raises Invalid: amount above request or guarantee, terms not offered, a change without a reason, credit not passed.
    """
    case = casework.begin(application, Application.approve_loan, by=by, version=version)
    approval.check(terms, case, reason=reason, on=timezone.localdate(at))
    early_opinions.record(case, OpinionKind.CREDIT, outcome=terms.credit_outcome, note=terms.credit_note, by=by, at=at)
    loan: Loan = lending.approve(
        case.applicant,
        policy=approval.contract_policy(case, on=timezone.localdate(at)),
        guarantee=case.guarantee_given,
        bank=case.bank,
        amount_fen=terms.amount_fen,
        annual_rate_ppm=terms.annual_rate_ppm,
        lpr_ppm=terms.lpr_ppm,
        lpr_on=terms.lpr_on,
        term_months=terms.term_months,
        method=Method(terms.method),
        at=at,
    )
    return casework.advance(
        case, Application.approve_loan, by=by, at=at, version=None, reason=reason.strip(), loan=loan
    )


@transaction.atomic
def refuse_loan(
    application: Application, *, reasons: Sequence[Reason], by: User, at: datetime, version: int | None
) -> Application:
    """The bank says no; the pool gets its promise back. Raises Invalid."""
    case = casework.begin(application, Application.refuse_loan, by=by, version=version)
    return refuse(case, Application.refuse_loan, reasons=reasons, by=by, at=at)


@transaction.atomic
def accept_terms(application: Application, *, by: User, at: datetime, version: int | None) -> Application:
    """She accepts the bank's terms."""
    return casework.advance(application, Application.accept_terms, by=by, at=at, version=version)


@transaction.atomic
def decline_terms(application: Application, *, by: User, at: datetime, version: int | None) -> Application:
    """She doesn't; loan and guarantee are given back."""
    return casework.advance(application, Application.decline_terms, by=by, at=at, version=version)


@transaction.atomic
def sign(
    application: Application,
    *,
    contract_no: str,
    signed_on: date,
    account: BankAccount | None = None,
    by: User,
    at: datetime,
    version: int | None,
) -> Application:
    """She has signed, and brought the account to be paid where there was none. Raises Invalid, ContractNumberUsed."""
    case = casework.begin(application, Application.sign, by=by, version=version)
    if not contract_no.strip():
        raise Invalid(FieldError("contract_no", "contract_no_missing", _("写上合同号")))
    if signed_on > timezone.localdate(at):
        raise Invalid(FieldError("signed_on", "signed_in_the_future", _("签约日期不能晚于今天")))
    brought = payout_account.settle(case, account)
    lending.sign(_loan_of(case), contract_no=contract_no.strip(), signed_on=signed_on)
    words = _("；").join(filter(None, (contract_no.strip(), brought)))
    return casework.advance(case, Application.sign, by=by, at=at, version=None, reason=words)


@transaction.atomic
def instruct_payout(application: Application, *, by: User, at: datetime) -> PayoutInstruction:
    """One officer writes the payout instruction; another releases it.

    Raises MoveNotOpen, NotPermitted, InstructionWaits, NoPayoutAccount.
    """
    case = _begin_payout(application, by=by)
    return lending.instruct(_loan_of(case), by=by, at=at)


@transaction.atomic
def release_payout(instruction: PayoutInstruction, *, outcome: Outcome, by: User, at: datetime) -> PayoutInstruction:
    """The second officer releases the money, or drops the instruction. Raises SamePerson, MoveNotOpen, NotPermitted."""
    _begin_payout(Application.objects.get(loan=instruction.loan_id), by=by)
    return lending.release(instruction, outcome=outcome, by=by, at=at)


@transaction.atomic
def disburse(application: Application, *, payment: Payment, by: User, at: datetime, version: int | None) -> Application:
    """The money arrived: the guarantee is in force, the loan runs, the promise is kept or was not.

    Raises Invalid, PaymentDiffers, PayoutNotReleased, PaymentAlreadyRecorded.
    """
    case = casework.begin(application, Application.disburse, by=by, version=version)
    loan = _loan_of(case)
    _check_payment(payment, loan, today=timezone.localdate(at))
    lending.activate(
        loan,
        bank_serial=payment.bank_serial.strip(),
        bank_loan_no=payment.bank_loan_no.strip(),
        value_on=payment.value_on,
        by=by,
        at=at,
    )
    return casework.advance(case, Application.disburse, by=by, at=at, version=None, reason=payment.bank_serial.strip())


@transaction.atomic
def payout_failed(application: Application, *, reason: str, by: User, at: datetime, version: int | None) -> Application:
    """The bank couldn't pay; she comes back with another account. Raises Invalid, PayoutNotReleased."""
    case = casework.begin(application, Application.payout_failed, by=by, version=version)
    if not 1 <= len(reason.strip()) <= REASON_LONGEST:
        raise Invalid(FieldError("reason", "reason_missing", _("写一下为什么没打成，她会看到")))
    instruction = PayoutInstruction.objects.filter(loan=case.loan_id, failed_at__isnull=True, dropped_at__isnull=True)
    out = instruction.first()
    if out is None:
        raise PayoutNotReleased
    lending.fail(out, reason=reason.strip(), at=at)
    return casework.advance(case, Application.payout_failed, by=by, at=at, version=None, reason=reason.strip())


def _begin_payout(application: Application, *, by: User) -> Application:
    """The case, locked, where people of the bank are about to pay it out."""
    case = engine.lock(application)
    if case.state != State.PAYOUT:
        raise MoveNotOpen("instruct_payout", case.state)
    if by.kind != UserKind.STAFF or case.authority_of(by, "disburse") is None:
        raise NotPermitted
    case.check_separation("instruct_payout", by=by)
    return case


def _check_payment(payment: Payment, loan: Loan, *, today: date) -> None:
    if payment.amount_fen != loan.amount_fen:
        raise PaymentDiffers
    errors = []
    if not payment.bank_serial.strip():
        errors.append(FieldError("bank_serial", "bank_serial_missing", _("没有流水号，不能算已放款")))
    if not payment.bank_loan_no.strip():
        errors.append(FieldError("bank_loan_no", "bank_loan_no_missing", _("写上借据号")))
    if payment.value_on > today or (loan.signed_on is not None and payment.value_on < loan.signed_on):
        errors.append(FieldError("paid_on", "paid_on_out_of_range", _("放款日期在签约之后，不晚于今天")))
    if errors:
        raise Invalid(*errors)


def _loan_of(case: Application) -> Loan:
    assert case.loan is not None, "the bank has approved"
    return case.loan
