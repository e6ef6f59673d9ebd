"""Loans without what they need, and money without its order."""

from typing import Any

from loans import guarantees
from loans.models import Loan, PayoutInstruction
from tests.loans.triggers.attacks.scene import AT, Scene, an_open_decision, attack, log_row, sql
from tests.makers.loans import LOAN_FEN, PAID_ON, make_guarantee, make_loan


@attack("loan_without_guarantee")
def a_loan_that_nobody_guarantees(scene: Scene) -> None:
    copy_of(scene.approved, guarantee=None)


@attack("loan_differs_from_its_guarantee")
def a_loan_larger_than_its_guarantee(scene: Scene) -> None:
    guarantee = make_guarantee(scene.pool, scene.offices)
    copy_of(scene.approved, guarantee=guarantee, applicant=guarantee.applicant, amount_fen=LOAN_FEN + 1)


@attack("loan_differs_from_its_guarantee")
def a_loan_under_another_womans_guarantee(scene: Scene) -> None:
    copy_of(scene.approved, guarantee=make_guarantee(scene.pool, scene.offices))


def copy_of(loan: Loan, **changes: Any) -> None:
    copy = Loan.objects.get(pk=loan.pk)
    copy.pk, copy.number = None, "L2026-9999"
    for name, value in changes.items():
        setattr(copy, name, value)
    Loan.objects.bulk_create([copy])


@attack("guarantee_is_not_posted")
def a_payout_without_its_guarantee_in_force(scene: Scene) -> None:
    sql(
        "UPDATE loans_loan SET bank_loan_no = 'X', bank_serial = 'X', disbursed_on = '2026-03-10', "
        f"matures_on = '2027-03-10' WHERE id = {scene.paying.pk}"
    )
    log_row(scene.paying, move="activate", source="APPROVED", target="ACTIVE").save(force_insert=True)


@attack("payout_is_not_released")
def a_payout_that_nobody_released(scene: Scene) -> None:
    guarantee = scene.approved.guarantee
    assert guarantee is not None
    guarantees.post(guarantee, paid_fen=LOAN_FEN, value_on=PAID_ON, by=scene.offices.bank_officer, at=AT)
    log_row(scene.approved, move="activate", source="APPROVED", target="ACTIVE").save(force_insert=True)


@attack("payout_is_out")
def a_loan_cancelled_under_its_payment(scene: Scene) -> None:
    log_row(scene.paying, move="cancel", source="APPROVED", target="CANCELLED").save(force_insert=True)


@attack("guarantee_is_not_called")
def a_compensation_without_a_call(scene: Scene) -> None:
    log_row(scene.active, move="compensate", target="COMPENSATED").save(force_insert=True)


@attack("payout_differs_from_the_loan")
def an_order_for_more_than_the_loan(scene: Scene) -> None:
    loan = make_loan(scene.pool, scene.offices)
    order = PayoutInstruction(loan=loan, amount_fen=LOAN_FEN + 1, account_index="x", decision=an_open_decision(scene))
    order.save(force_insert=True)


@attack("payout_instruction_is_written")
def an_order_to_another_account(scene: Scene) -> None:
    sql("UPDATE loans_payoutinstruction SET account_index = 'x'")


@attack("payout_instruction_is_written")
def an_order_taken_back_after_release(scene: Scene) -> None:
    sql(f"UPDATE loans_payoutinstruction SET released_at = NULL WHERE loan_id = {scene.paying.pk}")


@attack("payout_instruction_is_written")
def a_deleted_order(scene: Scene) -> None:
    sql("DELETE FROM loans_payoutinstruction")
