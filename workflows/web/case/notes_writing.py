"""Writing a note for colleagues, at the foot of the case."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from records.unit_of_work import unit_of_work
from workflows import notes
from workflows.web.case.found import found_case
from workflows.web.case.page import case_page
from workflows.web.forms.casework import NoteForm
from workflows.web.refused import UNPROCESSABLE


@require_POST
def case_note(request: HttpRequest, number: str) -> HttpResponse:
    """Keep it, and back to the notes; where it won't do, the page with what was typed."""
    found, form = found_case(request, number), NoteForm(request.POST)
    if not form.is_valid():
        return case_page(request, found, note_form=form, status=UNPROCESSABLE)
    words, now = form.cleaned_data["words"], timezone.now()
    unit_of_work(
        lambda: notes.write(found.application, words=words, by=found.user, at=now),
        by=found.user,
        at=now,
        action="write_note",
        about=number,
    )
    messages.success(request, _("备注记下了。"))
    return redirect(f"{reverse('case', args=[number])}#notes")
