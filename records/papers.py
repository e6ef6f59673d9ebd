"""Issuing a paper, printing it, and telling whoever holds it whether it is ours.

Issuing fixes the words: a number, a code, and the sheet itself are stored with the act that they tell of, in its
transaction. The PDF is made when somebody first asks for it, from those words, and kept
(docs/adr/0012-papers.md).
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import segno
from django.conf import settings
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from accounts.models import Organisation, User
from records import printing, stored_files
from records.models import IssuedPaper, PrintedPaper, VoidedPaper
from records.numbers import next_in

# Without 0 O 1 I L, which people read to each other wrongly. Twelve of thirty can't be guessed, so asking is free.
CODE_LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_GROUPS, CODE_GROUP = 3, 4


@dataclass(frozen=True)
class Draft:
    """A paper that isn't issued yet: everything but its number, its code and its day.

    `template` draws the sheets from `words` and from `paper` (number, code, address, issuer, day, QR code).
    `series` is what stands before the year in its number. `confirms` are what a holder may compare on the check page.
    """

    kind: str
    title: str
    template: str
    words: Mapping[str, object]
    issuer: Organisation
    about: str
    series: str
    confirms: tuple[tuple[str, str], ...] = field(default=())


def issue(draft: Draft, *, by: User, at: datetime) -> IssuedPaper:
    """Give the paper its number and fix its words. Nothing can change them from here on."""
    number = _next_number(draft.series, at=at)
    code = new_code()
    # The words are Chinese, whatever language the officer who acts has chosen for her pages.
    with override("zh-hans"):
        sheet = render_to_string(
            draft.template, {**draft.words, "paper": _marks(draft, number=number, code=code, at=at)}
        )
    return IssuedPaper.objects.create(
        kind=draft.kind,
        title=draft.title,
        number=number,
        verify_code=code,
        issuer=draft.issuer,
        about=draft.about,
        sheet=stored_files.store(sheet.encode(), content_type="text/html; charset=utf-8", by=by, at=at),
        confirms=[list(pair) for pair in draft.confirms],
        issued_by=by,
        issued_at=at,
    )


def void(paper: IssuedPaper, *, reason: str, by: User, at: datetime) -> None:
    """Say that the paper doesn't hold any more; the check page tells so. A second time changes nothing."""
    VoidedPaper.objects.get_or_create(paper=paper, defaults={"reason": reason, "voided_by": by, "voided_at": at})


def sheet_of(paper: IssuedPaper) -> SafeString:
    """The words of the paper as HTML, as they were when it was issued.

    Our own template wrote and escaped them, and the stored file doesn't decrypt if anyone has changed it since.
    """
    return mark_safe(stored_files.read(paper.sheet).decode())  # noqa: S308 - see above


def pdf(paper: IssuedPaper, *, by: User, at: datetime) -> bytes:
    """The PDF of the paper: made now if nobody has asked before, else the same bytes again. Raises CannotPrint."""
    printed = PrintedPaper.objects.filter(paper=paper).select_related("file").first()
    if printed is not None:
        return stored_files.read(printed.file)
    content = printing.render("papers/page.html", {"paper": paper, "sheet": sheet_of(paper)})
    try:
        with transaction.atomic():
            file = stored_files.store(content, content_type="application/pdf", by=by, at=at)
            PrintedPaper.objects.create(paper=paper, file=file, printed_at=at)
    except IntegrityError:
        # Somebody else printed it this very moment; the same words gave the same bytes.
        return content
    return content


def find(code: str) -> IssuedPaper | None:
    """The paper with this code, however it was typed: small letters, spaces, no hyphens."""
    letters = "".join(character for character in code.upper() if character in CODE_LETTERS)
    if len(letters) != CODE_GROUPS * CODE_GROUP:
        return None
    papers = IssuedPaper.objects.select_related("issuer", "voided")
    return papers.filter(verify_code=_grouped(letters)).first()


def replaced_by(paper: IssuedPaper) -> IssuedPaper | None:
    """The paper of the same kind about the same subject that was issued last, if this isn't it."""
    later = IssuedPaper.objects.filter(about=paper.about, kind=paper.kind, pk__gt=paper.pk)
    return later.order_by("pk").last()


def new_code() -> str:
    return _grouped("".join(secrets.choice(CODE_LETTERS) for _letter in range(CODE_GROUPS * CODE_GROUP)))


def _next_number(series: str, *, at: datetime) -> str:
    """石妇贷〔2026〕00012: the year stands in 〔 〕 (GB/T 9704-2012, 7.2.5)."""
    year = timezone.localdate(at).year
    return f"{series}〔{year}〕{next_in(series, year=year):05d}"


def _marks(draft: Draft, *, number: str, code: str, at: datetime) -> dict[str, object]:
    address = settings.OFFICE_URL + reverse("verify_paper", args=[code])
    qr = segno.make(address, error="m").svg_inline(border=0, omitsize=True, svgclass=None, lineclass=None)
    return {
        "title": draft.title,
        "number": number,
        "code": code,
        "issuer": draft.issuer,
        "issued_on": timezone.localdate(at),
        "check_address": (settings.OFFICE_URL + reverse("verify")).partition("://")[2],
        "qr": mark_safe(qr),  # noqa: S308 - drawn by segno from our own address
    }


def _grouped(letters: str) -> str:
    return "-".join(letters[start : start + CODE_GROUP] for start in range(0, len(letters), CODE_GROUP))
