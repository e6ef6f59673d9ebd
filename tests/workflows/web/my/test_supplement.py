"""补材料: everything asked for on one page, each picture kept as it comes, handed in at the end."""

import io
import re
from datetime import timedelta
from http import HTTPStatus

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from applicants.models.document import DocumentKind
from tests.makers.cases import MONDAY, a_case_in
from tests.makers.women import hand_in
from tests.workflows.web.my.her_pages import sign_in, words_of
from workflows.models import Application
from workflows.stages import interruptions
from workflows.stages.intake import MissingItem
from workflows.states import State

TUESDAY = MONDAY + timedelta(days=1)
ASKED = (
    MissingItem(DocumentKind.HOUSEHOLD_SELF, "户口本本人页拍糊了，重拍一张。"),
    MissingItem("", "写一下厨房打算怎么改。"),
)


@pytest.fixture
def case(offices, programme):
    waiting = a_case_in(State.ELIGIBILITY, offices)
    return interruptions.request_supplement(
        waiting, items=ASKED, by=offices.city_reviewer, at=MONDAY, version=waiting.version
    )


@pytest.fixture(autouse=True)
def tuesday(case):
    with time_machine.travel(TUESDAY, tick=False):
        yield


def page(client, case):
    response = sign_in(client, case).get(f"/my/{case.number}/supplement")
    assert response.status_code == HTTPStatus.OK
    return words_of(response.content)


def photograph(*, size=(640, 400)):
    written = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(written, "JPEG")
    return SimpleUploadedFile("page.jpg", written.getvalue(), "image/jpeg")


def send(client, case, content, *, kind="household_self"):
    return sign_in(client, case).post(f"/my/{case.number}/supplement", {"kind": kind, "photo": content})


def press(client, case, **sent):
    return sign_in(client, case).post(f"/my/{case.number}/supplement", sent)


def state_of(case):
    return Application.objects.get(pk=case.pk).state


def test_everything_that_was_asked_for_stands_there_with_its_reason_and_the_last_day(client, case):
    words = page(client, case)
    for said in ("户口本本人页", "户口本本人页拍糊了，重拍一张。", "其他材料", "写一下厨房打算怎么改。"):
        assert said in words
    assert "一共要补 2 样，传好了 0 样。" in words
    assert "等您补材料，时间先停下来。" in words


def test_a_photograph_is_kept_as_it_comes_and_counted(client, case):
    response = send(client, case, photograph())
    assert response["Location"].endswith("#paper-household_self")
    words = page(client, case)
    assert "传好了 1 样" in words
    assert "已传好" in words
    assert state_of(case) == State.SUPPLEMENT


def test_handing_in_lets_the_case_go_on(client, case):
    send(client, case, photograph())
    response = press(client, case, supply="yes", version=case.version)
    assert response["Location"] == f"/my/{case.number}"
    assert state_of(case) == State.ELIGIBILITY
    assert "交上了，时间接着算。" in words_of(client.get(f"/my/{case.number}").content)


def test_handing_in_before_everything_is_there_says_so_and_keeps_what_is(client, case):
    response = press(client, case, supply="yes", version=case.version)
    words = words_of(response.content)
    assert response.status_code == HTTPStatus.CONFLICT
    assert "还有要补的材料没传上，传好再交。" in words
    assert "<title>错误：" in words
    assert "户口本本人页拍糊了" in words
    assert state_of(case) == State.SUPPLEMENT


def test_an_old_photograph_doesnt_count(client, case, offices):
    assert case.applicant.documents.filter(kind="household_self").exists()
    assert "传好了 0 样" in page(client, case)


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (SimpleUploadedFile("plan.docx", b"not a picture", "application/msword"), "选一张照片，不要选文档。"),
        (SimpleUploadedFile("empty.jpg", b"", "image/jpeg"), "这张照片是空的，重新选一张"),
    ],
)
def test_what_isnt_a_picture_is_refused_beside_its_paper(client, case, content, error):
    response = send(client, case, content)
    words = words_of(response.content)
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert words.count(error) >= 2
    assert "<title>错误：" in words


def test_pressing_without_a_picture_says_what_to_do(client, case):
    response = press(client, case, kind="household_self")
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "先拍一张，或从相册选一张" in words_of(response.content)


def test_a_new_photograph_can_be_turned_and_taken_back(client, case):
    send(client, case, photograph())
    document = case.applicant.documents.kept().latest("pk")
    press(client, case, turn=document.pk)
    document.refresh_from_db()
    assert document.turned == 90
    press(client, case, remove=document.pk)
    assert "传好了 0 样" in page(client, case)


def test_what_was_handed_in_before_stays_as_it_was(client, case):
    old = case.applicant.documents.filter(kind="id_front").get()
    assert press(client, case, remove=old.pk).status_code == HTTPStatus.NOT_FOUND
    assert case.applicant.documents.kept().filter(pk=old.pk).exists()


def test_somebody_elses_photograph_is_out_of_reach(client, case, offices):
    other = a_case_in(State.SURVEY, offices)
    document = hand_in(other.applicant, DocumentKind.SITE, by=other.applicant.user, at=TUESDAY)
    assert press(client, case, remove=document.pk).status_code == HTTPStatus.NOT_FOUND


def test_the_small_pictures_of_hers_leave_no_trace_in_her_log(client, case):
    send(client, case, photograph())
    (address,) = set(re.findall(r'<image href="([^"]+)"', client.get(f"/my/{case.number}/supplement").content.decode()))
    response = client.get(address)
    assert response["Content-Type"] == "image/jpeg"
    assert Image.open(io.BytesIO(response.content)).height == 144
    assert not case.applicant.accesses.exists()


def test_somebody_was_quicker_and_she_reads_what_happened(client, case):
    send(client, case, photograph())
    response = press(client, case, supply="yes", version=case.version - 1)
    words = words_of(response.content)
    assert response.status_code == HTTPStatus.CONFLICT
    assert "这件刚被改过" in words
    assert f'name="version" value="{case.version}"' in words


def test_once_handed_in_nothing_can_be_added_and_the_page_leads_to_the_case(client, case):
    send(client, case, photograph())
    press(client, case, supply="yes", version=case.version)
    kept = case.applicant.documents.kept().count()
    assert send(client, case, photograph(size=(700, 400)))["Location"] == f"/my/{case.number}"
    assert case.applicant.documents.kept().count() == kept
    response = client.get(f"/my/{case.number}/supplement")
    assert response["Location"] == f"/my/{case.number}"


def test_handing_in_twice_is_refused_the_second_time(client, case):
    send(client, case, photograph())
    press(client, case, supply="yes", version=case.version)
    response = press(client, case, supply="yes", version=case.version)
    assert response.status_code == HTTPStatus.CONFLICT
    assert "看看走到哪里" in words_of(response.content)


def test_a_kind_of_paper_that_doesnt_exist_is_no_page(client, case):
    assert send(client, case, photograph(), kind="passport").status_code == HTTPStatus.NOT_FOUND
