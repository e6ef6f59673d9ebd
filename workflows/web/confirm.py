"""`/c/<token>`: what was filled in for her, in large type and without signing in, and her answer in one press."""

from collections.abc import Callable
from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from applicants import consents
from applicants.mandates import LinkIsDead, find_answered, find_by_token
from applicants.models import Mandate
from records.refusals import Refusal
from records.unit_of_work import unit_of_work
from workflows import confirming
from workflows.completeness import needed_consents
from workflows.models import Application
from workflows.web.request_in_words import rows_of_request

ACTS: dict[str, Callable[..., Application]] = {
    confirming.YES: confirming.say_yes,
    confirming.CHANGE: confirming.say_change,
    confirming.NOT_MINE: confirming.say_not_mine,
}


@login_not_required
@never_cache
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    at = timezone.now()
    try:
        mandate = find_by_token(token, at=at)
        case = confirming.case_of(mandate)
        if case is None:
            raise LinkIsDead
        if request.method == "POST" and request.POST.get("answer") in ACTS:
            return _answered(request, token, mandate, at=at)
    except LinkIsDead as refusal:
        return _dead(request, token, refusal)
    return _page(request, case, mandate)


@login_not_required
@never_cache
@require_safe
def confirm_done(request: HttpRequest, token: str) -> HttpResponse:
    """What she answered; nothing of the case but that."""
    mandate = find_answered(token)
    if mandate is None:
        return _dead(request, token, LinkIsDead())
    return render(request, "workflows/confirm_done.html", {"mandate": mandate, "helper": mandate.helper.name})


def _answered(request: HttpRequest, token: str, mandate: Mandate, *, at: datetime) -> HttpResponse:
    answer = request.POST["answer"]
    try:
        unit_of_work(lambda: ACTS[answer](mandate, at=at), by=mandate.applicant.user, at=at, action=f"confirm_{answer}")
    except LinkIsDead:
        raise
    except Refusal as refusal:
        context = {"reason": str(refusal)}
        return render(request, "workflows/confirm_refused.html", context, status=refusal.status)
    return redirect("confirm_done", token)


def _dead(request: HttpRequest, token: str, refusal: LinkIsDead) -> HttpResponse:
    if request.method == "POST" and find_answered(token) is not None:
        # The second press of a button whose first press was heard.
        return redirect("confirm_done", token)
    return render(request, "workflows/confirm_dead.html", {"reason": str(refusal)}, status=refusal.status)


def _page(request: HttpRequest, case: Application, mandate: Mandate) -> HttpResponse:
    context = {
        "helper": mandate.helper.name,
        "rows": rows_of_request(case, mandate),
        "texts": [consents.CONSENT_TEXTS[one] for one in needed_consents(case)],
        "expires_at": mandate.token_expires_at,
    }
    return render(request, "workflows/confirm.html", context)
