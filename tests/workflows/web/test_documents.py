"""Photographs of her papers: handed in, refused, turned, taken back, and who may look at them."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from accounts.models import User
from applicants import consents
from applicants.models import ApplicantAccess, Document
from applicants.models.consent import Recipient
from records.models import StoredFile
from tests.makers.cases import MONDAY, a_case_in, a_draft, a_helped_draft
from tests.makers.people import Offices
from tests.workflows.web.filling import fill_in, person, photograph, submit, tell, upload
from workflows.models import Application
from workflows.states import State
from workflows.web.thumbnails import sheet_of

pytestmark = pytest.mark.django_db


def picture(colour: str = "wheat", size: tuple[int, int] = (400, 300)) -> SimpleUploadedFile:
    content = io.BytesIO()
    Image.new("RGB", size, colour).save(content, "PNG")
    return SimpleUploadedFile("photo.png", content.getvalue(), "image/png")


def test_a_photograph_is_kept_the_moment_it_arrives(begun: Client):
    response = upload(begun, "id_front")
    assert response["Location"] == "/apply/documents#paper-id_front"
    document = Document.objects.get()
    assert (document.kind, document.file.content_type) == ("id_front", "image/jpeg")
    page = begun.get("/apply/documents").content.decode()
    assert "一共要 5 样，传好了 1 样" in page
    assert 'aria-label="身份证正面，已传好"' in page
    assert f"/thumbnails?of={document.pk}.0" in page


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (SimpleUploadedFile("plan.pdf", b"%PDF-1.4 my plan", "application/pdf"), "这份 PDF 打不开，拍成照片再传。"),
        (SimpleUploadedFile("plan.doc", b"my plan", "application/msword"), "选一张照片，不要选文档。"),
        (SimpleUploadedFile("photo.jpg", b"<script>alert(1)</script>", "image/jpeg"), "选一张照片，不要选文档。"),
        (SimpleUploadedFile("photo.jpg", b"", "image/jpeg"), "这张照片是空的，重新选一张"),
        (picture(size=(60, 60)), "这张照片太小，看不清字。离近一点重新拍一张。"),
        (SimpleUploadedFile("photo.jpg", b"0" * (10 * 1024 * 1024 + 1), "image/jpeg"), "这张照片太大了"),
        ("", "先拍一张，或从相册选一张"),
    ],
)
def test_what_is_no_photograph_is_refused_in_words_and_nothing_is_kept(begun: Client, file, words):
    response = begun.post("/apply/documents", {"kind": "id_front", "photo": file})
    page = response.content.decode()
    assert response.status_code == 422
    assert "<title>错误：" in page
    assert page.count(words) == 2
    assert 'href="#id_front-photo"' in page
    assert not Document.objects.exists()
    assert not StoredFile.objects.exists()


def test_the_same_picture_sent_again_by_a_bad_network_is_kept_once(begun: Client):
    upload(begun, "id_front")
    upload(begun, "id_front")
    assert Document.objects.kept().count() == 1


def test_a_contract_may_come_as_a_pdf_and_shows_its_pages(begun: Client):
    begun.post("/apply/project/proof", {"proof": "contract"})
    content = io.BytesIO()
    pages = [Image.new("RGB", (600, 800), colour) for colour in ("white", "wheat")]
    pages[0].save(content, "PDF", save_all=True, append_images=pages[1:])
    assert upload(begun, "contract", SimpleUploadedFile("contract.pdf", content.getvalue())).status_code == 302
    page = begun.get("/apply/documents").content.decode()
    assert 'aria-label="承包或租赁合同 2，已传好"' in page
    assert page.count('accept="image/*,application/pdf"') == 2, "the contract and other papers"


def test_each_paper_shows_what_its_photograph_should_look_like(begun: Client):
    page = begun.get("/apply/documents").content.decode()
    for kind in ("id_front", "id_back", "household_first", "household_self", "site", "other"):
        drawn_from_it = 1 if kind == "id_front" else 0  # a spouse's card looks like hers
        assert page.count(f'href="#sample-{kind}"') == 2 + drawn_from_it, "a good one and a bad one"
        assert page.count(f'id="sample-{kind}"') == 1
    assert page.count('<details class="how" open>') == 1


def test_a_kind_that_we_do_not_know_is_nothing(begun: Client):
    assert upload(begun, "passport").status_code == 404


def test_a_picture_that_may_be_hard_to_read_is_kept_with_a_warning(begun: Client):
    dark = begun.post("/apply/documents", {"kind": "id_front", "photo": picture("black")}, follow=True)
    assert "这张有点暗" in dark.content.decode()
    blurred = begun.post("/apply/documents", {"kind": "id_back", "photo": picture("wheat")}, follow=True)
    assert "这张有点糊" in blurred.content.decode()
    assert Document.objects.count() == 2
    assert "有点" not in begun.get("/apply/documents?doubted=x.y").content.decode()


def test_she_turns_it_and_takes_it_back(begun: Client):
    upload(begun, "id_front")
    document = Document.objects.get()
    begun.post("/apply/documents", {"turn": document.pk})
    document.refresh_from_db()
    assert document.turned == 90
    begun.post("/apply/documents", {"remove": document.pk})
    assert not Document.objects.kept().exists()
    assert begun.post("/apply/documents", {"turn": document.pk}).status_code == 404
    assert begun.post("/apply/documents", {"remove": "all"}).status_code == 404


def test_another_womans_picture_cannot_be_touched(offices: Offices, begun: Client):
    hers = a_draft(offices).applicant.documents.first()
    assert hers is not None
    assert begun.post("/apply/documents", {"remove": hers.pk}).status_code == 404
    assert hers in Document.objects.kept()


def test_all_sent_goes_on_and_says_later_what_is_missing(begun: Client):
    assert begun.post("/apply/documents", {"done": "yes"})["Location"] == "/apply/consent"


# Looking at it


def test_the_picture_is_shown_turned_as_a_picture_that_nobody_keeps(offices: Offices, begun: Client):
    draft = Application.objects.get()
    upload(begun, "id_front", photograph())
    document = Document.objects.get()
    address = f"/case/{draft.number}/documents/{document.pk}"
    upright = begun.get(address)
    assert (upright["Content-Type"], upright["Cache-Control"]) == ("image/jpeg", "no-store")
    assert upright["X-Content-Type-Options"] == "nosniff"
    begun.post("/apply/documents", {"turn": document.pk})
    turned = Image.open(io.BytesIO(begun.get(address).content))
    assert turned.size == Image.open(io.BytesIO(upright.content)).size[::-1]
    assert not ApplicantAccess.objects.exists()


def test_a_picture_that_she_took_back_is_shown_to_nobody(begun: Client):
    upload(begun, "id_front")
    document, draft = Document.objects.get(), Application.objects.get()
    begun.post("/apply/documents", {"remove": document.pk})
    assert begun.get(f"/case/{draft.number}/documents/{document.pk}").status_code == 404


def looked_at_by(user: User, case: Application) -> int:
    client = Client()
    client.force_login(user)
    document = case.applicant.documents.first()
    assert document is not None
    status: int = client.get(f"/case/{case.number}/documents/{document.pk}").status_code
    return status


def test_staff_who_may_see_the_case_see_it_and_leave_a_trace(monday: None, programme, offices: Offices):
    case = a_case_in(State.SUBMITTED, offices)
    assert looked_at_by(offices.town_reviewer, case) == 200
    access = ApplicantAccess.objects.get()
    assert (access.by, access.applicant) == (offices.town_reviewer, case.applicant)
    assert (access.acting_for, access.what) == ("石榴镇妇女联合会", "document:id_front")


def test_partners_see_it_after_disclosure_while_her_consent_lives(monday: None, programme, offices: Offices):
    case = a_case_in(State.GUARANTEE, offices)
    assert looked_at_by(offices.guarantor_officer, case) == 200
    assert looked_at_by(offices.bank_officer, case) == 404
    consents.take_back(case.applicant, recipient=Recipient.GUARANTOR, at=MONDAY)
    assert looked_at_by(offices.guarantor_officer, case) == 404


def test_whoever_has_no_reason_gets_nothing_and_leaves_no_trace(monday: None, programme, offices: Offices):
    case = a_case_in(State.SUBMITTED, offices)
    for user in (offices.other_town_reviewer, offices.finance_officer, offices.auditor, offices.helper):
        assert looked_at_by(user, case) == 404
    assert looked_at_by(offices.town_reviewer, a_draft(offices)) == 404
    assert not ApplicantAccess.objects.exists()


def sheet(case: Application) -> str:
    """The address of all her pictures, small."""
    return sheet_of(case, list(case.applicant.documents.kept())).url


def test_a_helpers_look_is_written_down_but_for_the_small_ones_of_the_form(
    monday: None, programme, offices: Offices, client: Client
):
    draft = a_helped_draft(offices)
    document = draft.applicant.documents.first()
    assert document is not None
    client.force_login(offices.helper)
    assert client.get(sheet(draft)).status_code == 200
    assert not ApplicantAccess.objects.exists()
    client.get(f"/case/{draft.number}/documents/{document.pk}")
    assert ApplicantAccess.objects.get().by == offices.helper


def test_to_look_at_small_ones_of_a_case_handed_in_leaves_a_trace_of_each(
    monday: None, programme, offices: Offices, client: Client
):
    case = a_case_in(State.SUBMITTED, offices)
    client.force_login(offices.town_reviewer)
    assert client.get(sheet(case)).status_code == 200
    assert ApplicantAccess.objects.count() == case.applicant.documents.count()
    client.force_login(offices.other_town_reviewer)
    assert client.get(sheet(case)).status_code == 404


def test_however_many_pictures_the_list_asks_for_one_file(begun: Client):
    for number in range(4):
        upload(begun, "site", photograph(f"site {number}"))
    upload(begun, "id_front")
    page = begun.get("/apply/documents").content.decode()
    assert page.count("<image ") == 5
    assert 'aria-label="项目现场照片 4，已传好"' in page
    (address,) = set(re.findall(r'<image href="([^"]+)"', page))
    small = begun.get(address)
    assert small["Cache-Control"] == "no-store"
    assert Image.open(io.BytesIO(small.content)).size == (5 * 144, 144)


@pytest.mark.parametrize("of", ["", "x", "0.0", "1.0-", "-".join(str(number) for number in range(1, 99))])
def test_a_list_of_pictures_that_nobody_drew_is_none(begun: Client, of):
    upload(begun, "id_front")
    assert begun.get(f"/case/{Application.objects.get().number}/thumbnails?of={of}").status_code == 404


def test_another_womans_picture_is_on_nobodys_sheet(offices: Offices, begun: Client):
    upload(begun, "id_front")
    other = a_draft(offices).applicant.documents.first()
    assert other is not None
    mine = Document.objects.exclude(pk=other.pk).get(kind="id_front", applicant__user__username__startswith="phone-138")
    number = Application.objects.get(applicant=mine.applicant).number
    assert begun.get(f"/case/{number}/thumbnails?of={mine.pk}.0").status_code == 200
    assert begun.get(f"/case/{number}/thumbnails?of={mine.pk}.0-{other.pk}.0").status_code == 404


def test_her_own_pictures_of_a_case_handed_in_ask_who_she_is(offices: Offices, her: User, her_phone: Client):
    case = fill_in(her_phone, offices)
    submit(her_phone, case)
    document = case.applicant.documents.first()
    assert document is not None
    address = f"/case/{case.number}/documents/{document.pk}"
    assert her_phone.get(address).status_code == 200
    elsewhere = Client()
    elsewhere.force_login(her)
    assert elsewhere.get(address)["Location"].startswith("/login/person/")


# Papers that the village photographs


def test_she_lets_her_village_photograph_them_and_takes_it_back(offices: Offices, begun: Client):
    tell(begun, "person", person(offices))
    assert "请她帮我拍" in begun.get("/apply/documents").content.decode()
    assert begun.post("/apply/documents", {"by_village": "yes"})["Location"] == "/apply/documents#by-village"
    page = begun.get("/apply/documents").content.decode()
    assert "河湾村妇联 白杏花" in page
    number = Application.objects.get().number
    helper = Client()
    helper.force_login(offices.helper)
    assert number in helper.get("/helper").content.decode()
    sent = {"case": number, "kind": "id_front", "photo": photograph("id_front")}
    assert helper.post("/apply/documents", sent).status_code == 302
    assert Document.objects.get().added_by == offices.helper
    assert 'name="by_village"' not in helper.get(f"/apply/documents?case={number}").content.decode()
    begun.post("/apply/documents", {"by_village": "no"})
    assert helper.post("/apply/documents", sent | {"kind": "id_back"}).status_code == 404
    assert Document.objects.count() == 1


def test_before_her_village_is_known_the_page_says_whom_to_ask(begun: Client):
    page = begun.get("/apply/documents").content.decode()
    assert "带上材料找本村妇联主席" in page
    assert begun.post("/apply/documents", {"by_village": "yes"}).status_code == 403
