"""贴息: every quarter's claim that an office takes part in, and for the bank the next one to make."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.db.models import Min, QuerySet, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.permissions import holds, live_memberships
from accounts.templatetags.page import zh_date
from accounts.web.navigation import frame
from loans.claims import making
from loans.claims.clocks import ClaimClock, bank_due_on, clock_of
from loans.claims.quarter import Quarter
from loans.claims.settlement import rhythm_of
from loans.claims.wording import claim_quarter, quarter_words
from loans.models import GuaranteePool, Loan, SubsidyClaim
from loans.money import format_yuan
from loans.web.claims.rows import NONE, signed
from records.edge import caller, carry_out
from records.refusals import Refusal


@dataclass(frozen=True)
class ClaimRow:
    """One claim of the list."""

    pk: int
    quarter: str
    number: str
    state: str
    clock: ClaimClock
    is_paid: bool
    bank: str
    ours: str
    difference: str
    agreed: str


@dataclass(frozen=True)
class ToMake:
    """A quarter that is over and not claimed yet."""

    pool: GuaranteePool
    quarter: Quarter
    words: str
    due_on: date


@require_safe
def claims(request: HttpRequest) -> HttpResponse:
    user, today = caller(request), timezone.localdate()
    if not holds(user, "view_claims"):
        raise Http404
    seen = SubsidyClaim.objects.visible_to(user).select_related("pool__bank", "pool__guarantor", "pool__finance")
    summed = seen.annotate(ours=Sum("lines__ours_fen"), bank=Sum("lines__bank_fen"), agreed=Sum("lines__agreed_fen"))
    rows = [_row(one, today=today) for one in summed.order_by("-from_on", "pk").prefetch_related("log")]
    pools = list(pools_of(user))
    to_make = list(_to_make(pools, today=today))
    context = {
        "rows": rows,
        "to_make": to_make if holds(user, "make_claim") else [],
        "next_words": "" if to_make or not pools else _next_words(pools[0], today),
        "waiting_words": _waiting_words(to_make) if not holds(user, "make_claim") else "",
        "may_see_years": holds(user, "check_claim"),
        "today": today,
    }
    return render(request, "loans/claims/list.html", context | frame(request, current="claims"))


@require_POST
def claim_new(request: HttpRequest) -> HttpResponse:
    """Make the claim of a quarter that is over, from our figures."""
    pool = get_object_or_404(pools_of(caller(request)), pk=request.POST.get("pool") or 0)
    try:
        day = date.fromisoformat(request.POST.get("from_on", ""))
    except ValueError as error:
        raise Http404 from error
    try:
        claim = carry_out(
            request,
            lambda by, at: making.make_claim(pool, rhythm_of(pool).quarter_of(day), by=by, at=at),
            action="make_claim",
            about=day.isoformat(),
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("claims")
    messages.success(request, _("按系统算的填好了。核对以后，由另一位同事提交。"))
    return redirect("claim", claim_id=claim.pk)


def pools_of(user: User) -> QuerySet[GuaranteePool]:
    """The pools whose claims her office has a part in."""
    offices = [one.organisation_id for one in live_memberships(user) if one.grants("view_claims")]
    seen = GuaranteePool.objects.filter(bank__in=offices) | GuaranteePool.objects.filter(guarantor__in=offices)
    return (seen | GuaranteePool.objects.filter(finance__in=offices)).order_by("pk")


def _to_make(pools: list[GuaranteePool], *, today: date) -> Iterator[ToMake]:
    """The quarters since the first payout that are over and that nobody has claimed, the oldest first."""
    for pool in pools:
        paid_out = Loan.objects.paid_out().filter(policy__programme=pool.programme_id, bank=pool.bank_id)
        first_on = paid_out.aggregate(first=Min("disbursed_on"))["first"]
        if first_on is None:
            continue
        claimed = set(pool.claims.values_list("from_on", flat=True))
        for quarter in rhythm_of(pool).through(first_on, today):
            if quarter.from_on not in claimed:
                yield ToMake(pool, quarter, quarter_words(quarter), bank_due_on(quarter.interest_on))


def _next_words(pool: GuaranteePool, today: date) -> str:
    quarter = rhythm_of(pool).quarter_of(today)
    return _("本季还没到结息日。%(day)s起可以申报") % {"day": zh_date(quarter.to_on)}


def _waiting_words(to_make: list[ToMake]) -> str:
    if not to_make:
        return ""
    return _("农信还没有报本季贴息。截止日 %(day)s") % {"day": zh_date(to_make[-1].due_on)}


def _row(claim: SubsidyClaim, *, today: date) -> ClaimRow:
    sums: dict[str, int | None] = {name: getattr(claim, name) for name in ("ours", "bank", "agreed")}
    return ClaimRow(
        pk=claim.pk,
        quarter=quarter_words(claim_quarter(claim)),
        number=claim.number,
        state=str(claim.get_state_display()),
        clock=clock_of(claim, today=today),
        is_paid=claim.paid_on is not None,
        bank=format_yuan(sums["bank"] or 0),
        ours=format_yuan(sums["ours"] or 0),
        difference=signed((sums["bank"] or 0) - (sums["ours"] or 0)),
        agreed=format_yuan(sums["agreed"] or 0) if claim.payment_order_id else NONE,
    )
