"""A PDF is drawn page by page in a process of its own; what isn't one, or is too long, is refused in words."""

import io
import os

import pytest
from PIL import Image

from applicants import documents, pdf_pages, pdf_render
from applicants.models import Applicant, Document
from applicants.models.document import DocumentKind
from applicants.pdf_pages import TooManyPages, UnreadablePdf, pages_of
from applicants.pictures import LARGEST_BYTES, PictureTooLarge
from tests.makers.people import OPENED_AT, phone_user


def pdf(*colours: str) -> bytes:
    """A page of each colour."""
    pages = [Image.new("RGB", (600, 800), colour) for colour in colours]
    written = io.BytesIO()
    pages[0].save(written, "PDF", save_all=True, append_images=pages[1:])
    return written.getvalue()


def test_each_page_becomes_a_picture():
    first, second = (Image.open(io.BytesIO(page)) for page in pages_of(pdf("white", "navy"), most=6))
    assert first.size == second.size == (1200, 1600)
    assert first.getpixel((600, 800)) == (255, 255, 255)
    assert second.getpixel((600, 800))[2] > 90  # type: ignore[index]


def test_more_pages_than_may_be_handed_in_are_refused_before_one_is_drawn():
    with pytest.raises(TooManyPages):
        pages_of(pdf(*["white"] * 7), most=6)


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.4 my plan", b"%PDF-", pdf("white")[:400], b"%PDF-1.7\n" + b"1 0 obj<<" * 10_000],
    ids=["words", "a head", "torn off", "nested"],
)
def test_what_only_begins_like_a_pdf_is_refused(content):
    assert pdf_pages.is_pdf(content)
    with pytest.raises(UnreadablePdf):
        pages_of(content, most=6)


def test_a_pdf_above_ten_megabytes_is_not_even_opened(monkeypatch):
    monkeypatch.setattr(pdf_pages, "PROGRAM", "/nowhere")
    with pytest.raises(PictureTooLarge):
        pages_of(b"%PDF-1.7" + b"0" * LARGEST_BYTES, most=6)


def test_a_page_that_takes_for_ever_is_given_up(monkeypatch, tmp_path):
    program = tmp_path / "slow.py"
    program.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(pdf_pages, "PROGRAM", str(program))
    monkeypatch.setattr(pdf_pages, "SECONDS", 0.5)
    with pytest.raises(UnreadablePdf):
        pages_of(pdf("white"), most=6)


def test_the_process_that_reads_it_sees_nothing_of_ours(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "not for others")
    program = tmp_path / "look.py"
    program.write_text("import os, sys; sys.exit(4 if 'SECRET_KEY' in os.environ else 3)")
    monkeypatch.setattr(pdf_pages, "PROGRAM", str(program))
    assert "SECRET_KEY" in os.environ
    with pytest.raises(UnreadablePdf):  # and not TooManyPages, which is 4
        pages_of(pdf("white"), most=6)
    assert (pdf_render.UNREADABLE, pdf_render.TOO_MANY) == (3, 4)


@pytest.mark.django_db
def test_the_pages_are_kept_as_photographs_of_the_kind_and_once(tmp_path):
    woman = Applicant.objects.create(user=phone_user("phone-1"), created_at=OPENED_AT)
    for _time in range(2):
        documents.add_papers(
            woman, kind=DocumentKind.CONTRACT, content=pdf("white", "navy"), by=woman.user, at=OPENED_AT
        )
    kept = Document.objects.kept().select_related("file")
    assert [(one.kind, one.file.content_type) for one in kept] == [("contract", "image/jpeg")] * 2
