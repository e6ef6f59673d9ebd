"""Her photographs: which are needed, kept once, turned by quarters, taken back without being lost."""

import io
from datetime import timedelta

import pytest
from django.db import IntegrityError
from PIL import Image

from applicants import documents
from applicants.models import Applicant, Document
from applicants.models.document import DocumentKind
from applicants.pictures import NotAPicture
from applicants.profiles import start_applicant
from records.models import StoredFile
from tests.makers.people import OPENED_AT, phone_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def woman() -> Applicant:
    return start_applicant(phone_user("phone-1"), at=OPENED_AT)


def picture(colour: str = "wheat") -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (400, 300), colour).save(drawn, "PNG")
    return drawn.getvalue()


def hand_in(woman: Applicant, kind: DocumentKind = DocumentKind.SITE, *, colour: str = "wheat") -> Document:
    return documents.add_document(woman, kind=kind, content=picture(colour), by=woman.user, at=OPENED_AT)


@pytest.mark.parametrize(
    ("proof", "kind"),
    [("licence", "licence"), ("contract", "contract"), ("village_certificate", "village_certificate")],
)
def test_what_shows_the_business_is_needed_once_she_said_which_it_is(woman: Applicant, proof, kind):
    assert kind not in documents.required_kinds(woman)
    woman.business.proof = proof
    assert kind in documents.required_kinds(woman)


def test_what_was_handed_in_is_missing_no_more_and_again_when_it_was_taken_back(woman: Applicant):
    assert DocumentKind.SITE in documents.missing_kinds(woman)
    document = hand_in(woman)
    assert DocumentKind.SITE not in documents.missing_kinds(woman)
    documents.remove_document(document, at=OPENED_AT + timedelta(hours=1))
    assert DocumentKind.SITE in documents.missing_kinds(woman)
    assert StoredFile.objects.filter(pk=document.file_id).exists()


def test_the_same_picture_of_the_same_kind_is_one_document(woman: Applicant):
    assert hand_in(woman) == hand_in(woman)
    assert hand_in(woman, DocumentKind.OTHER) != hand_in(woman)


def test_a_picture_that_was_taken_back_may_come_again(woman: Applicant):
    first = hand_in(woman)
    documents.remove_document(first, at=OPENED_AT)
    assert hand_in(woman) != first


def test_six_of_a_kind_are_enough(woman: Applicant):
    for colour in ("red", "green", "blue", "gold", "pink", "gray"):
        hand_in(woman, colour=colour)
    with pytest.raises(documents.TooManyPictures):
        hand_in(woman, colour="white")
    assert woman.documents.count() == 6


def test_what_is_no_picture_leaves_nothing_behind(woman: Applicant):
    with pytest.raises(NotAPicture):
        documents.add_document(woman, kind=DocumentKind.SITE, content=b"no picture", by=woman.user, at=OPENED_AT)
    assert not Document.objects.exists()
    assert not StoredFile.objects.exists()


def test_four_quarters_are_a_whole_turn(woman: Applicant):
    document = hand_in(woman)
    seen = []
    for _ in range(4):
        documents.turn_document(document)
        document.refresh_from_db()
        seen.append(document.turned)
    assert seen == [90, 180, 270, 0]


def test_the_database_turns_pictures_by_quarters_only(woman: Applicant):
    with pytest.raises(IntegrityError, match="a_picture_is_turned_by_quarters"):
        Document.objects.filter(pk=hand_in(woman).pk).update(turned=45)
