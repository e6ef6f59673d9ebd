"""Her photographs beside what she typed: one at a time, and which paper shows which value."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from stdnum import luhn

from applicants import documents
from applicants.models import Applicant, Document
from applicants.models.applicant import MaritalStatus
from applicants.models.document import DocumentKind
from applicants.wording import ACCOUNT_LOOKS_UNUSUAL
from workflows.completeness import resident_id_of
from workflows.models import Application
from workflows.web.case.head import place_in_words
from workflows.web.case.lines import Line, Masks
from workflows.wording import day

SIZES: Final = (100, 150, 200, 300)


@dataclass(frozen=True)
class Picture:
    """One photograph: where it is, where the page shows it, and where it is turned."""

    label: str
    url: str
    show_url: str
    turn_url: str
    is_shown: bool


class Zoom(NamedTuple):
    """One size to look at the photograph in, in per cent of the frame; `url` shows the page with it."""

    percent: int
    url: str
    is_on: bool


@dataclass(frozen=True)
class Compared:
    """One value that she typed, and the papers that show it; `has_paper` where one of them is there."""

    line: Line
    papers: str
    has_paper: bool


@dataclass(frozen=True)
class Papers:
    pictures: list[Picture]
    shown: Picture | None
    next: Picture | None
    zooms: list[Zoom]
    compared: list[Compared]
    missing: list[str]


def papers_of(application: Application, masks: Masks, *, asked: str, zoom: str) -> Papers:
    """`asked` is the id of the photograph to show. None is shown unasked: each look is one that she can read of.

    `zoom` is how large, as a size of SIZES; anything else is the first.
    """
    hidden = () if masks.part.has_household else documents.OF_OTHER_PEOPLE
    kept = list(application.applicant.documents.kept().exclude(kind__in=hidden))
    place = next((place for place, one in enumerate(kept) if str(one.pk) == asked), -1)
    pictures = [_picture(application, one, is_shown=kept.index(one) == place) for one in kept]
    kinds = {one.kind for one in kept}
    needed = [one for one in documents.required_kinds(application.applicant) if one not in hidden]
    shown = pictures[place] if place >= 0 else None
    return Papers(
        pictures=pictures,
        shown=shown,
        zooms=list(_zooms(shown, asked=zoom)) if shown else [],
        next=pictures[(place + 1) % len(pictures)] if len(pictures) > 1 else None,
        compared=[_compared(line, shows, kinds) for line, shows in _typed(application, masks)],
        missing=[str(kind.label) for kind in needed if kind not in kinds],
    )


def _zooms(shown: Picture, *, asked: str) -> Iterator[Zoom]:
    chosen = next((size for size in SIZES if str(size) == asked), SIZES[0])
    for size in SIZES:
        yield Zoom(size, shown.show_url.replace("#", f"&zoom={size}#"), is_on=size == chosen)


def _picture(application: Application, document: Document, *, is_shown: bool) -> Picture:
    return Picture(
        label=str(document.get_kind_display()),
        url=reverse("case_document", args=[application.number, document.pk]),
        show_url=f"{reverse('case', args=[application.number])}?paper={document.pk}#papers",
        turn_url=reverse("case_turn", args=[application.number, document.pk]),
        is_shown=is_shown,
    )


def _typed(application: Application, masks: Masks) -> Iterator[tuple[Line, tuple[DocumentKind, ...]]]:
    """What she typed, with the papers that show the same."""
    applicant = application.applicant
    yield Line(_("姓名"), applicant.full_name), (DocumentKind.ID_FRONT,)
    yield masks.line("id_no", note=_born(application)), (DocumentKind.ID_FRONT,)
    address = f"{place_in_words(application)} {applicant.address}"
    yield Line(_("住址"), address.strip()), (DocumentKind.HOUSEHOLD_FIRST, DocumentKind.ID_FRONT)
    if masks.part.has_household and applicant.marital_status:
        yield Line(_("婚姻"), str(applicant.get_marital_status_display())), _shows_marriage(applicant)
    if masks.may_see("mobile"):
        yield masks.line("mobile"), ()
    if masks.may_see("account_no"):
        yield masks.line("account_no", note=_account_note(application)), ()
    proof = documents.PROOF_KIND.get(applicant.business.proof)
    if proof:
        yield Line(_("项目证明"), str(applicant.business.get_proof_display())), (proof,)


def _shows_marriage(applicant: Applicant) -> tuple[DocumentKind, ...]:
    is_married = applicant.marital_status == MaritalStatus.MARRIED
    return (DocumentKind.MARRIAGE,) if is_married else (DocumentKind.HOUSEHOLD_SELF,)


def _compared(line: Line, shows: tuple[DocumentKind, ...], kinds: set[str]) -> Compared:
    return Compared(
        line=line,
        papers=_("、").join(str(kind.label) for kind in shows),
        has_paper=not shows or any(kind in kinds for kind in shows),
    )


def _born(application: Application) -> str:
    resident_id = resident_id_of(application)
    if resident_id is None:
        return ""
    born = resident_id.birth_on
    words = {"year": born.year, "day": day(born), "sex": _("女") if resident_id.is_female else _("男")}
    return _("%(year)s 年 %(day)s生，%(sex)s，校验位对") % words


def _account_note(application: Application) -> str:
    applicant = application.applicant
    bank = applicant.account_bank.short_name if applicant.account_bank else ""
    if applicant.account_no and not luhn.is_valid(applicant.account_no):
        return f"{bank} {ACCOUNT_LOOKS_UNUSUAL}".strip()
    return bank
