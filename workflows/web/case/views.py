"""The page of a case, and what is behind its masks."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from applicants import sight
from records.unit_of_work import unit_of_work
from workflows.web.case.found import found_case
from workflows.web.case.lines import NAMES, Masks
from workflows.web.case.neighbours import remember_list
from workflows.web.case.page import case_page


@require_safe
def case(request: HttpRequest, number: str) -> HttpResponse:
    found = found_case(request, number)
    remember_list(request)
    return case_page(request, found)


@require_POST
def case_reveal(request: HttpRequest, number: str, what: str) -> HttpResponse:
    """One masked value whole, and a row in the list that she reads of who looked. Nothing of it in any address."""
    found = found_case(request, number)
    if what not in found.part.reveals:
        raise Http404
    now = timezone.now()
    applicant = found.application.applicant
    whole = unit_of_work(lambda: sight.reveal(applicant, what=what, by=found.user, at=now), by=found.user, at=now)
    shown = {what: whole or _("没有")}
    if request.headers.get("HX-Request"):
        line = Masks(found.application, found.part, shown=shown).line(what)
        return render(request, "workflows/case/value.html", {"line": line, "name": NAMES[what]})
    return case_page(request, found, shown=shown)
