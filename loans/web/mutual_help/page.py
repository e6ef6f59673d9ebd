"""互助金: the donors' money, whom it helped, and what waits for a second person."""

from typing import Any

from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.permissions import live_memberships
from accounts.templatetags.page import zh_date_year
from accounts.web.navigation import frame
from accounts.web.parts import Stat
from applicants.identity import mask_name
from applicants.models import HelpedMother
from loans.models import MutualHelp, MutualHelpFund
from loans.models.mutual_help import MutualHelpMoveKind
from loans.money import format_yuan
from loans.web.mutual_help.book import helps_of, lines_of, standing_of
from loans.web.sheets import sheet_response, yuan_of
from records.edge import caller
from records.spreadsheets import Cell


@require_safe
def mutual_help(request: HttpRequest) -> HttpResponse:
    fund = kept_fund(request)
    context = {
        "fund": fund,
        "today": timezone.localdate(),
        "now": timezone.now(),
        "stats": _stats(fund),
        "helps": [_help_row(one) for one in helps_of(fund)],
        "lines": [_line_row(one) for one in reversed(list(lines_of(fund)))],
        "before": _before(fund),
    }
    return render(request, "loans/mutual_help/page.html", context | frame(request, current="mutual_help"))


@require_safe
def mutual_help_sheet(request: HttpRequest) -> HttpResponse:
    """The whole ledger, the oldest first."""
    headings = [_("日期"), _("类别"), _("姓名"), _("用途"), _("收入"), _("支出"), _("余额"), _("凭证号"), _("登记人")]
    rows: list[list[Cell]] = [
        [
            one.value_on.isoformat(),
            one.kind,
            one.whose,
            one.purpose,
            yuan_of(one.received_fen),
            yuan_of(one.spent_fen),
            yuan_of(one.balance_fen),
            one.voucher_no,
            one.by,
        ]
        for one in lines_of(kept_fund(request))
    ]
    title = _("贫困母亲互助金台账")
    return sheet_response(f"{title}.xlsx", title=title, headings=headings, rows=rows)


def kept_fund(request: HttpRequest) -> MutualHelpFund:
    """The fund that her office keeps. Raises Http404 for whoever keeps none."""
    offices = [one.organisation_id for one in live_memberships(caller(request)) if one.grants("keep_mutual_help")]
    fund = MutualHelpFund.objects.filter(keeper__in=offices).select_related("programme", "keeper__region").first()
    if fund is None:
        raise Http404
    return fund


def _stats(fund: MutualHelpFund) -> list[Stat]:
    sums = dict(fund.moves.order_by().values_list("kind").annotate(Sum("amount_fen")))
    out_fen = -sums.get(MutualHelpMoveKind.HELP, 0)
    back_fen = sums.get(MutualHelpMoveKind.REPAYMENT, 0)
    unit = _("元")
    return [
        Stat(_("收到捐款"), format_yuan(sums.get(MutualHelpMoveKind.DONATION, 0)), unit),
        Stat(_("帮出去"), format_yuan(out_fen), unit),
        Stat(_("已归还"), format_yuan(back_fen), unit),
        Stat(_("余额"), format_yuan(fund.balance_fen), unit, detail=_("捐款 − 帮出去 + 已归还"), tone="key"),
    ]


def _before(fund: MutualHelpFund) -> dict[str, Any] | None:
    """What the register of mothers holds of before the fund kept its books here; None where there is nothing."""
    before = HelpedMother.objects.filter(
        village__code__startswith=fund.keeper.region.prefix, mutual_help_move__isnull=True
    )
    summed_fen = before.aggregate(fen=Sum("amount_fen", default=0))["fen"]
    return {"count": before.count(), "yuan": format_yuan(summed_fen)} if summed_fen else None


def _help_row(helped: Any) -> dict[str, Any]:
    left_fen = -helped.moved_fen
    return {
        "url": reverse("mutual_help_one", args=[helped.pk]),
        "name": mask_name(helped.name),
        "place": place_of(helped),
        "purpose": helped.purpose,
        "amount": format_yuan(helped.amount_fen),
        "left": format_yuan(left_fen),
        "standing": standing_of(helped, left_fen=left_fen),
        "is_open": helped.decision.is_open,
    }


def place_of(helped: MutualHelp) -> str:
    return f"{helped.village.parent}{helped.village}"


def _line_row(one: Any) -> dict[str, str]:
    sums = {name: format_yuan(fen) if fen else "" for name, fen in _sums(one)}
    day = zh_date_year(one.value_on)
    return {"day": day, "kind": one.kind, "whose": one.whose, "purpose": one.purpose, "no": one.voucher_no, **sums}


def _sums(one: Any) -> list[tuple[str, int]]:
    return [("received", one.received_fen), ("spent", one.spent_fen), ("balance", one.balance_fen)]
