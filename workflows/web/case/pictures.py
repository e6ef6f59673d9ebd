"""Turning a photograph that was taken sideways; it stays turned for everybody."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from applicants import documents
from applicants.models import Document
from records.unit_of_work import unit_of_work
from workflows.sight import hidden_kinds
from workflows.web.case.found import Found, found_case


@require_POST
def case_turn(request: HttpRequest, number: str, document_id: int) -> HttpResponse:
    """A quarter to the right, and back to the picture."""
    found = found_case(request, number)
    picture = get_object_or_404(_turnable(found), pk=document_id)
    unit_of_work(lambda: documents.turn_document(picture), by=found.user, at=timezone.now())
    return redirect(f"{reverse('case', args=[number])}?paper={picture.pk}#papers")


def _turnable(found: Found) -> QuerySet[Document]:
    return found.application.applicant.documents.kept().exclude(kind__in=hidden_kinds(found.user))
