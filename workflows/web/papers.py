"""The issued papers of a case, as PDF or as a page to print: all of hers for her, for offices what is for them."""

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.permissions import holds
from accounts.web.parts import Link
from accounts.web.wechat import is_in_wechat
from applicants.web.recognised import ask_who_she_is, is_recognised
from records.models import IssuedPaper
from records.printing import CannotPrint
from workflows.models import Application, CasePaper
from workflows.papers import reading
from workflows.papers.kinds import PaperKind
from workflows.web.apply.chosen import is_hers
from workflows.wording import day

# Inside WeChat on Android a download leads nowhere.


@require_safe
def case_paper(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """For offices and helpers. The newest of its kind, or the one named by `?paper=`; every look is written down."""
    assert isinstance(request.user, User)
    case = _case_of(request, number)
    if is_hers(case, request.user):
        # Her own door asks who she is on a device that doesn't know her.
        return redirect("my_paper", number=number, kind=kind)
    back_url = reverse("case", args=[number]) if holds(request.user, "view_case") else reverse("helper")
    return _paper_page(request, case, kind, address="case_paper", back_url=back_url)


@require_safe
def my_paper(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """For herself, on a device that knows her."""
    assert isinstance(request.user, User)
    case = _case_of(request, number)
    if not is_hers(case, request.user):
        raise Http404
    if not is_recognised(request, case.applicant):
        return ask_who_she_is(request, case.applicant)
    return _paper_page(request, case, kind, address="my_paper", back_url=reverse("my_case", args=[number]))


def paper_links(application: Application, *, reader: User) -> list[Link]:
    """The papers of the case that the reader may open, the newest first."""
    address = "my_paper" if is_hers(application, reader) else "case_paper"
    papers = [one.paper for one in reading.papers_of(application, reader=reader)]
    return [
        Link(
            url=f"{reverse(address, args=[application.number, paper.kind])}?paper={paper.pk}&view=html",
            label=_label(paper),
            icon="doc",
        )
        for paper in papers
    ]


def _paper_page(request: HttpRequest, case: Application, kind: str, *, address: str, back_url: str) -> HttpResponse:
    assert isinstance(request.user, User)
    readable = reading.papers_of(case, reader=request.user).filter(paper__kind=kind)
    paper = _asked_for(readable, request.GET.get("paper", ""))
    page_url = f"{reverse(address, args=[case.number, kind])}?paper={paper.pk}"
    in_wechat = is_in_wechat(request)
    if request.GET.get("view") == "html":
        urls = {"back_url": back_url, "pdf_url": "" if in_wechat else page_url, "is_in_wechat": in_wechat}
        return _html(request, case, paper, urls)
    if in_wechat:
        return redirect(f"{page_url}&view=html")
    try:
        return _pdf(request, case, paper)
    except CannotPrint:
        # The office has a line in its log; whoever wants the paper gets it all the same.
        return redirect(f"{page_url}&view=html")


def _html(request: HttpRequest, case: Application, paper: IssuedPaper, urls: dict[str, object]) -> HttpResponse:
    assert isinstance(request.user, User)
    sheet = reading.sheet(paper, about=case, reader=request.user, at=timezone.now())
    return render(request, "papers/page.html", {"paper": paper, "sheet": sheet, **urls})


def _pdf(request: HttpRequest, case: Application, paper: IssuedPaper) -> HttpResponse:
    assert isinstance(request.user, User)
    with transaction.atomic():
        content = reading.pdf(paper, about=case, reader=request.user, at=timezone.now())
    response = HttpResponse(content, content_type="application/pdf")
    name = f"{paper.title}{paper.number}.pdf"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _case_of(request: HttpRequest, number: str) -> Application:
    assert isinstance(request.user, User)
    cases = Application.objects.visible_to(request.user).with_places()
    return get_object_or_404(cases, number=number)


def _asked_for(readable: QuerySet[CasePaper], asked: str) -> IssuedPaper:
    """The paper that the address names, else the newest. Raises Http404."""
    found = (readable.filter(paper_id=int(asked)) if asked.isdecimal() else readable).first()
    if found is None:
        raise Http404
    return found.paper


def _label(paper: IssuedPaper) -> str:
    issued = _("%(title)s（%(day)s）") % {
        "title": PaperKind(paper.kind).label,
        "day": day(timezone.localdate(paper.issued_at)),
    }
    return _("%(paper)s，已作废") % {"paper": issued} if hasattr(paper, "voided") else issued
