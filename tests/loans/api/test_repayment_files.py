from datetime import date

import pytest

from loans.models import Repayment, RepaymentFile
from tests.loans.repayment_files.files import csv_of, excel_of, row_of
from tests.makers.loans import moment
from tests.workflows.api.client import Caller

URL = "/api/v1/repayment-files"


@pytest.fixture(autouse=True)
def july(time_machine):
    time_machine.move_to(moment(date(2026, 7, 1)), tick=False)


def send(user, content, *, key="one", kind="text/csv", name="six"):
    headers = {"Idempotency-Key": key} if key else {}
    return Caller(user).client.post(f"{URL}?name={name}", content, content_type=kind, headers=headers)


def test_a_system_hands_a_file_in_and_gets_each_row_back(offices, loan):
    content = csv_of(row_of(loan, "68.75", "R1"), row_of(loan, "99999", "R2"), ("JJ0", "2026-03-21", "1", "R3"))
    answer = send(offices.bank_system, content)
    said = answer.json()
    assert answer.status_code == 201
    assert [row["code"] for row in said["rows"]] == ["matched", "amount_differs", "not_found"]
    assert (said["counts"]["matched"], said["counts"]["repeated"], said["name"]) == (1, 0, "six")
    assert Repayment.objects.get().recorded_by == offices.bank_system


def test_the_same_key_gets_the_same_bytes_and_another_a_refusal(offices, loan):
    content = csv_of(row_of(loan, "68.75", "R1"))
    first = send(offices.bank_system, content)
    assert send(offices.bank_system, content).content == first.content
    again = send(offices.bank_system, content, key="two")
    assert (again.status_code, again.json()["code"]) == (409, "file_imported_already")
    other = send(offices.bank_system, csv_of(row_of(loan, "1", "R2")))
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert RepaymentFile.objects.count() == Repayment.objects.count() == 1


def test_excel_is_taken_from_an_officer_too(offices, loan):
    content = excel_of((loan.bank_loan_no, date(2026, 3, 21), 68.75, "R1"))
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert send(offices.bank_officer, content, kind=kind).json()["counts"]["matched"] == 1


def test_what_is_no_table_and_a_request_without_a_key_book_nothing(offices, loan):
    bad = send(offices.bank_system, b"a,b\n1,2")
    assert (bad.status_code, bad.json()["code"]) == (422, "not_a_repayment_file")
    keyless = send(offices.bank_system, csv_of(row_of(loan, "1", "R1")), key="")
    assert (keyless.status_code, keyless.json()["code"]) == (400, "idempotency_key_required")
    assert not RepaymentFile.objects.exists()


def test_other_offices_hand_in_nothing(offices, loan):
    for who in (offices.guarantor_officer, offices.finance_officer, offices.town_reviewer):
        assert send(who, csv_of(row_of(loan, "1", "R1"))).status_code == 403
    assert not Repayment.objects.exists()
