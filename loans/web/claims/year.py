"""年度清算: what the quarters of a year came to, what differed, and what is still to be paid."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.permissions import holds
from accounts.templatetags.page import zh_date_year
from accounts.web.navigation import frame
from accounts.web.parts import NavItem
from loans.claims.wording import claim_quarter, quarter_words
from loans.models import SubsidyClaim
from loans.models.claim import ClaimState
from loans.money import format_yuan
from loans.web.claims.rows import NONE, signed
from loans.web.sheets import sheet_response, yuan_of
from records.edge import caller
from records.spreadsheets import Cell


@dataclass(frozen=True)
class Sums:
    """A quarter, or the year: in fen."""

    bank_fen: int
    ours_fen: int
    adjusted_fen: int
    paid_fen: int

    @property
    def words(self) -> dict[str, str]:
        return {
            "bank": format_yuan(self.bank_fen),
            "ours": format_yuan(self.ours_fen),
            "difference": signed(self.bank_fen - self.ours_fen),
            "adjusted": format_yuan(self.adjusted_fen),
            "paid": format_yuan(self.paid_fen),
        }


@require_safe
def claim_year(request: HttpRequest, year: int) -> HttpResponse:
    claims = list(_claims(caller(request), year))
    rows = [(one, quarter_words(claim_quarter(one)), _sums_of(one).words, _payment(one)) for one in claims]
    context = {
        "year": year,
        "rows": rows,
        "total": _total(claims).words,
        "years": [
            NavItem(reverse("claim_year", args=[one]), str(one), is_current=one == year)
            for one in range(year - 1, year + 2)
        ],
    }
    return render(request, "loans/claims/year.html", context | frame(request, current="claims"))


@require_safe
def claim_year_sheet(request: HttpRequest, year: int) -> HttpResponse:
    claims = list(_claims(caller(request), year))
    title = _("%(year)s 年贴息清算表") % {"year": year}
    headings = [
        _("哪一季"),
        _("申报编号"),
        _("情况"),
        _("农信申请"),
        _("系统算的"),
        _("差额"),
        _("调整以前的"),
        _("已拨付"),
        _("拨付日期和凭证"),
    ]
    rows = [list(_cells(one)) for one in claims]
    total = [_("全年合计"), "", "", *_figures(_total(claims)), ""]
    return sheet_response(f"{title}.xlsx", title=title, headings=headings, rows=[*rows, total])


def _claims(user: User, year: int) -> Iterator[SubsidyClaim]:
    """The quarters whose interest date lies in the year, the first of them first. Raises Http404 for others."""
    if not holds(user, "check_claim"):
        raise Http404
    seen = SubsidyClaim.objects.visible_to(user).filter(to_on__year=year).order_by("from_on", "pk")
    yield from seen.annotate(
        ours=Sum("lines__ours_fen"),
        bank=Sum("lines__bank_fen"),
        agreed=Sum("lines__agreed_fen"),
        adjusted=Sum("lines__ours_fen", filter=Q(lines__adjusts__isnull=False)),
    )


def _sums_of(claim: SubsidyClaim) -> Sums:
    told = {name: getattr(claim, name) or 0 for name in ("bank", "ours", "adjusted", "agreed")}
    return Sums(told["bank"], told["ours"], told["adjusted"], told["agreed"] if claim.state == ClaimState.PAID else 0)


def _total(claims: list[SubsidyClaim]) -> Sums:
    sums = [_sums_of(one) for one in claims]
    return Sums(
        *(sum(getattr(one, name) for one in sums) for name in ("bank_fen", "ours_fen", "adjusted_fen", "paid_fen"))
    )


def _payment(claim: SubsidyClaim) -> str:
    return f"{zh_date_year(claim.paid_on)} {claim.voucher_no}" if claim.paid_on else NONE


def _cells(claim: SubsidyClaim) -> Iterator[Cell]:
    yield quarter_words(claim_quarter(claim))
    yield claim.number
    yield str(claim.get_state_display())
    yield from _figures(_sums_of(claim))
    yield _payment(claim)


def _figures(sums: Sums) -> Iterator[Cell]:
    for fen in (sums.bank_fen, sums.ours_fen, sums.bank_fen - sums.ours_fen, sums.adjusted_fen, sums.paid_fen):
        yield yuan_of(fen)
