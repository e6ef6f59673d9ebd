"""What is behind the masks of those whom an application names."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from applicants import sight
from records.refusals import Refusal
from records.unit_of_work import unit_of_work
from workflows import people
from workflows.web.case.found import found_case
from workflows.web.case.page import case_page
from workflows.web.case.people import masked_line, name_of, seen_by


@require_POST
def case_party_reveal(request: HttpRequest, number: str, party: int, what: str) -> HttpResponse:
    """One masked value whole, and a row in the list that she reads of who looked."""
    found = found_case(request, number)
    row = get_object_or_404(found.application.applicant.parties, pk=party)
    is_seen = str(row.pk) in {one.key for one in seen_by(found.part, found.application)}
    if not is_seen or what not in sight.REVEALED_OF_A_PARTY:
        raise Http404
    now = timezone.now()
    whole = unit_of_work(lambda: sight.reveal_party(row, what=what, by=found.user, at=now), by=found.user, at=now)
    shown = {name_of(row, what): whole or _("没有")}
    if request.headers.get("HX-Request"):
        line = masked_line(found.application, row, what, shown)
        return render(request, "workflows/case/value.html", {"line": line})
    return case_page(request, found, shown=shown)


@require_POST
def case_party_withdraws(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """They rang up, or came, and took their yes back: from now on no partner office sees them."""
    found = found_case(request, number)
    whom = people.find_named(found.application.applicant, key)
    if whom is None or not found.part.has_household:
        raise Http404
    now = timezone.now()
    try:
        unit_of_work(
            lambda: people.record_withdrawal(found.application, whom, by=found.user, at=now),
            by=found.user,
            at=now,
            action=people.WITHDRAWS,
            about=number,
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("记下了，%(name)s不同意了。") % {"name": whom.full_name})
    return redirect(f"{reverse('case', args=[number])}#people")
