"""Two officers of the bank send the money; until it is sent, the loan may be cancelled."""

import pytest
from django.db import IntegrityError, transaction

from loans import guarantees, lending
from loans.models import PayoutInstruction
from loans.models.loan import LoanState
from loans.refusals import (
    InstructionWaits,
    NoPayoutAccount,
    PayoutIsOut,
    PayoutNotReleased,
)
from records.models.decision import Outcome
from records.refusals import MoveNotOpen, NotPermitted, SamePerson
from tests.makers.loans import (
    LOAN_FEN,
    PAID_ON,
    make_borrower,
    make_loan,
    moment,
    refreshed,
)

AT = moment(PAID_ON)


def released(loan, offices):
    instruction = lending.instruct(loan, by=offices.bank_officer, at=AT)
    return lending.release(instruction, outcome=Outcome.APPROVED, by=offices.bank_officer2, at=AT)


def activated(loan, offices, *, bank_serial="PAY-1", bank_loan_no="JJ-1", value_on=PAID_ON, by=None):
    return lending.activate(
        loan,
        bank_serial=bank_serial,
        bank_loan_no=bank_loan_no,
        value_on=value_on,
        by=by or offices.bank_officer,
        at=AT,
    )


def test_whoever_orders_a_payout_does_not_release_it(pool, offices):
    loan = make_loan(pool, offices)
    instruction = lending.instruct(loan, by=offices.bank_officer, at=AT)
    with pytest.raises(SamePerson):
        lending.release(instruction, outcome=Outcome.APPROVED, by=offices.bank_officer, at=AT)
    # The database holds it as well.
    decision = instruction.decision
    decision.decided_by, decision.decided_at, decision.outcome = offices.bank_officer, AT, Outcome.APPROVED
    with pytest.raises(IntegrityError, match="whoever_proposes_does_not_decide"), transaction.atomic():
        decision.save()


@pytest.mark.parametrize("stranger", ["guarantor_officer", "finance_officer", "leader", "bank_system"])
def test_only_people_of_the_bank_order_and_release(pool, offices, stranger):
    loan = make_loan(pool, offices)
    with pytest.raises(NotPermitted):
        lending.instruct(loan, by=getattr(offices, stranger), at=AT)
    instruction = lending.instruct(loan, by=offices.bank_officer, at=AT)
    with pytest.raises(NotPermitted):
        lending.release(instruction, outcome=Outcome.APPROVED, by=getattr(offices, stranger), at=AT)


def test_a_loan_has_one_order_out(pool, offices):
    loan = make_loan(pool, offices)
    lending.instruct(loan, by=offices.bank_officer, at=AT)
    with pytest.raises(InstructionWaits):
        lending.instruct(loan, by=offices.bank_officer2, at=AT)


def test_an_order_that_the_second_officer_refuses_makes_room_for_another(pool, offices):
    loan = make_loan(pool, offices)
    instruction = lending.instruct(loan, by=offices.bank_officer, at=AT)
    dropped = lending.release(instruction, outcome=Outcome.REFUSED, by=offices.bank_officer2, at=AT, reason="账号不对")
    assert (dropped.is_out, dropped.dropped_at) == (False, AT)
    with pytest.raises(MoveNotOpen):
        lending.release(instruction, outcome=Outcome.APPROVED, by=offices.bank_officer2, at=AT)
    assert lending.instruct(loan, by=offices.bank_officer, at=AT).is_out is False


def test_a_failed_payout_makes_room_for_another(pool, offices):
    loan = make_loan(pool, offices)
    instruction = released(loan, offices)
    failed = lending.fail(instruction, reason="账户已销户", at=AT)
    assert (failed.is_out, failed.failure) == (False, "账户已销户")
    with pytest.raises(PayoutNotReleased):
        activated(loan, offices)
    released(loan, offices)
    assert activated(loan, offices).state == LoanState.ACTIVE


def test_an_order_that_was_never_sent_cannot_fail(pool, offices):
    instruction = lending.instruct(make_loan(pool, offices), by=offices.bank_officer, at=AT)
    with pytest.raises(PayoutNotReleased):
        lending.fail(instruction, reason="账户已销户", at=AT)


def test_money_needs_an_account_to_go_to(pool, offices):
    loan = make_loan(pool, offices)
    applicant = loan.applicant
    applicant.account_no = applicant.account_index = ""
    applicant.save()
    with pytest.raises(NoPayoutAccount):
        lending.instruct(loan, by=offices.bank_officer, at=AT)


def test_cancelling_drops_the_order_that_waits_and_leaves_the_guarantee_to_the_case(pool, offices):
    loan = make_loan(pool, offices)
    lending.instruct(loan, by=offices.bank_officer, at=AT)
    assert lending.cancel(loan, by=offices.bank_officer, at=AT).state == LoanState.CANCELLED
    assert PayoutInstruction.objects.get().dropped_at == AT
    assert refreshed(pool).reserved_fen == LOAN_FEN
    assert loan.guarantee is not None
    guarantees.void(loan.guarantee, by=offices.bank_officer, at=AT)
    assert refreshed(pool).reserved_fen == 0


def test_she_and_the_clock_may_cancel_what_was_not_paid(pool, offices):
    for by in (lambda loan: loan.applicant.user, lambda loan: offices.clock):
        loan = make_loan(pool, offices)
        assert lending.cancel(loan, by=by(loan), at=AT).state == LoanState.CANCELLED
    other = make_borrower(offices)
    with pytest.raises(NotPermitted):
        lending.cancel(make_loan(pool, offices), by=other.user, at=AT)


def test_nothing_is_cancelled_while_the_bank_may_be_paying(pool, offices):
    loan = make_loan(pool, offices)
    instruction = released(loan, offices)
    with pytest.raises(PayoutIsOut):
        lending.cancel(loan, by=loan.applicant.user, at=AT)
    lending.fail(instruction, reason="账户已销户", at=AT)
    assert lending.cancel(loan, by=loan.applicant.user, at=AT).state == LoanState.CANCELLED


def test_a_paid_loan_is_not_cancelled(pool, offices, loan):
    with pytest.raises(MoveNotOpen):
        lending.cancel(loan, by=offices.bank_officer, at=AT)
