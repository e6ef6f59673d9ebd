"""A photograph of her papers, for whoever may see the case; everybody's look but her own is written down.

The small ones of a list come together, as one file: on a slow network each request costs more than its bytes.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from applicants.models import Document
from applicants.models.document import DocumentKind
from applicants.pictures import contact_sheet, shown
from applicants.sight import note_access
from applicants.web.recognised import ask_who_she_is
from records.stored_files import read
from workflows.models import Application
from workflows.sight import hidden_kinds
from workflows.states import HERS_ALONE
from workflows.web.apply.chosen import must_show_who_she_is
from workflows.web.thumbnails import EDGE_PX, ids_in


@require_safe
def case_document(request: HttpRequest, number: str, document_id: int) -> HttpResponse:
    """The picture as image/jpeg, turned as she turned it."""
    assert isinstance(request.user, User)
    case = get_object_or_404(Application.objects.visible_to(request.user).select_related("applicant"), number=number)
    kept = Document.objects.kept().exclude(kind__in=hidden_kinds(request.user)).select_related("file")
    document = get_object_or_404(kept, pk=document_id, applicant=case.applicant_id)
    if must_show_who_she_is(request, case):
        return ask_who_she_is(request, case.applicant)
    _note_look_at(document, case, by=request.user)
    return picture_of(document)


@require_safe
def case_thumbnails(request: HttpRequest, number: str) -> HttpResponse:
    """The pictures that `?of=` names, small and side by side."""
    assert isinstance(request.user, User)
    case = get_object_or_404(Application.objects.visible_to(request.user).select_related("applicant"), number=number)
    if must_show_who_she_is(request, case):
        return ask_who_she_is(request, case.applicant)
    wanted = ids_in(request.GET.get("of", ""))
    found = {one.pk: one for one in case.applicant.documents.kept().select_related("file").filter(pk__in=wanted)}
    if not wanted or len(found) != len(wanted):
        raise Http404("no such pictures")
    for document in found.values():
        # While the form is filled in, and of what she photographed herself, the small picture is the helper's own list.
        if case.state not in HERS_ALONE and document.added_by_id != request.user.pk:
            _note_look_at(document, case, by=request.user)
    pictures = [(read(found[pk].file), found[pk].turned) for pk in wanted]
    return as_picture(contact_sheet(pictures, edge_px=EDGE_PX))


def picture_of(document: Document) -> HttpResponse:
    """The picture itself, for whoever may see it and has left her trace."""
    return as_picture(shown(read(document.file), turned=document.turned))


def _note_look_at(document: Document, case: Application, *, by: User) -> None:
    note_access(case.applicant, what=f"document:{DocumentKind(document.kind)}", by=by, at=timezone.now())


def as_picture(content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type="image/jpeg")
    response["Cache-Control"] = "no-store"
    response["Content-Disposition"] = "inline"
    # Whatever it holds, a browser takes it for a picture and for nothing else.
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
