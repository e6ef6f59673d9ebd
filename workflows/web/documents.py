"""A photograph of her papers, for whoever may see the case; everybody's look but her own is written down."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from applicants.models import Document
from applicants.models.document import DocumentKind
from applicants.pictures import LONG_EDGE_PX, shown
from applicants.sight import note_access
from applicants.web.recognised import ask_who_she_is
from records.stored_files import read
from workflows.models import Application
from workflows.states import HERS_ALONE
from workflows.web.apply.chosen import is_hers, must_show_who_she_is

SMALL_EDGE_PX = 216  # 72 CSS pixels, on a screen that has three for each


@require_safe
def case_document(request: HttpRequest, number: str, document_id: int) -> HttpResponse:
    """The picture as image/jpeg, turned as she turned it; `?size=small` for her own lists, and for whoever fills in."""
    assert isinstance(request.user, User)
    case = get_object_or_404(Application.objects.visible_to(request.user).select_related("applicant"), number=number)
    document = get_object_or_404(
        Document.objects.kept().select_related("file"), pk=document_id, applicant=case.applicant_id
    )
    if must_show_who_she_is(request, case):
        return ask_who_she_is(request, case.applicant)
    # A helper's list shows what she photographed herself; to look closer leaves a trace.
    is_known = is_hers(case, request.user) or document.added_by_id == request.user.pk
    may_be_small = case.state in HERS_ALONE or is_known
    is_small = request.GET.get("size") == "small" and may_be_small
    if not is_small:
        what = f"document:{DocumentKind(document.kind)}"
        note_access(case.applicant, what=what, by=request.user, at=timezone.now())
    return picture_of(document, long_edge_px=SMALL_EDGE_PX if is_small else LONG_EDGE_PX)


def picture_of(document: Document, *, long_edge_px: int = LONG_EDGE_PX) -> HttpResponse:
    """The picture itself, for whoever may see it and has left her trace."""
    content = shown(read(document.file), turned=document.turned, long_edge_px=long_edge_px)
    response = HttpResponse(content, content_type="image/jpeg")
    response["Cache-Control"] = "no-store"
    response["Content-Disposition"] = "inline"
    # Whatever it holds, a browser takes it for a picture and for nothing else.
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
