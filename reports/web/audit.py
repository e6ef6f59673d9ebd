"""The desk of those who watch: the audit log for the auditor, people and their roles for the security administrator."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.permissions import holds
from accounts.web.keyset import page_of
from accounts.web.navigation import frame
from accounts.web.parts import Tone
from records.edge import caller
from records.models import AuditEntry
from reports.web.audit_filter import AuditFilter
from reports.web.audit_people import people_page
from reports.web.audit_words import action_words, outcome_words, who_words

UNPROCESSABLE = 422


@dataclass(frozen=True)
class EntryRow:
    """One row of the log in words."""

    at: datetime
    who: str
    action: str
    about: str
    outcome: str
    tone: Tone


@require_safe
def admin_office(request: HttpRequest) -> HttpResponse:
    """Each of the two sees one list; nobody else is told of either."""
    user = caller(request)
    if holds(user, "view_audit"):
        return _log(request)
    if holds(user, "manage_security"):
        return people_page(request)
    raise Http404


def _log(request: HttpRequest) -> HttpResponse:
    conditions = AuditFilter(request.GET)
    found = conditions.narrow(AuditEntry.objects.select_related("by"))
    page = page_of(found, query=request.GET)
    context = {
        "form": conditions,
        "is_narrowed": any(conditions.cleaned_data.values()),
        "count": found.count(),
        "rows": [_row(entry, entry.by) for entry in page.rows],
        "page": page,
    }
    status = UNPROCESSABLE if conditions.errors else 200
    return render(request, "reports/audit.html", context | frame(request, current="admin_office"), status=status)


def _row(entry: AuditEntry, by: User | None) -> EntryRow:
    words, tone = outcome_words(entry.outcome)
    return EntryRow(
        at=entry.at,
        who=who_words(by),
        action=action_words(entry.action),
        about=entry.about,
        outcome=words,
        tone=tone,
    )
