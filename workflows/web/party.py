"""`/p/<token>`: what somebody is named for in an application, in large type, and their answer in one press."""

from collections.abc import Callable
from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from accounts.web.parts import SummaryRow
from applicants.identity import mask_name
from applicants.models import Party, PartyLink
from applicants.models.party import PartyRole
from applicants.parties import Named
from applicants.party_consents import CHANGE, NOT_ME, YES, PartyLinkIsDead, find_answered, find_by_token
from applicants.party_texts import PARTY_TEXTS
from loans.policy_wording import term_words
from records.refusals import Refusal
from records.unit_of_work import unit_of_work
from workflows import people
from workflows.models import Application
from workflows.wording import money

ACTS: dict[str, Callable[..., None]] = {YES: people.say_yes, CHANGE: people.say_change, NOT_ME: people.say_not_me}


@login_not_required
@never_cache
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def party(request: HttpRequest, token: str) -> HttpResponse:
    at = timezone.now()
    try:
        link, whom = find_by_token(token, at=at)
        case = people.case_of(link)
        if request.method == "POST" and request.POST.get("answer") in ACTS:
            return _answered(request, token, link, whom, at=at)
    except PartyLinkIsDead as refusal:
        return _dead(request, token, refusal)
    return _page(request, case, link, whom)


@login_not_required
@never_cache
@require_safe
def party_done(request: HttpRequest, token: str) -> HttpResponse:
    """What was answered; nothing of the case but that."""
    link = find_answered(token)
    if link is None:
        return _dead(request, token, PartyLinkIsDead())
    return render(request, "workflows/party_done.html", {"link": link})


def _answered(request: HttpRequest, token: str, link: PartyLink, whom: Named, *, at: datetime) -> HttpResponse:
    answer = request.POST["answer"]
    try:
        unit_of_work(lambda: ACTS[answer](link, whom, at=at), by=link.applicant.user, at=at, action=f"party_{answer}")
    except PartyLinkIsDead:
        raise
    except Refusal as refusal:
        return render(request, "workflows/party_dead.html", {"reason": str(refusal)}, status=refusal.status)
    return redirect("party_done", token)


def _dead(request: HttpRequest, token: str, refusal: PartyLinkIsDead) -> HttpResponse:
    if request.method == "POST" and find_answered(token) is not None:
        # The second press of a button whose first press was heard.
        return redirect("party_done", token)
    return render(request, "workflows/party_dead.html", {"reason": str(refusal)}, status=refusal.status)


def _page(request: HttpRequest, case: Application, link: PartyLink, whom: Named) -> HttpResponse:
    context = {
        "her": mask_name(case.applicant.full_name),
        "whom": whom,
        "rows": _rows(case, whom),
        "text": PARTY_TEXTS[whom.role],
        "expires_at": link.expires_at,
    }
    return render(request, "workflows/party.html", context)


def _rows(case: Application, whom: Named) -> list[SummaryRow]:
    """What it is about. A stranger who got the link by mistake learns no name and no number from it."""
    her = case.applicant
    village = her.village
    rows = [
        SummaryRow(_("谁申请"), mask_name(her.full_name), note=f"{village.parent} {village}" if village else ""),
        SummaryRow(_("写了您是"), str(whom.role.label), note=f"{whom.masked_name} {whom.masked_id_no}"),
    ]
    if whom.role != PartyRole.SPOUSE:
        rows.insert(1, SummaryRow(_("贷多少"), _amount(case), note=her.business.get_project_type_display()))
        row = her.parties.get(pk=whom.key)
        rows.append(_terms(row))
    return rows


def _amount(case: Application) -> str:
    if not case.amount_fen or not case.term_months:
        return money(case.amount_fen) if case.amount_fen else _("还没填")
    return _("%(amount)s，%(term)s") % {"amount": money(case.amount_fen), "term": term_words(case.term_months)}


def _terms(row: Party) -> SummaryRow:
    if row.role == PartyRole.PARTNER:
        share = _("您占 %(share)s%%") % {"share": row.share_percent}
        return SummaryRow(_("约好的"), share, note=str(row.get_liability_display()))
    return SummaryRow(_("您是她的"), str(row.get_tie_display()), note=str(row.get_kind_display()))
