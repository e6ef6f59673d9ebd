"""Rows of a bank's file that say what isn't in the books."""

from typing import Any

from loans.models import RepaymentFile, RepaymentFileRow, RepaymentRowAnswer
from records.stored_files import store
from tests.loans.triggers.attacks.scene import AT, Scene, attack


@attack("file_row_is_another_repayment")
def a_row_that_names_the_repayment_of_another_serial(scene: Scene) -> None:
    row_in(a_file(scene), outcome="matched", repayment=scene.repayment, bank_serial="R2")


@attack("file_has_no_more_rows")
def a_row_more_than_the_file_has(scene: Scene) -> None:
    file = a_file(scene)
    row_in(file, outcome="not_found", reason="x")
    row_in(file, number=3, outcome="not_found", reason="x")


@attack("booked_row_needs_no_answer")
def an_answer_to_a_row_that_is_booked(scene: Scene) -> None:
    row = row_in(
        a_file(scene),
        outcome="matched",
        repayment=scene.repayment,
        bank_serial="R1",
        bank_loan_no=scene.active.bank_loan_no,
    )
    RepaymentRowAnswer(row=row, words="x", by=scene.offices.bank_officer, at=AT).save(force_insert=True)


def a_file(scene: Scene) -> RepaymentFile:
    by = scene.offices.bank_officer
    stored = store(b"x", content_type="text/csv", by=by, at=AT)
    return RepaymentFile.objects.create(
        bank=scene.offices.bank,
        name="x.csv",
        sha256=stored.sha256,
        row_count=1,
        stored=stored,
        imported_by=by,
        imported_at=AT,
    )


def row_in(file: RepaymentFile, **changes: Any) -> RepaymentFileRow:
    row = RepaymentFileRow(file=file, written_at=AT, **{"number": 2, **changes})
    row.save(force_insert=True)
    return row
