"""反担保台账: everything that secures the guarantor, narrowed by kind and standing, on a page and as a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Sum, TextChoices
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.permissions import live_memberships
from accounts.web.keyset import page_of
from accounts.web.navigation import frame
from loans.models import CounterGuarantee, Loan, Security
from loans.models.guarantee import CounterGuaranteeKind
from loans.models.loan import LoanState
from loans.web.sheets import sheet_response, yuan_of
from records.edge import caller
from records.spreadsheets import Cell

PAGE_ROWS = 50


class Standing(TextChoices):
    """What has to be done with it."""

    TO_RECORD = "to_record", gettext_lazy("还没登记")
    HELD = "held", gettext_lazy("已登记")
    TO_RELEASE = "to_release", gettext_lazy("可以解除")
    RELEASED = "released", gettext_lazy("已解除")


@dataclass(frozen=True)
class SecurityRow:
    """One counter-guarantee."""

    pk: int
    kind: str
    description: str
    borrower: str
    letter_no: str
    amount_fen: int
    persons: str
    standing: Standing
    recorded_on: date | None


@require_safe
def securities(request: HttpRequest) -> HttpResponse:
    found, kind, standing = _asked(caller(request), request.GET)
    page = page_of(found, query=request.GET, size=PAGE_ROWS)
    context = {
        "rows": [_row(one) for one in page.rows],
        "count": found.count(),
        "kinds": [(one.value, str(one.label), one.value == kind) for one in CounterGuaranteeKind],
        "standings": [(one.value, str(one.label), one.value == standing) for one in Standing],
        "query": request.GET.urlencode(),
        "previous_url": page.previous_url,
        "next_url": page.next_url,
    }
    return render(request, "loans/securities/register.html", context | frame(request, current="securities"))


@require_safe
def securities_sheet(request: HttpRequest) -> HttpResponse:
    found, _kind, _standing = _asked(caller(request), request.GET)
    headings = [
        _("种类"),
        _("说明"),
        _("借款人"),
        _("担保函号"),
        _("担保金额"),
        _("反担保人"),
        _("情况"),
        _("登记日期"),
    ]
    rows = (list(_cells(_row(one))) for one in found.order_by("pk"))
    title = _("反担保台账")
    return sheet_response(f"{title}.xlsx", title=title, headings=headings, rows=rows)


def seen_by(user: User) -> QuerySet[Any]:
    """Those of her guarantor's pools, with what their standing depends on. Raises Http404 for whoever has none."""
    offices = [one.organisation_id for one in live_memberships(user) if one.grants("guarantee")]
    if not offices:
        raise Http404
    seen = CounterGuarantee.objects.filter(guarantee__pool__guarantor__in=offices)
    claimed = Loan.objects.filter(guarantee=OuterRef("guarantee"), state=LoanState.COMPENSATED)
    return seen.select_related("guarantee__applicant", "guarantee__pool__guarantor", "release").annotate(
        left_fen=Coalesce(
            Sum(F("guarantee__moves__reserved_delta_fen") + F("guarantee__moves__committed_delta_fen")), 0
        ),
        is_claimed=Exists(claimed),
        is_recorded=Exists(Security.objects.filter(counter_guarantee=OuterRef("pk"))),
    )


def standing_of(counter: Any) -> Standing:
    if hasattr(counter, "release"):
        return Standing.RELEASED
    if not counter.left_fen and not counter.is_claimed:
        return Standing.TO_RELEASE
    return Standing.HELD if counter.is_recorded else Standing.TO_RECORD


def _asked(user: User, query: QueryDict) -> tuple[QuerySet[Any], str, str]:
    """What the address asks for; a kind or standing that there isn't narrows nothing."""
    found = seen_by(user)
    kind, standing = query.get("kind", ""), query.get("standing", "")
    if kind in CounterGuaranteeKind.values:
        found = found.filter(kind=kind)
    if standing in Standing.values:
        found = found.filter(_where(Standing(standing)))
    newest = Security.objects.order_by("pk").prefetch_related("persons")
    return found.prefetch_related(Prefetch("securities", newest)), kind, standing


def _where(standing: Standing) -> Q:
    is_over = Q(left_fen=0, is_claimed=False)
    if standing == Standing.RELEASED:
        return Q(release__isnull=False)
    if standing == Standing.TO_RELEASE:
        return Q(release__isnull=True) & is_over
    return Q(release__isnull=True, is_recorded=standing == Standing.HELD) & ~is_over


def _row(counter: Any) -> SecurityRow:
    newest = list(counter.securities.all())[-1:]
    persons = [one.full_name for security in newest for one in security.persons.all()]
    return SecurityRow(
        pk=counter.pk,
        kind=str(counter.get_kind_display()),
        description=counter.description,
        borrower=counter.guarantee.applicant.full_name,
        letter_no=counter.guarantee.letter_no,
        amount_fen=counter.guarantee.amount_fen,
        persons=_("、").join(persons),
        standing=standing_of(counter),
        recorded_on=timezone.localdate(newest[0].recorded_at) if newest else None,
    )


def _cells(row: SecurityRow) -> Iterator[Cell]:
    yield from (row.kind, row.description, row.borrower, row.letter_no)
    yield yuan_of(row.amount_fen)
    yield from (row.persons, str(row.standing.label), row.recorded_on.isoformat() if row.recorded_on else "")
