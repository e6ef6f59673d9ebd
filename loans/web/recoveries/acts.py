"""What the bank asks for, each on a page of its own: a compensation, a recovery to be booked, a write-off.

None of it counts before an officer of the finance bureau has agreed.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.web.navigation import frame
from loans import compensation, write_offs
from loans.compensation import claim_left_fen
from loans.models import Loan
from loans.position import Position
from loans.refusals import RecoveredTooMuch, VoucherUsed
from loans.spoken_money import money
from loans.web.forms.recovery import CompensationForm, RecoveryForm, WriteOffForm
from loans.web.recoveries.one import acts_of, effect_of, loan_of
from records.edge import caller
from records.web.attempts import UNPROCESSABLE, attempted

TITLES: dict[str, Promise | str] = {
    "compensate": gettext_lazy("申请代偿"),
    "recover": gettext_lazy("登记追回"),
    "write-off": gettext_lazy("申请核销"),
}
AT_FIELD = {VoucherUsed: "voucher_no", RecoveredTooMuch: "amount"}


@require_http_methods(["GET", "HEAD", "POST"])
def recovery_act(request: HttpRequest, loan_number: str, deed: str) -> HttpResponse:
    user, today = caller(request), timezone.localdate()
    loan, now = loan_of(user, loan_number, today=today)
    if deed not in acts_of(loan, user):
        raise Http404
    back_url = reverse("recovery", args=[loan.number])
    form = _form(deed, request.POST if request.method == "POST" else None, loan, today=today)
    status = 200
    if form.is_bound:
        status = _attempt(request, form, deed, loan) if form.is_valid() else UNPROCESSABLE
        if not form.errors:
            messages.success(request, _("提交了，等财政局复核。复核同意以后才算数。"))
            return redirect(back_url)
    context = {
        "form": form,
        "loan": loan,
        "title": TITLES[deed],
        "words": _words(deed, loan, now),
        "back_url": back_url,
    }
    return render(request, "loans/recoveries/act.html", context | frame(request, current="recoveries"), status=status)


def _form(deed: str, sent: Any, loan: Loan, *, today: date) -> forms.Form:
    if deed == "compensate":
        return CompensationForm(sent)
    if deed == "write-off":
        return WriteOffForm(sent)
    return RecoveryForm(sent, today=today, since=loan.fund_moves.get(kind="compensation").value_on)


def _words(deed: str, loan: Loan, now: Position) -> str:
    """What it is about, before she sends it."""
    if deed == "compensate":
        return effect_of(loan, now)
    left = {"left": money(claim_left_fen(loan))}
    if deed == "recover":
        return _("还有 %(left)s没追回。") % left
    return _("剩下的 %(left)s不再追，按比例记成基金和银行的损失。") % left


def _attempt(request: HttpRequest, form: forms.Form, deed: str, loan: Loan) -> int:
    """Do it; where it is refused the form says why, and keeps what was typed."""
    given = form.cleaned_data
    ways: dict[str, Callable[[User, datetime], Any]] = {
        "compensate": lambda by, at: compensation.propose_compensation(
            loan, voucher_no=given["voucher_no"], by=by, at=at
        ),
        "recover": lambda by, at: compensation.propose_recovery(
            loan,
            recovered_fen=given["amount"],
            value_on=given["value_on"],
            voucher_no=given["voucher_no"],
            by=by,
            at=at,
        ),
        "write-off": lambda by, at: write_offs.propose_write_off(loan, reason=given["reason"], by=by, at=at),
    }
    return attempted(request, form, ways[deed], action=f"propose_{deed}", about=loan.number, at_field=AT_FIELD)
