"""Books the good rows of a file, each by itself; every other row is kept with its reason until somebody answers it."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from accounts.permissions import may
from loans.models import Repayment, RepaymentFile, RepaymentFileRow, RepaymentRowAnswer
from loans.models.repayment_file import Outcome
from loans.refusals import LoanNotRepaying, Overpaid, RepaymentAlreadyRecorded, RepaymentAlreadyReversed, named
from loans.repayment_files.judging import Judged, judge
from loans.repayment_files.reading import Line, read_lines
from loans.repayment_files.refusals import FileImportedAlready, RowAnsweredAlready
from loans.servicing import record_repayment, reverse_repayment
from records.models import StoredFile
from records.refusals import FieldError, Invalid, NotPermitted, Refusal
from records.stored_files import read

Within = Callable[[Callable[[], Any]], Any]
"""Runs one act as a unit of its own: what it wrote stays, or all of it goes where a refusal comes out."""

ANSWER_LONGEST: Final = 200
# What happened between the judgement of a row and its booking.
_OUTCOMES: Final[dict[type[Refusal], Outcome]] = {
    RepaymentAlreadyRecorded: Outcome.REPEATED,
    RepaymentAlreadyReversed: Outcome.REPEATED,
    Overpaid: Outcome.AMOUNT,
    LoanNotRepaying: Outcome.NOT_REPAYING,
    Invalid: Outcome.DATE,
}


def preview(content: bytes, *, bank: Organisation, by: User, at: datetime) -> list[Judged]:
    """What the rows would become. Raises NotPermitted, NotARepaymentFile, FileImportedAlready."""
    if not may(by, "record_repayment", bank):
        raise NotPermitted
    _begun(content, bank=bank)
    return judge(read_lines(content), bank=bank, today=timezone.localdate(at))


def import_file(
    stored: StoredFile, *, name: str, bank: Organisation, within: Within, by: User, at: datetime
) -> RepaymentFile:
    """Take the file once and book what is good in it. One that stopped half-way goes on where it stopped.

    Raises NotPermitted, NotARepaymentFile, FileImportedAlready.
    """
    if not may(by, "record_repayment", bank):
        raise NotPermitted
    content = read(stored)
    lines = read_lines(content)
    file = _begun(content, bank=bank) or within(
        partial(_begin, stored, name=name, bank=bank, row_count=len(lines), by=by, at=at)
    )
    written = set(file.rows.values_list("number", flat=True))
    for judged in judge(lines, bank=bank, today=timezone.localdate(at)):
        if judged.line.number not in written:
            _take(judged, file, within=within, by=by, at=at)
    return file


def answer_row(row: RepaymentFileRow, *, words: str, by: User, at: datetime) -> RepaymentRowAnswer:
    """Write down what became of a row that wasn't booked. Raises NotPermitted, Invalid, RowAnsweredAlready."""
    if not may(by, "record_repayment", row.file.bank):
        raise NotPermitted
    said = words.strip()
    if not 1 <= len(said) <= ANSWER_LONGEST:
        raise Invalid(FieldError("words", "answer_missing", _("写明怎么处理的，最多 200 个字")))
    with named({"row_id": RowAnsweredAlready, "booked_row_needs_no_answer": RowAnsweredAlready}):
        return RepaymentRowAnswer.objects.create(row=row, words=said, by=by, at=at)


def _begun(content: bytes, *, bank: Organisation) -> RepaymentFile | None:
    """The same file where it was begun and not finished. Raises FileImportedAlready where it was."""
    digest = hashlib.sha256(content).hexdigest()
    file = RepaymentFile.objects.filter(bank=bank, sha256=digest).first()
    if file is not None and file.rows.count() == file.row_count:
        raise FileImportedAlready(file.imported_at, file.pk)
    return file


def _begin(
    stored: StoredFile, *, name: str, bank: Organisation, row_count: int, by: User, at: datetime
) -> RepaymentFile:
    file, _is_new = RepaymentFile.objects.get_or_create(
        bank=bank,
        sha256=stored.sha256,
        defaults={
            "name": name[-120:],
            "row_count": row_count,
            "stored": stored,
            "imported_by": by,
            "imported_at": at,
        },
    )
    return file


def _take(judged: Judged, file: RepaymentFile, *, within: Within, by: User, at: datetime) -> None:
    if judged.is_good:
        try:
            within(partial(_book, judged, file, by=by, at=at))
        except tuple(_OUTCOMES) as refusal:
            judged = Judged(judged.line, _OUTCOMES[type(refusal)], str(refusal))
        else:
            return
    within(partial(_keep, judged.line, file, outcome=judged.outcome, reason=judged.reason[:200], at=at))


def _book(judged: Judged, file: RepaymentFile, *, by: User, at: datetime) -> None:
    line, loan = judged.line, judged.loan
    assert loan is not None
    if judged.original is None:
        repayment = record_repayment(
            loan, amount_fen=line.amount_fen, value_on=line.value_on, bank_serial=line.bank_serial, by=by, at=at
        )
    else:
        repayment = reverse_repayment(
            judged.original,
            bank_serial=line.bank_serial,
            value_on=line.value_on,
            reason=_("银行还款文件里的冲正"),
            by=by,
            at=at,
        )
    _keep(line, file, outcome=Outcome.MATCHED, repayment=repayment, at=at)


def _keep(
    line: Line,
    file: RepaymentFile,
    *,
    outcome: Outcome,
    at: datetime,
    reason: str = "",
    repayment: Repayment | None = None,
) -> None:
    """Somebody who takes the same file at this moment is told so: raises FileImportedAlready."""

    def taken() -> FileImportedAlready:
        return FileImportedAlready(file.imported_at, file.pk)

    row = RepaymentFileRow(
        file=file,
        number=line.number,
        **line.cells,
        outcome=outcome,
        reason=reason,
        repayment=repayment,
        written_at=at,
    )
    with named({"a_row_of_a_repayment_file_is_booked_once": taken, "filerow.number": taken}):
        row.save(force_insert=True)
