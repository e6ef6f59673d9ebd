"""Her photographs of papers: handed in, turned, taken back."""

from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from applicants.models import Applicant, Document
from applicants.models.applicant import MaritalStatus
from applicants.models.business import Proof
from applicants.models.document import DocumentKind
from applicants.pdf_pages import is_pdf, pages_of
from applicants.pictures import cleaned
from records.refusals import Refusal
from records.stored_files import store

MOST_OF_A_KIND: Final = 6

# What every application needs; what shows the business depends on which proof she has.
REQUIRED: Final = (
    DocumentKind.ID_FRONT,
    DocumentKind.ID_BACK,
    DocumentKind.HOUSEHOLD_FIRST,
    DocumentKind.HOUSEHOLD_SELF,
    DocumentKind.SITE,
)
# What a married woman adds; it goes to the federation alone, as her spouse agreed to.
OF_THE_MARRIED: Final = (DocumentKind.SPOUSE_ID, DocumentKind.MARRIAGE)
OF_OTHER_PEOPLE: Final = (*OF_THE_MARRIED, DocumentKind.PARTY_CONSENT)
PROOF_KIND: Final[dict[str, DocumentKind]] = {
    Proof.LICENCE: DocumentKind.LICENCE,
    Proof.CONTRACT: DocumentKind.CONTRACT,
    Proof.VILLAGE_CERTIFICATE: DocumentKind.VILLAGE_CERTIFICATE,
}


class TooManyPictures(Refusal):
    code = "too_many_pictures"
    status = 422
    message = _("这一样最多传 6 张。先删掉一张再传。")


def required_kinds(applicant: Applicant) -> list[DocumentKind]:
    """The kinds that her application needs, the proof of her business among them once she has chosen which."""
    proof = PROOF_KIND.get(applicant.business.proof)
    married = OF_THE_MARRIED if applicant.marital_status == MaritalStatus.MARRIED else ()
    return [*REQUIRED, *married, *([proof] if proof else [])]


def missing_kinds(applicant: Applicant) -> list[DocumentKind]:
    kept = set(applicant.documents.kept().values_list("kind", flat=True))
    return [kind for kind in required_kinds(applicant) if kind not in kept]


def add_document(applicant: Applicant, *, kind: DocumentKind, content: bytes, by: User, at: datetime) -> Document:
    """Keep a photograph. The same picture handed in twice (a network that broke off) is kept once.

    Raises NotAPicture, PictureTooLarge, PictureTooSmall or TooManyPictures; nothing is stored then.
    """
    picture = cleaned(content)
    kept = applicant.documents.kept().filter(kind=kind).select_related("file")
    file = store(picture, content_type="image/jpeg", by=by, at=at)
    same = next((one for one in kept if one.file.sha256 == file.sha256), None)
    if same is not None:
        return same
    if len(kept) >= MOST_OF_A_KIND:
        raise TooManyPictures
    return Document.objects.create(applicant=applicant, kind=kind, file=file, added_by=by, added_at=at)


def add_papers(applicant: Applicant, *, kind: DocumentKind, content: bytes, by: User, at: datetime) -> list[Document]:
    """Keep a photograph, or each page of a PDF as one.

    Raises what `add_document` does, and UnreadablePdf or TooManyPages; call it where all is undone then.
    """
    pictures = pages_of(content, most=MOST_OF_A_KIND) if is_pdf(content) else [content]
    return [add_document(applicant, kind=kind, content=picture, by=by, at=at) for picture in pictures]


def turn_document(document: Document) -> None:
    """A quarter to the right."""
    document.turned = (document.turned + 90) % 360
    document.save(update_fields=["turned"])


def remove_document(document: Document, *, at: datetime) -> None:
    document.removed_at = at
    document.save(update_fields=["removed_at"])
