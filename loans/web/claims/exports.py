"""The rows of a claim as an Excel file."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loans.claims.wording import claim_quarter, excluded_words, quarter_words
from loans.models import ClaimLine
from loans.money import percent
from loans.web.claims.claim import claim_of
from loans.web.claims.rows import lines_of, row_of
from loans.web.sheets import sheet_response, yuan_of
from records.edge import caller
from records.spreadsheets import Cell


@require_safe
def claim_sheet(request: HttpRequest, claim_id: int) -> HttpResponse:
    claim = claim_of(caller(request), claim_id)
    quarter = quarter_words(claim_quarter(claim))
    headings = [
        _("贷款"),
        _("借款人"),
        _("借据号"),
        _("调整哪一季"),
        _("政策"),
        _("年利率（%）"),
        _("贴息天数"),
        _("季初余额"),
        _("季末余额"),
        _("利息"),
        _("系统算的"),
        _("农信申请"),
        _("差额"),
        _("同意拨付"),
        _("不贴息的原因"),
        _("农信的原因"),
    ]
    title = _("%(quarter)s贴息明细") % {"quarter": quarter}
    rows = (list(_cells(one, row_of(one, claim=claim).name)) for one in lines_of(claim))
    return sheet_response(f"{title}.xlsx", title=title, headings=headings, rows=rows)


def _cells(line: ClaimLine, name: str) -> Iterator[Cell]:
    loan = line.loan
    yield loan.number
    yield name
    yield loan.bank_loan_no or ""
    yield quarter_words(claim_quarter(line.adjusts.claim)) if line.adjusts else ""
    yield loan.policy.version
    yield percent(loan.annual_rate_ppm)
    yield line.days
    for fen in (line.opening_fen, line.closing_fen, line.interest_fen, line.ours_fen, line.bank_fen):
        yield yuan_of(fen)
    yield yuan_of(line.difference_fen)
    yield "" if line.agreed_fen is None else yuan_of(line.agreed_fen)
    yield excluded_words(line.segments.all())
    yield line.bank_reason
