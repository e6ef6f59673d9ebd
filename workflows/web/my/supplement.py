"""补材料: everything that was asked for, once. A photograph is kept the moment it arrives, and handed in at the end."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.calendars import calendar_in_force
from applicants.documents import add_papers, remove_document, turn_document
from applicants.legibility import doubt_about
from applicants.models import Document
from applicants.models.document import DocumentKind
from records import engine
from records.refusals import MoveNotOpen, Refusal
from records.stored_files import read
from records.unit_of_work import unit_of_work
from workflows import expiry
from workflows.missing_items import open_request
from workflows.models import Application, SupplementRequest
from workflows.stages import interruptions
from workflows.states import State
from workflows.web.apply.documents import Doubted
from workflows.web.forms.moves import MoveForm
from workflows.web.forms.photo import PhotoForm
from workflows.web.my.hers import CasePage
from workflows.web.refused import UNPROCESSABLE, Refused, attempt
from workflows.web.thumbnails import sheet_of
from workflows.wording import item_name


@dataclass(frozen=True)
class AskedRow:
    """One thing that is asked for: why, what was handed in for it since, and the form that takes a photograph."""

    kind: DocumentKind
    label: str
    why: str
    documents: Sequence[Document]
    form: PhotoForm


class MySupplement(CasePage):
    template_name = "workflows/my/supplement.html"

    def home(self) -> str:
        """Where the page leads once there is nothing left to hand in."""
        return reverse("my_case", args=[self.case.number])

    def address(self) -> str:
        return reverse("my_supplement", args=[self.case.number])

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        return self._list()

    def post(self, request: HttpRequest, number: str) -> HttpResponse:
        if "supply" in request.POST:
            return self._supply()
        if "turn" in request.POST:
            return self._change(request.POST["turn"], lambda document, at: turn_document(document))
        if "remove" in request.POST:
            return self._change(request.POST["remove"], lambda document, at: remove_document(document, at=at))
        if request.POST.get("kind") not in DocumentKind.values:
            raise Http404
        form = PhotoForm(DocumentKind(request.POST["kind"]), request.POST, request.FILES)
        return self._add(form) if form.is_valid() else self._list(form, status=422)

    def _list(
        self, form: PhotoForm | None = None, *, refused: Refused | None = None, status: int = 200
    ) -> HttpResponse:
        asked = open_request(self.case) if self.case.state == State.SUPPLEMENT else None
        if asked is None and refused is None:
            messages.info(self.request, _("现在没有要补的材料。"))
            return redirect(self.home())
        rows = _rows(self.case, asked, form) if asked else []
        context: dict[str, Any] = {
            "case": self.case,
            "home": self.home(),
            "rows": rows,
            "sheet": sheet_of(self.case, [one for row in rows for one in row.documents]),
            "sent_count": sum(bool(row.documents) for row in rows),
            "until": expiry.last_day_of(self.case, calendar=calendar_in_force()) if asked else None,
            "doubted": Doubted.read(self.request.GET.get("doubted", "")),
            "form": form,
            "version": self.case.version,
            "refused": refused,
            "has_errors": refused is not None,
        }
        return render(self.request, self.template_name, context, status=status)

    def _add(self, form: PhotoForm) -> HttpResponse:
        content = form.content()
        try:
            papers = self._keep(
                lambda case, at: add_papers(case.applicant, kind=form.kind, content=content, by=self.user, at=at)
            )
        except MoveNotOpen:
            return redirect(self.home())
        except Refusal as refusal:
            form.add_error("photo", str(refusal))
            return self._list(form, status=refusal.status)
        document = papers[-1]
        doubt = doubt_about(read(document.file))
        return self._back_to(document, query=f"?doubted={document.pk}.{doubt}" if doubt else "")

    def _change(self, written: str, change: Callable[[Document, datetime], None]) -> HttpResponse:
        """Turn a photograph or take it back; what was handed in before she was asked stays as it is."""
        asked = open_request(self.case)
        if asked is None or not written.isdecimal():
            raise Http404
        since = self.case.applicant.documents.kept().filter(added_at__gte=asked.requested_at)
        document = get_object_or_404(since, pk=int(written))
        try:
            self._keep(lambda case, at: change(document, at))
        except MoveNotOpen:
            return redirect(self.home())
        return self._back_to(document)

    def _keep(self, act: Callable[[Application, datetime], Any]) -> Any:
        """Let `act` write while the case still waits for her papers. Raises MoveNotOpen, or what `act` refuses."""

        def while_asked() -> Any:
            locked = engine.lock(self.case)
            if locked.state != State.SUPPLEMENT:
                raise MoveNotOpen("supply", locked.state)
            return act(locked, self.now)

        return unit_of_work(while_asked, by=self.user, at=self.now, action="add_document", about=self.case.number)

    def _supply(self) -> HttpResponse:
        form = MoveForm(self.request.POST)
        if not form.is_valid():
            return self._list(refused=Refused(UNPROCESSABLE, str(form.errors["version"][0])), status=UNPROCESSABLE)
        version: int = form.cleaned_data["version"]
        refused = attempt(
            lambda: interruptions.supply(self.case, by=self.user, at=self.now, version=version),
            form=form,
            application=self.case,
            seen_version=version,
            by=self.user,
            at=self.now,
            action="supply",
        )
        if refused is not None:
            self.case = self.fresh_case(self.case.number)
            return self._list(refused=refused, status=refused.status)
        messages.success(self.request, _("交上了，时间接着算。"))
        return redirect(self.home())

    def _back_to(self, document: Document, *, query: str = "") -> HttpResponse:
        return redirect(f"{self.address()}{query}#paper-{document.kind}")


def _rows(case: Application, asked: SupplementRequest, refused: PhotoForm | None) -> list[AskedRow]:
    """One row for each kind; what is of no kind goes to 「其他材料」."""
    since = list(case.applicant.documents.kept().filter(added_at__gte=asked.requested_at))
    whys: dict[DocumentKind, list[str]] = {}
    for item in asked.items:
        whys.setdefault(DocumentKind(item["kind"] or DocumentKind.OTHER), []).append(item["why"])
    return [
        AskedRow(
            kind=kind,
            label=item_name(kind),
            why=" ".join(why),
            documents=[one for one in since if one.kind == kind],
            form=refused if refused and refused.kind == kind else PhotoForm(kind),
        )
        for kind, why in whys.items()
    ]
