"""One quarter's claim: our figures beside the bank's, and what the reader may do with it now."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.templatetags.page import zh_date_year
from accounts.web.navigation import frame
from accounts.web.parts import Fact
from loans.claims.carrying import carried_fen
from loans.claims.clocks import clock_of
from loans.claims.wording import claim_quarter, difference_words, quarter_words
from loans.models import SubsidyClaim
from loans.models.claim import WITH_THE_BANK, ClaimState
from loans.money import format_yuan
from loans.web.claims import acts
from loans.web.claims.acts import Act
from loans.web.claims.rows import from_to, lines_of, row_of, stats_of
from loans.web.forms.claims import PaymentForm
from records.edge import caller, carry_out
from records.refusals import Refusal

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, claim_id: int) -> HttpResponse:
    user = caller(request)
    asked = claim_of(user, claim_id)
    forms_by_act = {act.name: _form(request, act) for act in acts.open_to(asked, user)}
    status = 200
    if request.method == "POST":
        act = acts.ACTS.get(request.POST.get("act", ""))
        if act is None or act.name not in forms_by_act:
            messages.error(request, _("这件刚被改过，现在不能这样办了。"))
            return redirect("claim", claim_id=claim_id)
        form = forms_by_act[act.name]
        status = _carry_out(request, act, form, asked) if form.is_valid() else UNPROCESSABLE
        if not form.errors:
            messages.success(request, str(act.done))
            return redirect("claim", claim_id=claim_id)
    context = _context(asked, user) | {
        "acts": [(acts.ACTS[name], form) for name, form in forms_by_act.items()],
        "sent": forms_by_act.get(request.POST.get("act", "")),
    }
    return render(request, "loans/claims/claim.html", context | frame(request, current="claims"), status=status)


def claim_of(user: User, claim_id: int) -> SubsidyClaim:
    """The claim as she may see it. Raises Http404."""
    seen = SubsidyClaim.objects.visible_to(user).select_related(*SubsidyClaim.locked_with, "payment_order", "made_by")
    return get_object_or_404(seen.prefetch_related("log"), pk=claim_id)


def _form(request: HttpRequest, act: Act) -> forms.Form:
    is_sent = request.method == "POST" and request.POST.get("act") == act.name
    data, files = (request.POST, request.FILES) if is_sent else (None, None)
    prefix = act.name
    if act.form is PaymentForm:
        return PaymentForm(data, today=timezone.localdate(), prefix=prefix)
    return act.form(data, files, prefix=prefix)


def _carry_out(request: HttpRequest, act: Act, form: forms.Form, claim: SubsidyClaim) -> int:
    """Do it; where it is refused the form says why, and keeps what was typed."""
    if str(claim.version) != request.POST.get("version"):
        form.add_error(None, _("这件刚被改过，核对后再交。"))
        return 409
    try:
        carry_out(
            request,
            lambda by, at: act.do(claim, form.cleaned_data, by, at),
            action=f"claim_{act.name}",
            about=claim.number,
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return refusal.status
    return 200


def _context(claim: SubsidyClaim, user: User) -> dict[str, object]:
    lines, today = lines_of(claim), timezone.localdate()
    is_with_bank = claim.state in WITH_THE_BANK
    return {
        "claim": claim,
        "quarter": quarter_words(claim_quarter(claim)),
        "days": from_to(claim.from_on, claim.to_on),
        "today": today,
        "clock": clock_of(claim, today=today),
        "is_paid": claim.state == ClaimState.PAID,
        "stats": list(stats_of(lines)),
        "difference": difference_words(lines),
        "rows": [row_of(one, claim=claim) for one in lines],
        "facts": list(_facts(claim)),
        "returned": _why_returned(claim),
        "waits": acts.waits_for_another(claim, user),
        "is_with_bank": is_with_bank,
    }


def _why_returned(claim: SubsidyClaim) -> str:
    rows = list(claim.log.all())
    return rows[-1].reason if claim.state == ClaimState.RETURNED else ""


def _facts(claim: SubsidyClaim) -> list[Fact]:
    facts = [Fact(_("申报编号"), claim.number), Fact(_("谁做的"), str(claim.made_by))]
    if claim.guarantor_agrees is not None:
        opinion = _("同意申报") if claim.guarantor_agrees else _("有不同意见")
        facts.append(
            Fact(_("担保公司意见"), f"{opinion}。{claim.guarantor_words}" if claim.guarantor_words else opinion)
        )
    if claim.decision is not None and not claim.decision.is_open:
        decision = claim.decision
        facts.append(Fact(_("复核"), f"{decision.decided_by} {decision.get_outcome_display()} {decision.reason}"))
    if carried := carried_fen(claim):
        facts.append(Fact(_("上季结转"), _("%(yuan)s 元，从本季扣回") % {"yuan": format_yuan(carried)}))
    if claim.paid_on is not None:
        facts.append(Fact(_("拨付日期"), zh_date_year(claim.paid_on)))
        facts.append(Fact(_("凭证号"), claim.voucher_no))
        facts.append(Fact(_("垫付"), str(claim.get_advanced_by_display())))
    return facts
