"""One file of repayments, and the rows of it that somebody has to look after."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from accounts.models.organisation import OrganisationKind
from accounts.roles import Role
from loans.models import Loan, RepaymentFile, RepaymentRowAnswer
from loans.repayment_files import booking
from records.refusals import Busy
from tests.loans.repayment_files.files import csv_of, row_of, taken
from tests.makers.loans import moment
from tests.makers.people import Offices, officer, organisation
from tests.workflows.web.offices_at_work import browser_of, page_of

AT = moment(date(2026, 7, 1))


@pytest.fixture(autouse=True)
def july() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def file(offices: Offices, loan: Loan) -> RepaymentFile:
    return taken(csv_of(row_of(loan, "68.75", "R1"), ("JJ0", "2026-03-21", "1", "R2")), offices, at=AT)


def test_what_was_not_booked_is_answered_once(file, offices):
    bank, url = browser_of(offices.bank_officer), f"/partner/repayments/{file.pk}"
    row = file.rows.get(number=3)
    empty = bank.post(url, {"row": row.pk, "words": " "})
    assert (empty.status_code, "写明怎么处理的" in page_of(empty)) == (422, True)
    assert bank.post(url, {"row": row.pk, "words": "别的县的，退回去了"}).status_code == 302
    text = page_of(bank.get(url))
    assert "别的县的，退回去了" in text
    assert "记下来" not in text
    again = bank.post(url, {"row": row.pk, "words": "再来"})
    assert (again.status_code, "已经有人处理了" in page_of(again)) == (422, True)
    assert RepaymentRowAnswer.objects.count() == 1


def test_a_row_that_was_booked_takes_no_answer(file, offices):
    booked = {"row": file.rows.get(number=2).pk, "words": "x"}
    assert browser_of(offices.bank_officer).post(f"/partner/repayments/{file.pk}", booked).status_code == 422
    assert not RepaymentRowAnswer.objects.exists()


def test_another_bank_and_other_offices_see_nothing_of_it(file, offices):
    url = f"/partner/repayments/{file.pk}"
    assert browser_of(offices.guarantor_officer).get(url).status_code == 404
    other = organisation("邻县银行", "邻行", kind=OrganisationKind.BANK, region=offices.bank.region)
    stranger = officer("other-bank", "邻里人", organisation=other, role=Role.BANK_OFFICER)
    assert browser_of(stranger).get(url).status_code == 404


def test_a_file_that_stopped_half_way_is_gone_on_with(offices, loan, monkeypatch):
    def busy(*given, **named):
        raise Busy

    monkeypatch.setattr(booking, "record_repayment", busy)
    with pytest.raises(Busy):
        taken(csv_of(row_of(loan, "68.75", "R1")), offices, at=AT)
    monkeypatch.undo()
    bank, url = browser_of(offices.bank_officer), f"/partner/repayments/{RepaymentFile.objects.get().pk}"
    assert "还有 1 行没读完" in page_of(bank.get(url))
    assert bank.post(url, {"go_on": "1"}).status_code == 302
    text = page_of(bank.get(url))
    assert "没读完" not in text
    assert "入账 1 笔" in text
    assert bank.post(url, {"go_on": "1"}).status_code == 422


def test_a_file_costs_the_same_however_many_rows_it_has(
    file, offices, loan, django_assert_num_queries: DjangoAssertNumQueries
):
    more = taken(
        csv_of(
            *(row_of(loan, "1", f"A{number}") for number in range(6)),
            *(("JJ0", "2026-03-21", "1", f"B{number}") for number in range(6)),
        ),
        offices,
        at=AT,
    )
    bank = browser_of(offices.bank_officer)
    bank.get("/partner/repayments")  # a session is written at the first page
    for one in (file, more):
        # session, user, memberships, file, outcomes, bad rows, good rows
        with django_assert_num_queries(7):
            assert bank.get(f"/partner/repayments/{one.pk}").status_code == 200
