"""Who has looked at her papers; who has them; and taking a consent back."""

from http import HTTPStatus

import pytest
import time_machine

from applicants.models.consent import Recipient
from applicants.models.document import DocumentKind
from applicants.sight import REVEALED, note_access, reveal
from tests.makers.cases import MONDAY, a_case_in
from tests.workflows.web.my.her_pages import read, sign_in, words_of
from workflows.papers.kinds import PaperKind
from workflows.states import State
from workflows.web.my.access import SHOWN, in_words


@pytest.fixture
def case(offices, programme):
    return a_case_in(State.GUARANTEE, offices)


def test_before_anybody_looked_it_says_so(client, case):
    assert "还没有人看过。" in read(client, case, "/access", at=MONDAY)


def test_each_look_names_what_who_and_for_which_office(client, case, offices):
    reveal(case.applicant, what="id_no", by=offices.town_reviewer, at=MONDAY)
    note_access(case.applicant, what="document:id_front", by=offices.city_reviewer, at=MONDAY)
    words = read(client, case, "/access", at=MONDAY)
    assert "看了身份证号" in words
    assert "孟春草（石榴镇妇女联合会）" in words
    assert "看了照片：身份证正面" in words
    assert case.applicant.id_no not in words


def test_her_own_looks_arent_written(client, case):
    read(client, case, "/documents", at=MONDAY)
    assert "还没有人看过。" in read(client, case, "/access", at=MONDAY)


def test_the_newest_looks_stand_there_and_no_end_of_old_ones(client, case, offices):
    for _look in range(SHOWN + 5):
        note_access(case.applicant, what="mobile", by=offices.town_reviewer, at=MONDAY)
    assert read(client, case, "/access", at=MONDAY).count("看了手机号</p>") == SHOWN


def test_the_offices_that_were_given_the_case_are_named(client, case):
    assert "把申请和材料给了担保公司" in read(client, case, "/access", at=MONDAY)


@pytest.mark.parametrize(
    "what", [*REVEALED, *(f"document:{kind}" for kind in DocumentKind), *(f"paper:{kind}" for kind in PaperKind)]
)
def test_everything_that_can_be_looked_at_has_words(what):
    assert in_words(what) != what


def test_what_an_older_version_wrote_stands_as_it_was_written():
    assert in_words("受理通知书石妇贷〔2026〕00001") == "受理通知书石妇贷〔2026〕00001"


def test_she_takes_a_consent_back_after_being_asked_once_more(client, case):
    words = read(client, case, "/consents/bank", at=MONDAY)
    assert "收回“给农信”？" in words
    assert "农信审批不了" in words
    with time_machine.travel(MONDAY, tick=False):
        response = sign_in(client, case).post(f"/my/{case.number}/consents/bank")
    assert response["Location"] == f"/my/{case.number}/access"
    assert not case.applicant.consents.live().filter(recipient=Recipient.BANK).exists()
    assert "/consents/bank" not in read(client, case, "/access", at=MONDAY)


def test_a_consent_taken_back_ends_the_offices_sight(client, case, offices):
    with time_machine.travel(MONDAY, tick=False):
        sign_in(client, case).post(f"/my/{case.number}/consents/guarantor")
        client.force_login(offices.guarantor_officer)
        assert client.get(f"/case/{case.number}").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("recipient", ["federation", "nobody"])
def test_only_what_was_given_can_be_taken_back(client, case, recipient):
    sign_in(client, case)
    assert client.post(f"/my/{case.number}/consents/{recipient}").status_code == HTTPStatus.NOT_FOUND


def test_after_the_payout_the_contract_stands(client, offices, programme):
    case = a_case_in(State.DISBURSED, offices)
    assert "收回同意" not in read(client, case, "/access", at=MONDAY)
    sign_in(client, case)
    assert client.post(f"/my/{case.number}/consents/bank").status_code == HTTPStatus.NOT_FOUND


def test_her_own_photographs_are_listed(client, case):
    words = words_of(sign_in(client, case).get(f"/my/{case.number}/documents").content)
    for document in case.applicant.documents.kept():
        assert f"/case/{case.number}/documents/{document.pk}" in words
        assert str(document.get_kind_display()) in words
