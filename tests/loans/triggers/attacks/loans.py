"""States, terms and plans of loans, changed past the engine."""

from datetime import date

from loans.models import Instalment, Loan
from tests.loans.triggers.attacks.scene import Scene, attack, log_row, sql
from tests.makers.loans import compensated, make_guarantee, moment


@attack("move_not_logged")
def an_undocumented_state(scene: Scene) -> None:
    sql(f"UPDATE loans_loan SET state = 'FORGIVEN', version = version + 1 WHERE id = {scene.active.pk}")


@attack("move_not_logged")
def a_documented_state_without_its_log_row(scene: Scene) -> None:
    sql(f"UPDATE loans_loan SET state = 'SETTLED', version = version + 1 WHERE id = {scene.active.pk}")


@attack("move_not_logged")
def a_version_of_its_own(scene: Scene) -> None:
    sql(f"UPDATE loans_loan SET version = version + 1 WHERE id = {scene.active.pk}")


@attack("move_not_documented")
def a_log_row_for_a_move_that_does_not_exist(scene: Scene) -> None:
    log_row(scene.active, move="forgive", target="CLOSED").save(force_insert=True)


@attack("move_not_documented")
def a_log_row_from_a_state_in_which_the_loan_is_not(scene: Scene) -> None:
    log_row(scene.active, move="reopen", source="SETTLED", target="ACTIVE").save(force_insert=True)


@attack("move_not_documented")
def a_log_row_that_skips_a_version(scene: Scene) -> None:
    log_row(scene.active, version=scene.active.version + 2).save(force_insert=True)


@attack("row_is_permanent")
def an_edited_log(scene: Scene) -> None:
    sql("UPDATE loans_loantransition SET by_id = by_id + 1")


@attack("row_is_permanent")
def a_shortened_log(scene: Scene) -> None:
    sql("DELETE FROM loans_loantransition")


@attack("not_in_first_state")
def a_loan_born_settled(scene: Scene) -> None:
    loan = Loan.objects.get(pk=scene.approved.pk)
    loan.pk, loan.number, loan.guarantee = None, "L2026-9999", make_guarantee(scene.pool, scene.offices)
    loan.applicant = loan.guarantee.applicant
    loan.__dict__["state"] = "CANCELLED"
    Loan.objects.bulk_create([loan])


@attack("subject_is_never_deleted")
def a_deleted_loan(scene: Scene) -> None:
    sql(f"DELETE FROM loans_loan WHERE id = {scene.approved.pk}")


@attack("loan_terms_are_agreed")
def a_loan_that_grew(scene: Scene) -> None:
    sql(f"UPDATE loans_loan SET amount_fen = amount_fen + 1 WHERE id = {scene.approved.pk}")


@attack("loan_terms_are_agreed")
def another_rate(scene: Scene) -> None:
    sql(f"UPDATE loans_loan SET annual_rate_ppm = 99000 WHERE id = {scene.active.pk}")


@attack("loan_terms_are_agreed")
def a_loan_without_its_guarantee(scene: Scene) -> None:
    sql(f"UPDATE loans_loan SET guarantee_id = NULL WHERE id = {scene.active.pk}")


@attack("loan_is_paid_out_already")
def another_value_date(scene: Scene) -> None:
    sql(f"UPDATE loans_loan SET disbursed_on = '2026-01-01' WHERE id = {scene.active.pk}")


@attack("loan_is_paid_out_already")
def another_serial_of_the_payment(scene: Scene) -> None:
    sql(f"UPDATE loans_loan SET bank_serial = 'X' WHERE id = {scene.active.pk}")


@attack("row_is_permanent")
def another_instalment(scene: Scene) -> None:
    sql("UPDATE loans_instalment SET interest_fen = 0")


@attack("row_is_permanent")
def a_plan_without_its_last_row(scene: Scene) -> None:
    sql(f"DELETE FROM loans_instalment WHERE id = {Instalment.objects.latest('pk').pk}")


@attack("claim_is_open")
def a_loan_closed_over_an_open_claim(scene: Scene) -> None:
    claimed = compensated(scene.active, scene.offices, at=moment(date(2026, 6, 20)))
    log_row(claimed, move="close", source="COMPENSATED", target="CLOSED").save(force_insert=True)
