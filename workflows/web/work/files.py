"""The list as a file, for whoever reckons with it or hands it to a meeting: what the page shows, and no more."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Final
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from records import spreadsheets
from records.edge import carry_out
from records.models import AuditEntry
from records.spreadsheets import Cell
from records.web.sign_ins import DONE
from workflows.inbox import Row
from workflows.web.forms.inbox import address, kept
from workflows.web.work.asked import Asked, asked_of
from workflows.web.work.lines import line_of
from workflows.web.work.picked import numbers_of

# One file; whoever wants more narrows the list.
MOST: Final = 5000
EXPORTED: Final = "export_cases"
TYPES: Final = {
    "xlsx": spreadsheets.XLSX,
    "csv": "text/csv; charset=utf-8",
}


@require_POST
def work_export(request: HttpRequest) -> HttpResponse:
    """The cases that the address narrows the list to, or those of them that were ticked; an audit row says so."""
    asked = asked_of(request)
    kind = request.POST.get("format", "")
    kind = kind if kind in TYPES else "xlsx"
    cases, ticked = asked.cases, numbers_of(request)
    found = list(asked.inbox.with_facts(cases.filter(number__in=ticked) if ticked else cases)[: MOST + 1])
    if not found or len(found) > MOST:
        messages.info(request, _too_many() if found else _("没有可以导出的。去掉几个条件再看看。"))
        return redirect(reverse(asked.home) + address(request.GET))
    carry_out(request, lambda by, at: _written_down(asked, kind, len(found), by=by, at=at), action=EXPORTED)
    return _file(asked, kind, [asked.inbox.row(one) for one in found])


def _too_many() -> str:
    return _("一次最多导出 %(most)s 件。加几个条件，分几次导出。") % {"most": MOST}


def _written_down(asked: Asked, kind: str, count: int, *, by: User, at: datetime) -> AuditEntry:
    """Who took how many of which; whom she looked for by name is left out, the auditor sees no cases."""
    conditions = urlencode(kept(asked.conditions))
    about = f"{count} {kind} {asked.tab.value} {conditions}"[:60].strip()
    return AuditEntry.objects.create(at=at, by=by, action=EXPORTED, about=about, outcome=DONE)


def _file(asked: Asked, kind: str, rows: list[Row]) -> HttpResponse:
    title, at = str(asked.tab.label), asked.inbox.at
    lines = [_cells(row, asked) for row in rows]
    heads = list(_heads())
    written = (
        spreadsheets.csv_file(heads, lines) if kind == "csv" else spreadsheets.workbook(title, heads, lines, at=at)
    )
    name = f"{title}-{timezone.localdate(at).isoformat()}.{kind}"
    disposition = content_disposition_header(as_attachment=True, filename=name)
    assert disposition is not None
    return HttpResponse(written, content_type=TYPES[kind], headers={"Content-Disposition": disposition})


def _heads() -> Iterator[str]:
    yield from (_("编号"), _("申请人"), _("镇"), _("村"), _("金额（元）"), _("项目"), _("环节"), _("到期日"))
    yield from (_("期限"), _("办结日"), _("负责人"), _("来源"))


def _cells(row: Row, asked: Asked) -> list[Cell]:
    line, case = line_of(row, now=asked.inbox.at, offices=asked.offices), row.application
    promise = row.clocks.promise
    return [
        line.number,
        line.name,
        line.town,
        line.village,
        Decimal(case.amount_fen or 0) / 100,
        line.project,
        line.state,
        promise.due_on.isoformat() if promise and promise.due_on else "",
        line.due,
        case.ended_on.isoformat() if case.ended_on else "",
        line.owner,
        line.source,
    ]
