"""The desk of those who watch: the audit log for the auditor, people and their roles for the security administrator."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.permissions import holds
from accounts.web.keyset import page_of
from accounts.web.navigation import frame
from accounts.web.parts import Tone
from records import spreadsheets
from records.edge import caller, carry_out
from records.models import AuditEntry
from records.web.sign_ins import DONE
from reports.web.audit_filter import AuditFilter
from reports.web.audit_people import people_page
from reports.web.audit_words import action_words, outcome_words, who_words

UNPROCESSABLE = 422
EXPORTED: Final = "export_audit"
EXPORT_MOST: Final = 5000
# The column that says what an entry is about.
ABOUT_LONGEST: Final = 60


class ExportForm(forms.Form):
    """Why the rows leave the house."""

    use_required_attribute = False

    reason = forms.CharField(
        label=gettext_lazy("为什么导出"),
        max_length=50,
        error_messages={
            "required": gettext_lazy("写一下为什么导出"),
            "max_length": gettext_lazy("最多写 50 个字"),
        },
    )


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


@require_POST
def audit_export(request: HttpRequest) -> HttpResponse:
    """The rows that the address narrows the log to, as a file; why they are taken out stands in the log itself."""
    if not holds(caller(request), "view_audit"):
        raise Http404
    form = ExportForm(request.POST)
    if not form.is_valid():
        return _log(request, form)
    found = list(AuditFilter(request.GET).narrow(AuditEntry.objects.select_related("by"))[: EXPORT_MOST + 1])
    if len(found) > EXPORT_MOST:
        form.add_error(None, _("一次最多导出 %(most)s 条。加几个条件，分几次导出。") % {"most": EXPORT_MOST})
        return _log(request, form)
    reason: str = form.cleaned_data["reason"]
    carry_out(request, lambda by, at: _written_down(reason, len(found), by=by, at=at), action=EXPORTED)
    return _file([_row(entry, entry.by) for entry in found])


def _written_down(reason: str, count: int, *, by: User, at: datetime) -> AuditEntry:
    about = f"{count}：{reason}"[:ABOUT_LONGEST]
    return AuditEntry.objects.create(at=at, by=by, action=EXPORTED, about=about, outcome=DONE)


def _file(rows: list[EntryRow]) -> HttpResponse:
    heads = [_("何时"), _("谁"), _("做什么"), _("关于"), _("结果")]
    lines = [
        [timezone.localtime(row.at).strftime("%Y-%m-%d %H:%M:%S"), row.who, row.action, row.about, row.outcome]
        for row in rows
    ]
    headers = {"Content-Disposition": 'attachment; filename="audit.csv"'}
    return HttpResponse(spreadsheets.csv_file(heads, lines), content_type="text/csv; charset=utf-8", headers=headers)


def _log(request: HttpRequest, export: ExportForm | None = None) -> HttpResponse:
    conditions = AuditFilter(request.GET)
    found = conditions.narrow(AuditEntry.objects.select_related("by"))
    page = page_of(found, query=request.GET)
    context = {
        "form": conditions,
        "is_narrowed": any(conditions.cleaned_data.values()),
        "count": found.count(),
        "rows": [_row(entry, entry.by) for entry in page.rows],
        "page": page,
        "export": export or ExportForm(),
        "export_url": f"{reverse('audit_export')}?{request.GET.urlencode()}",
    }
    status = UNPROCESSABLE if conditions.errors or (export and export.errors) else 200
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
