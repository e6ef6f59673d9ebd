"""One file of repayments: what was booked, what wasn't and why, and what the bank did about it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.web.keyset import page_of
from accounts.web.navigation import frame
from loans.models import RepaymentFile
from loans.models.repayment_file import Outcome
from loans.repayment_files.booking import answer_row
from loans.web.repayments.importing import bank_of, book, other_outcomes, outcome_stats
from records.edge import caller, carry_out
from records.refusals import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
def repayment_file(request: HttpRequest, file_id: int) -> HttpResponse:
    """`row` names a row that wasn't booked, and `words` say what became of it; `go_on` books what is left."""
    bank = bank_of(caller(request))
    file = get_object_or_404(
        RepaymentFile.objects.select_related("imported_by", "bank", "stored"), pk=file_id, bank=bank
    )
    if request.method != "POST":
        return _page(request, file)
    try:
        if "go_on" in request.POST:
            book(request, file.stored, name=file.name, bank=bank)
        else:
            _answer(request, file)
    except Refusal as refusal:
        return _page(request, file, error=str(refusal), status=422)
    return redirect("repayment_file", file_id=file.pk)


def _answer(request: HttpRequest, file: RepaymentFile) -> None:
    named, words = request.POST.get("row", ""), request.POST.get("words", "")
    row = get_object_or_404(file.rows.select_related("file__bank"), pk=int(named) if named.isdecimal() else 0)
    carry_out(
        request,
        lambda by, at: answer_row(row, words=words, by=by, at=at),
        action="answer_repayment_row",
        about=f"{file.pk}/{row.number}",
    )


def _page(request: HttpRequest, file: RepaymentFile, *, error: str = "", status: int = 200) -> HttpResponse:
    outcomes = list(file.rows.values_list("outcome", flat=True))
    good = file.rows.filter(outcome=Outcome.MATCHED).select_related("repayment__loan__applicant")
    bad = file.rows.exclude(outcome=Outcome.MATCHED).select_related("answer__by")
    asked = request.POST.get("row", "")
    open_rows = {str(row.pk) for row in bad if row.outcome != Outcome.REPEATED and not hasattr(row, "answer")}
    context: dict[str, Any] = {
        "file": file,
        "stats": outcome_stats(outcomes),
        "others": other_outcomes(outcomes),
        "left": file.row_count - len(outcomes),
        "bad": [(row, getattr(row, "answer", None), row.outcome != Outcome.REPEATED) for row in bad],
        "page": page_of(good, query=request.GET, order=("number", "pk")),
        "error": error,
        "asked_row": asked if asked in open_rows else "",
        "words": request.POST.get("words", ""),
        "booked_words": _("入账 %(rows)s 笔") % {"rows": outcomes.count(Outcome.MATCHED)},
    }
    return render(request, "loans/repayments/file.html", context | frame(request, current="repayments"), status=status)
