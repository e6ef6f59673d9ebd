"""材料照片: handed in one by one, turned, taken back. Each picture is kept the moment it arrives."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from applicants.documents import add_papers, remove_document, turn_document
from applicants.legibility import Doubt, doubt_about
from applicants.mandates import LinkNotForThisNumber
from applicants.models import Document, Mandate
from applicants.models.document import DocumentKind
from records.refusals import MoveNotOpen, Refusal
from records.stored_files import read
from workflows import village_help
from workflows.helping_notices import helper_in_words
from workflows.web.apply import steps
from workflows.web.apply.page import DraftPage
from workflows.web.apply.papers import checklist
from workflows.web.forms.photo import PhotoForm
from workflows.web.thumbnails import sheet_of


@dataclass(frozen=True)
class Doubted:
    """The picture that was just handed in, where it may be hard to read."""

    document_id: int
    is_dark: bool

    @classmethod
    def read(cls, text: str) -> "Doubted | None":
        """Out of an address: 「12.dark」; None for anything else."""
        number, _dot, doubt = text.partition(".")
        return cls(int(number), doubt == Doubt.DARK) if number.isdecimal() and doubt in set(Doubt) else None


@dataclass(frozen=True)
class VillageHelp:
    """The helper who photographs her papers: since when and until when, once she was asked."""

    helper: str
    phone: str
    mandate: Mandate | None


class DocumentsPage(DraftPage):
    step = steps.PAPERS
    template_name = "workflows/apply/documents.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.list_page()

    def post(self, request: HttpRequest) -> HttpResponse:
        if "turn" in request.POST:
            return self._change(request.POST["turn"], lambda document, at: turn_document(document))
        if "remove" in request.POST:
            return self._change(request.POST["remove"], lambda document, at: remove_document(document, at=at))
        if "by_village" in request.POST:
            return self._by_village(request.POST["by_village"])
        if "done" in request.POST:
            return self.onward()
        if request.POST.get("kind") not in DocumentKind.values:
            raise Http404
        form = PhotoForm(DocumentKind(request.POST["kind"]), request.POST, request.FILES)
        if not form.is_valid():
            return self.list_page(form, status=422)
        return self._add(form)

    def list_page(self, refused: PhotoForm | None = None, *, status: int = 200) -> HttpResponse:
        rows = checklist(self.case, refused=refused)
        needed = [row for row in rows if row.is_needed]
        return self.page(
            refused,
            status=status,
            rows=rows,
            sheet=sheet_of(self.case, [one for row in rows for one in row.documents]),
            needed_count=len(needed),
            sent_count=sum(bool(row.documents) for row in needed),
            needs_proof=not self.case.applicant.business.proof,
            doubted=Doubted.read(self.request.GET.get("doubted", "")),
            village=self._village_help(),
        )

    def _village_help(self) -> VillageHelp | None:
        """Who could photograph them for her, or does; None for a helper, and where there is nobody."""
        if self.is_by_helper:
            return None
        mandate = village_help.asked(self.case, on=timezone.localdate())
        helper = mandate.helper if mandate else village_help.helper_for(self.case)
        return VillageHelp(helper_in_words(helper), helper.phone, mandate) if helper else None

    def _by_village(self, wish: str) -> HttpResponse:
        """「村里帮我拍」, or 「我自己拍」 after all."""
        act = village_help.ask if wish == "yes" else village_help.take_back
        try:
            self.keep(lambda draft, at: act(draft, by=self.user, at=at))
        except MoveNotOpen:
            return self.too_late()
        except LinkNotForThisNumber:
            messages.warning(self.request, _("这台手机是帮忙的人的，在这里点不算数。打电话给妇联。"))
        return redirect(f"{reverse('apply_documents')}#by-village")

    def _add(self, form: PhotoForm) -> HttpResponse:
        content = form.content()
        try:
            papers = self.keep(
                lambda draft, at: add_papers(draft.applicant, kind=form.kind, content=content, by=self.user, at=at)
            )
        except MoveNotOpen:
            return self.too_late()
        except Refusal as refusal:
            form.add_error("photo", str(refusal))
            return self.list_page(form, status=refusal.status)
        document = papers[-1]
        doubt = doubt_about(read(document.file))
        query = f"?doubted={document.pk}.{doubt}" if doubt else ""
        return redirect(f"{reverse('apply_documents')}{query}#paper-{form.kind}")

    def _change(self, written: str, change: Callable[[Document, datetime], None]) -> HttpResponse:
        """Turn a picture or take it back, if it is one of hers."""
        if not written.isdecimal():
            raise Http404
        document = get_object_or_404(self.case.applicant.documents.kept(), pk=int(written))
        try:
            self.keep(lambda draft, at: change(document, at))
        except MoveNotOpen:
            return self.too_late()
        return redirect(f"{reverse('apply_documents')}#paper-{document.kind}")
