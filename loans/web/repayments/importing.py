"""还款导入: the bank's file is looked at first, then booked by what the preview said; earlier files stay in sight."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Organisation, User
from accounts.web.keyset import page_of
from accounts.web.navigation import frame
from accounts.web.parts import Stat
from loans import sight
from loans.models import RepaymentFile, RepaymentFileRow
from loans.models.repayment_file import Outcome
from loans.money import format_yuan
from loans.repayment_files import booking
from loans.repayment_files.reading import COLUMNS, LARGEST_BYTES
from loans.repayment_files.refusals import FileImportedAlready, NotARepaymentFile
from records.edge import caller, carry_out
from records.models import StoredFile
from records.refusals import Refusal
from records.spreadsheets import XLSX, workbook
from records.stored_files import store

CSV: Final = "text/csv"
# Told as figures, even where there are none; the others in a sentence, and only where there are.
_FIGURES: Final = (Outcome.MATCHED, Outcome.AMOUNT, Outcome.NOT_FOUND, Outcome.REPEATED)
GOOD_SHOWN: Final = 20
# A row that stands in the books already asks nothing of anybody.
TO_ANSWER: Final = ~Q(outcome__in=[Outcome.MATCHED, Outcome.REPEATED]) & Q(answer__isnull=True)


@require_http_methods(["GET", "HEAD", "POST"])
def repayments(request: HttpRequest) -> HttpResponse:
    """A file is looked at first; `apply` names the one that was, and books what is good in it."""
    user = caller(request)
    bank = bank_of(user)
    context: dict[str, Any] = {"columns": list(COLUMNS.values())}
    status = 200
    if request.method == "POST":
        try:
            if "apply" in request.POST:
                return _apply(request, user, bank)
            return _preview(request, user, bank)
        except FileImportedAlready as refusal:
            context |= {"error": str(refusal), "earlier": refusal.file_id}
            status = refusal.status
        except Refusal as refusal:
            context["error"], status = str(refusal), 422
    page = page_of(_counted(bank), query=request.GET)
    return render(
        request,
        "loans/repayments/list.html",
        context | {"page": page} | frame(request, current="repayments"),
        status=status,
    )


@require_safe
def repayments_sample(request: HttpRequest) -> HttpResponse:
    """The table to fill in, with a payment and its reversal to show how."""
    bank_of(caller(request))
    day = timezone.localdate().isoformat()
    rows: Sequence[Sequence[str | Decimal]] = [
        ("借据号写在这里", day, Decimal("1234.50"), "流水号写在这里", ""),
        ("借据号写在这里", day, Decimal("1234.50"), "冲正的流水号", "被冲正的流水号"),
    ]
    content = workbook("还款", list(COLUMNS.values()), rows, at=timezone.now())
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="repayments.xlsx"'
    return response


def bank_of(user: User) -> Organisation:
    """The bank for which she records repayments; whoever does for none is told of no such page: raises Http404."""
    found = sight.recording_bank(user)
    if found is None:
        raise Http404
    return found


def outcome_stats(outcomes: Sequence[str]) -> list[Stat]:
    """How many rows became what."""
    counts = Counter(outcomes)
    return [
        Stat(str(one.label), str(counts[one]), _("行"), tone="key" if one == Outcome.MATCHED else "")
        for one in _FIGURES
    ]


def other_outcomes(outcomes: Sequence[str]) -> str:
    """日期不对 1 行，读不懂 2 行; "" where nothing else happened."""
    counts = Counter(outcomes)
    rest = [one for one in Outcome if counts[one] and one not in _FIGURES]
    return "，".join(_("%(outcome)s %(count)s 行") % {"outcome": one.label, "count": counts[one]} for one in rest)


def _counted(bank: Organisation) -> QuerySet[RepaymentFile]:
    is_open = Q(rows__in=bank_rows_to_answer(bank))
    return (
        RepaymentFile.objects.filter(bank=bank)
        .select_related("imported_by")
        .annotate(booked=Count("rows", filter=Q(rows__outcome=Outcome.MATCHED)), open=Count("rows", filter=is_open))
    )


def bank_rows_to_answer(bank: Organisation) -> QuerySet[RepaymentFileRow]:
    return RepaymentFileRow.objects.filter(TO_ANSWER, file__bank=bank)


def _preview(request: HttpRequest, user: User, bank: Organisation) -> HttpResponse:
    sent = request.FILES.get("table")
    if sent is None or (sent.size or 0) > LARGEST_BYTES:
        raise NotARepaymentFile
    content = sent.read(LARGEST_BYTES)
    judged = booking.preview(content, bank=bank, by=user, at=timezone.now())
    kind = XLSX if content.startswith(b"PK") else CSV
    kept = carry_out(
        request, lambda by, at: store(content, content_type=kind, by=by, at=at), action="look_at_repayment_file"
    )
    good = [one for one in judged if one.is_good]
    sums_fen = {
        is_reversal: sum(one.line.amount_fen for one in good if (one.original is not None) is is_reversal)
        for is_reversal in (False, True)
    }
    context = {
        "file": kept,
        "name": (sent.name or "")[-120:],
        "stats": outcome_stats([one.outcome for one in judged]),
        "others": other_outcomes([one.outcome for one in judged]),
        "bad": [one for one in judged if not one.is_good],
        "good": good[:GOOD_SHOWN],
        "good_count": len(good),
        "paid": format_yuan(sums_fen[False]),
        "reversed": format_yuan(sums_fen[True]) if sums_fen[True] else "",
    }
    return render(request, "loans/repayments/preview.html", context | frame(request, current="repayments"))


def _apply(request: HttpRequest, user: User, bank: Organisation) -> HttpResponse:
    """Only what she herself looked at."""
    named = request.POST.get("apply", "")
    looked_at = StoredFile.objects.filter(stored_by=user, content_type__in=[CSV, XLSX])
    stored = get_object_or_404(looked_at, pk=int(named) if named.isdecimal() else 0)
    name = request.POST.get("name", "").strip() or _("还款文件")
    file = book(request, stored, name=name, bank=bank)
    return redirect("repayment_file", file_id=file.pk)


def book(request: HttpRequest, stored: StoredFile, *, name: str, bank: Organisation) -> RepaymentFile:
    """Take the file; each of its rows is a unit of work of its own."""
    return booking.import_file(
        stored,
        name=name,
        bank=bank,
        within=lambda act: carry_out(request, lambda _by, _at: act(), action="import_repayments", about=name[:60]),
        by=caller(request),
        at=timezone.now(),
    )
