"""The page of a case: its head, what is known of it on the left, what can be done with it on the right."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.web.navigation import frame
from workflows import deadlines
from workflows.offers import changed_terms
from workflows.states import State
from workflows.web.case.agreed import agreements_of, asked_of, reasons_of
from workflows.web.case.clock_words import pause_words
from workflows.web.case.desk import Desk, desk_of
from workflows.web.case.found import Found
from workflows.web.case.head import identity_of
from workflows.web.case.history import history, history_for_partners, stops
from workflows.web.case.judged import findings_of
from workflows.web.case.late import late_of
from workflows.web.case.lines import Masks
from workflows.web.case.lookers import lookers_of
from workflows.web.case.looks import looks_at
from workflows.web.case.neighbours import list_url
from workflows.web.case.notes import notes_of
from workflows.web.case.panel import Panel
from workflows.web.case.papers import papers_of
from workflows.web.case.people import people_of
from workflows.web.case.told import household_lines, project_lines, use_lines
from workflows.web.case.twins import twins_of
from workflows.web.case.visits import visits_of
from workflows.web.follow_ups.words import follow_ups_of
from workflows.web.forms.casework import NoteForm
from workflows.web.matters.told import told_of
from workflows.web.papers import paper_links

Context = dict[str, Any]
NOTHING: Mapping[str, str] = {}


def case_page(
    request: HttpRequest,
    found: Found,
    *,
    panel: Panel | None = None,
    desk: Desk | None = None,
    shown: Mapping[str, str] = NOTHING,
    note_form: NoteForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Draw it, with the form that is being filled in and the masked values that were just looked at.

    `desk` saves a second look at what can be done, where somebody had to know before.
    """
    masks = Masks(found.application, found.part, shown=shown)
    context: Context = {
        **frame(request, current=home_of(found)),
        **head_context(found, masks),
        **_body(found, masks, looked_at=request.GET),
        "note_form": note_form or NoteForm(),
        "desk": desk or desk_of(found, panel=panel),
        "panel": panel,
        "form": panel.form if panel else None,
        "has_errors": bool(panel and panel.refused) or bool(note_form and note_form.errors),
        "home_page": home_of(found),
        "home_url": list_url(request, page=home_of(found)),
        "lookers": lookers_of(found),
    }
    return render(request, "workflows/case/case.html", context, status=status)


def head_context(found: Found, masks: Masks) -> Context:
    """Identity and clocks, also for pages of one form."""
    application, today = found.application, timezone.localdate()
    clocks = deadlines.read(application, today=today, calendar=deadlines.calendar_for(application))
    return {
        "application": application,
        "identity": identity_of(application, masks),
        "promise": clocks.promise,
        "stage": clocks.stage.reading if clocks.stage else None,
        "pause_words": pause_words(clocks.promise),
        "today": today,
        "late": late_of(found, clocks, today=today),
    }


def home_of(found: Found) -> str:
    """The list that she came from."""
    return "work" if found.part.has_findings else "partner"


def _body(found: Found, masks: Masks, *, looked_at: Mapping[str, str]) -> Context:
    application, part, user = found
    is_paid = application.state == State.DISBURSED
    return {
        "asked": asked_of(application),
        "reasons": reasons_of(application),
        "changes": changed_terms(application),
        "findings": findings_of(application, user=user) if part.has_findings else None,
        "papers": papers_of(application, masks, asked=looked_at.get("paper", ""), zoom=looked_at.get("zoom", "")),
        "project": list(project_lines(application)),
        "uses": use_lines(application),
        "household": list(household_lines(application, masks)) if part.has_household else [],
        "people": people_of(application, masks),
        "twins": twins_of(application, user=user) if part.has_household else [],
        "matters": told_of(application, user=user, today=timezone.localdate()),
        "visits": visits_of(application) if part.has_survey else [],
        "follow_ups": follow_ups_of(application, user=user) if part.has_follow_ups and is_paid else [],
        "agreements": agreements_of(application),
        "issued": paper_links(application, reader=user),
        "notes": notes_of(application, user=user),
        "looks": looks_at(application) if part.has_household else None,
        "history": history(application, user=user)
        if part.has_findings
        else history_for_partners(application, user=user),
        "stops": list(stops(application)),
    }
