from datetime import date

import pytest
from django.db import IntegrityError, transaction

from loans.models import Repayment, RepaymentFile, RepaymentFileRow, RepaymentRowAnswer
from loans.models.repayment_file import Outcome
from loans.repayment_files import booking
from loans.repayment_files.booking import answer_row, preview
from loans.repayment_files.refusals import FileImportedAlready, RowAnsweredAlready
from loans.servicing import record_repayment
from loans.verification import findings
from records.refusals import Busy, Invalid, NotPermitted
from tests.loans.repayment_files.files import csv_of, row_of, taken
from tests.makers.loans import make_active_loan, make_loan, moment, refreshed

AT = moment(date(2026, 7, 1))


def outcomes(file):
    return [row.outcome for row in file.rows.all()]


def looked_at(content, offices):
    return preview(content, bank=offices.bank, by=offices.bank_officer, at=AT)


@pytest.fixture
def second(pool, offices):
    return make_active_loan(pool, offices)


def test_good_rows_are_booked_and_bad_ones_wait_with_their_reason(pool, offices, loan, second):
    content = csv_of(
        row_of(loan, "20068.75", "R1"),
        row_of(second, "99999.00", "R2"),
        ("JJ00", "2026-03-21", "100", "R3"),
        row_of(loan, "100", "R4", on="2026-03-01"),
        row_of(loan, "100", "R5", on="2026-07-02"),
    )
    file = taken(content, offices, at=AT)
    expected = [Outcome.MATCHED, Outcome.AMOUNT, Outcome.NOT_FOUND, Outcome.DATE, Outcome.DATE]
    assert outcomes(file) == expected
    (repayment,) = Repayment.objects.all()
    assert (repayment.bank_serial, repayment.value_on) == ("R1", date(2026, 3, 21))
    assert repayment.file_row.file == file
    assert refreshed(pool).committed_fen == 8_000_000
    assert not list(findings())


def test_a_preview_says_the_same_and_writes_nothing(offices, loan, second):
    content = csv_of(
        row_of(loan, "30000", "R1"),
        row_of(loan, "30000", "R2"),
        row_of(loan, "30000", "R1"),
        row_of(second, "0", "R6"),
    )
    judged = looked_at(content, offices)
    assert [one.outcome for one in judged] == [Outcome.MATCHED, Outcome.AMOUNT, Outcome.REPEATED, Outcome.AMOUNT]
    # 11 days of interest were due when the first 30,000 came.
    assert "那天余额 20,068.75 元" in judged[1].reason
    assert not Repayment.objects.exists()
    assert not RepaymentFile.objects.exists()
    assert outcomes(taken(content, offices, at=AT)) == [one.outcome for one in judged]


def test_a_preview_of_many_rows_asks_the_database_as_little_as_one_of_few(
    pool, offices, loan, second, django_assert_max_num_queries
):
    content = csv_of(*(row_of(one, "10", f"R{one.pk}-{number}") for one in (loan, second) for number in range(20)))
    with django_assert_max_num_queries(10):
        assert all(one.is_good for one in looked_at(content, offices))


def test_the_same_file_is_taken_once(offices, loan):
    content = csv_of(row_of(loan, "100", "R1"))
    file = taken(content, offices, at=AT)
    with pytest.raises(FileImportedAlready, match=r"7\s月\s1\s日\s10:00 已经导入过"):
        taken(content, offices, at=AT)
    with pytest.raises(FileImportedAlready):
        looked_at(content, offices)
    assert outcomes(file) == [Outcome.MATCHED]
    assert Repayment.objects.count() == 1


def test_a_row_of_another_file_is_not_booked_again(offices, loan):
    taken(csv_of(row_of(loan, "100", "R1")), offices, at=AT)
    again = taken(csv_of(row_of(loan, "100", "R1"), row_of(loan, "200", "R1")), offices, at=AT)
    assert outcomes(again) == [Outcome.REPEATED, Outcome.AMOUNT]
    assert "金额是 100.00 元" in again.rows.get(number=3).reason
    assert Repayment.objects.count() == 1


def test_a_serial_that_stands_under_another_loan_is_no_repeat(offices, loan, second):
    taken(csv_of(row_of(loan, "100", "R1")), offices, at=AT)
    assert outcomes(taken(csv_of(row_of(second, "100", "R1")), offices, at=AT)) == [Outcome.NOT_FOUND]


def test_a_reversal_takes_a_repayment_back(pool, offices, loan):
    taken(csv_of(row_of(loan, "1000", "R1")), offices, at=AT)
    rows = [
        row_of(loan, "999", "X1", on="2026-03-25", reverses="R1"),
        row_of(loan, "1000", "X2", on="2026-03-20", reverses="R1"),
        row_of(loan, "1000", "X3", on="2026-03-25", reverses="R9"),
        row_of(loan, "1000", "X4", on="2026-03-25", reverses="R1"),
        row_of(loan, "1000", "X5", on="2026-03-25", reverses="R1"),
    ]
    file = taken(csv_of(*rows), offices, at=AT)
    assert outcomes(file) == [
        Outcome.AMOUNT,
        Outcome.DATE,
        Outcome.NOT_FOUND,
        Outcome.MATCHED,
        Outcome.REPEATED,
    ]
    assert Repayment.objects.get(bank_serial="R1").reversed_by.bank_serial == "X4"
    assert refreshed(pool).committed_fen == 5_000_000
    assert not list(findings())


def test_a_settled_loan_takes_no_repayment_and_a_reversal_opens_it(offices, loan):
    owed = looked_at(csv_of(row_of(loan, "99999", "R1", on="2026-07-01")), offices)[0].reason
    payoff = owed.partition("还清要 ")[2].partition(" 元")[0].replace(",", "")
    taken(csv_of(row_of(loan, payoff, "R1", on="2026-07-01")), offices, at=AT)
    assert outcomes(taken(csv_of(row_of(loan, "1", "R2", on="2026-07-01")), offices, at=AT)) == [Outcome.NOT_REPAYING]
    rows = [row_of(loan, payoff, "X1", on="2026-07-01", reverses="R1"), row_of(loan, "10", "R3", on="2026-07-01")]
    assert outcomes(taken(csv_of(*rows), offices, at=AT)) == [Outcome.MATCHED, Outcome.MATCHED]
    assert not list(findings())


def test_what_is_not_this_banks_is_not_found(offices, loan, pool):
    unpaid = make_loan(pool, offices)
    (judged,) = looked_at(csv_of((unpaid.number, "2026-03-21", "100", "R1")), offices)
    assert judged.outcome == Outcome.NOT_FOUND
    content = csv_of(row_of(loan, "100", "R1"))
    with pytest.raises(NotPermitted):
        preview(content, bank=offices.bank, by=offices.guarantor_officer, at=AT)
    with pytest.raises(NotPermitted):
        taken(content, offices, at=AT, by=offices.finance_officer)
    assert not RepaymentFile.objects.exists()


def test_a_file_that_stopped_half_way_goes_on_where_it_stopped(offices, loan, second, monkeypatch):
    content = csv_of(row_of(loan, "100", "R1"), row_of(second, "200", "R2"))
    booked = record_repayment

    def busy(one, **given):
        if given["bank_serial"] == "R2":
            raise Busy
        return booked(one, **given)

    monkeypatch.setattr(booking, "record_repayment", busy)
    with pytest.raises(Busy):
        taken(content, offices, at=AT)
    assert RepaymentFileRow.objects.count() == Repayment.objects.count() == 1
    monkeypatch.undo()
    assert outcomes(taken(content, offices, at=AT)) == [Outcome.MATCHED, Outcome.MATCHED]
    assert Repayment.objects.count() == 2
    with pytest.raises(FileImportedAlready):
        taken(content, offices, at=AT)


def test_what_was_recorded_since_the_judgement_is_kept_as_a_bad_row(offices, loan, monkeypatch):
    content = csv_of(row_of(loan, "100", "R1"))
    judged = looked_at(content, offices)
    taken(csv_of(row_of(loan, "100", "R1"), row_of(loan, "1", "R2")), offices, at=AT)
    monkeypatch.setattr(booking, "judge", lambda *given, **named: judged)
    assert outcomes(taken(content, offices, at=AT)) == [Outcome.REPEATED]


def test_a_bad_row_is_answered_once(offices, loan):
    row = taken(csv_of(row_of(loan, "99999", "R1")), offices, at=AT).rows.get()
    with pytest.raises(Invalid, match="写明怎么处理的"):
        answer_row(row, words=" ", by=offices.bank_officer, at=AT)
    with pytest.raises(NotPermitted):
        answer_row(row, words="退给她了", by=offices.guarantor_officer, at=AT)
    answer = answer_row(row, words=" 退给她了 ", by=offices.bank_officer, at=AT)
    assert answer.words == "退给她了"
    with pytest.raises(RowAnsweredAlready):
        answer_row(row, words="再答一次", by=offices.bank_officer2, at=AT)
    assert RepaymentRowAnswer.objects.count() == 1


def test_the_database_keeps_a_file_and_its_rows_as_they_were(offices, loan):
    file = taken(csv_of(row_of(loan, "100", "R1")), offices, at=AT)
    for act in (
        lambda: RepaymentFile.objects.filter(pk=file.pk).update(row_count=2),
        lambda: file.rows.update(reason="x"),
        lambda: file.rows.all().delete(),
        lambda: RepaymentFileRow.objects.create(file=file, number=2, outcome=Outcome.MATCHED, reason="", written_at=AT),
        lambda: RepaymentFileRow.objects.create(file=file, number=1, outcome="gone", reason="x", written_at=AT),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
