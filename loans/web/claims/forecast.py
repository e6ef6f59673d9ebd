"""贴息预测: the next four quarters against what the budget has for them."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.permissions import live_memberships
from accounts.web.navigation import frame
from loans.claims.forecast import Expected, forecast
from loans.claims.wording import quarter_words
from loans.models import GuaranteePool
from loans.money import format_yuan
from loans.web.claims.rows import from_to
from loans.web.forms.figures import YuanField
from loans.web.sheets import sheet_response, yuan_of
from records.edge import caller
from records.spreadsheets import Cell


class AppropriationForm(forms.Form):
    """What the budget has for a year's subsidy; left empty, nothing is compared."""

    use_required_attribute = False
    appropriation = YuanField(label=gettext_lazy("这四季的预算"), help_text=gettext_lazy("写 50000 或 5 万都行。"))


@require_safe
def claim_forecast(request: HttpRequest) -> HttpResponse:
    pools = _pools(caller(request))
    is_asked = bool(request.GET.get("appropriation"))
    form = AppropriationForm(request.GET if is_asked else None)
    appropriation_fen = form.cleaned_data["appropriation"] if is_asked and form.is_valid() else None
    expected = _expected(pools)
    context = {
        "form": form,
        "rows": [
            (quarter_words(one.quarter), from_to(*one.quarter), format_yuan(one.least_fen), format_yuan(one.likely_fen))
            for one in expected
        ],
        "least": format_yuan(sum(one.least_fen for one in expected)),
        "likely": format_yuan(sum(one.likely_fen for one in expected)),
        "verdict": _verdict(expected, appropriation_fen),
        "is_short": appropriation_fen is not None and sum(one.likely_fen for one in expected) > appropriation_fen,
    }
    status = 422 if form.errors else 200
    return render(request, "loans/claims/forecast.html", context | frame(request, current="claims"), status=status)


@require_safe
def claim_forecast_sheet(request: HttpRequest) -> HttpResponse:
    title = _("贴息预测")
    headings = [_("哪一季"), _("日期"), _("至少"), _("大概")]
    rows: list[list[Cell]] = [
        [quarter_words(one.quarter), from_to(*one.quarter), yuan_of(one.least_fen), yuan_of(one.likely_fen)]
        for one in _expected(_pools(caller(request)))
    ]
    return sheet_response(f"{title}.xlsx", title=title, headings=headings, rows=rows)


def _pools(user: User) -> list[GuaranteePool]:
    """Those whose subsidy her bureau pays. Raises Http404 for whoever pays none."""
    bureaus = [one.organisation_id for one in live_memberships(user) if one.grants("check_claim")]
    if not bureaus:
        raise Http404
    return list(GuaranteePool.objects.filter(finance__in=bureaus).order_by("pk"))


def _expected(pools: list[GuaranteePool]) -> list[Expected]:
    """Of all her pools together."""
    today = timezone.localdate()
    by_quarter: dict[object, Expected] = {}
    for pool in pools:
        for one in forecast(pool, on=today):
            before = by_quarter.get(one.quarter, Expected(one.quarter, 0, 0))
            sums = before.least_fen + one.least_fen, before.likely_fen + one.likely_fen
            by_quarter[one.quarter] = Expected(one.quarter, *sums)
    return list(by_quarter.values())


def _verdict(expected: list[Expected], appropriation_fen: int | None) -> str:
    if appropriation_fen is None:
        return ""
    least, likely = sum(one.least_fen for one in expected), sum(one.likely_fen for one in expected)
    if least > appropriation_fen:
        return _("预算不够：至少还差 %(yuan)s 元。") % {"yuan": format_yuan(least - appropriation_fen)}
    if likely > appropriation_fen:
        return _("预算可能不够：大概还差 %(yuan)s 元。") % {"yuan": format_yuan(likely - appropriation_fen)}
    return _("预算够用，大概还剩 %(yuan)s 元。") % {"yuan": format_yuan(appropriation_fen - likely)}
