"""The checklist of her papers: what is needed, what is there, what each picture should show."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applicants.documents import MOST_OF_A_KIND, required_kinds
from applicants.models import Document
from applicants.models.document import DocumentKind
from workflows.models import Application
from workflows.web.forms.photo import PhotoForm

HINTS: dict[str, Promise | str] = {
    DocumentKind.ID_FRONT: _("有头像的那一面"),
    DocumentKind.ID_BACK: _("有国徽的那一面"),
    DocumentKind.HOUSEHOLD_FIRST: _("写着户主和住址的那一页"),
    DocumentKind.HOUSEHOLD_SELF: _("写着您名字的那一页"),
    DocumentKind.LICENCE: _("整张拍下来，看得清字"),
    DocumentKind.CONTRACT: _("首页，和双方签字的那一页"),
    DocumentKind.VILLAGE_CERTIFICATE: _("要有村委会的章"),
    DocumentKind.SITE: _("做事的地方，1 到 6 张"),
    DocumentKind.SPOUSE_ID: _("有头像的那一面"),
    DocumentKind.MARRIAGE: _("贴着照片、写着名字的那一页"),
    DocumentKind.OTHER: _("您觉得有用的，可以不交"),
}
# Papers of several pages, and places with several sides.
SEVERAL = (DocumentKind.HOUSEHOLD_SELF, DocumentKind.CONTRACT, DocumentKind.SITE, DocumentKind.OTHER)


@dataclass(frozen=True)
class PaperRow:
    """One line of the checklist: a kind of paper, the pictures of it, and the form that takes another."""

    kind: DocumentKind
    is_needed: bool
    documents: Sequence[Document]
    form: PhotoForm
    hint: Promise | str

    @property
    def can_add(self) -> bool:
        most = MOST_OF_A_KIND if self.kind in SEVERAL else 1
        return len(self.documents) < most


def checklist(case: Application, *, refused: PhotoForm | None = None) -> list[PaperRow]:
    """The needed kinds, then what she may add. `refused` is the form that came back with an error."""
    needed = required_kinds(case.applicant)
    kept = list(case.applicant.documents.kept())
    return [
        PaperRow(
            kind=kind,
            is_needed=kind in needed,
            documents=[one for one in kept if one.kind == kind],
            form=refused if refused and refused.kind == kind else PhotoForm(kind),
            hint=HINTS[kind],
        )
        for kind in (*needed, DocumentKind.OTHER)
    ]
