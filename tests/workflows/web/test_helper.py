"""A helper fills in for a woman who gave her leave, and asks her; what a helper can't do."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from applicants.models import Applicant, Consent, Mandate
from applicants.models.document import DocumentKind
from applicants.sign_in import mobile_index
from records.models import Notice
from tests.makers.cases import MONDAY
from tests.makers.people import Offices
from tests.makers.women import an_id_no
from tests.workflows.web.filling import (
    AMOUNT,
    CARD,
    CONSENTS,
    HER_ID_NO,
    HER_MOBILE,
    begin_for_her,
    fill_in,
    person,
    photograph,
    submit,
    tell,
    words_to,
)
from workflows.models import Application
from workflows.separation import HelperConflict
from workflows.stages import intake

pytestmark = pytest.mark.django_db


def test_the_list_begins_empty_with_one_thing_to_do(helper: Client):
    page = helper.get("/helper").content.decode()
    assert "还没有帮人办。" in page
    assert page.count('href="/helper/new"') == 1


def test_with_her_leave_the_helper_fills_in_for_her(offices: Offices, helper: Client):
    assert begin_for_her(helper)["Location"] == "/apply"
    draft = Application.objects.get()
    assert (draft.source, draft.filled_by, draft.applicant.village) == ("helper", offices.helper, offices.villages[0])
    mandate = Mandate.objects.get()
    assert (mandate.route, mandate.valid_until_on) == ("link", MONDAY.date() + timedelta(days=60))
    page = helper.get("/apply").content.decode()
    assert "您正在替 申请人甲 填写" in page
    assert "同意书" not in page


def test_she_hears_of_it_before_anything_is_filled_in(helper: Client):
    begin_for_her(helper)
    (words,) = words_to(HER_MOBILE)
    assert "河湾村妇联 白杏花要替您填贷款申请" in words
    assert "0999-0123457" in words


def test_the_helper_fills_in_everything_but_her_consents_and_asks_her(offices: Offices, helper: Client):
    begin_for_her(helper)
    draft = fill_in(helper, offices, with_consents=False)
    page = helper.get("/apply/review").content.decode()
    assert "请本人确认" in page
    assert "提交申请" not in page
    assert submit(helper, draft)["Location"] == "/helper"
    draft = Application.objects.get()
    assert (draft.state, draft.log.get().by) == ("AWAITING_CONSENT", offices.helper)
    assert not Consent.objects.exists()
    link = words_to(HER_MOBILE)[-1]
    assert re.search(r"http://testserver/c/[\w-]{20,}", link)
    assert Notice.objects.get(kind="confirm_link").sent_at is not None


def test_a_helper_cannot_agree_for_her(helper: Client):
    begin_for_her(helper)
    page = helper.get("/apply/consent").content.decode()
    assert "同意书要她本人来看、来点，您不能替她勾" in page
    assert "checkbox" not in page
    helper.post("/apply/consent", CONSENTS)
    assert not Consent.objects.exists()


def test_after_her_consent_a_helper_cannot_change_the_account(offices: Offices, helper: Client):
    begin_for_her(helper)
    draft = fill_in(helper, offices, with_consents=False)
    her = Client()
    her.force_login(draft.applicant.user)
    her.post(f"/login/person/{draft.applicant_id}", {"last_four": HER_ID_NO[-4:]})
    assert her.post("/apply/consent", CONSENTS | {"case": draft.number}).status_code == 302
    assert "收款账户只能她自己改" in helper.get("/apply/account").content.decode()
    assert helper.post("/apply/account", {"account_no": "6222020200112233445"}).status_code == 403
    assert Applicant.objects.get().account_no == CARD
    assert tell(helper, "amount", AMOUNT).status_code == 302


def test_a_case_that_somebody_else_began_asks_her_phone_for_the_end_of_her_id_number(helper: Client):
    begin_for_her(helper)
    draft = Application.objects.get()
    her = Client()
    her.force_login(draft.applicant.user)
    assert her.get(f"/apply?case={draft.number}")["Location"].startswith("/login/person/")
    assert her.get(f"/apply/person?case={draft.number}")["Location"].startswith("/login/person/")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"mobile": ""}, "没有她本人的手机号，就选纸质委托书，或镇干部当面核实"),
        ({"route": ""}, "选一下她是怎么同意的"),
        ({"route": "paper"}, "她还没同意。让她点短信里的链接，或拍委托书"),
        ({"id_no": HER_ID_NO[:-1]}, "身份证号少了一位，要写 18 位"),
        ({"mobile": "139"}, "手机号要写 11 位数字"),
    ],
)
def test_what_is_missing_of_her_leave_is_said_and_nothing_begins(helper: Client, changed, words):
    response = begin_for_her(helper, **changed)
    assert response.status_code == 422
    assert response.content.decode().count(words) == 2
    assert not Application.objects.exists()
    assert not Applicant.objects.exists()


def test_a_paper_that_is_no_photograph_begins_nothing(helper: Client):
    response = begin_for_her(helper, route="paper", paper=SimpleUploadedFile("paper.jpg", b"no picture", "image/jpeg"))
    assert response.status_code == 422
    assert response.content.decode().count("选一张照片，不要选文档。") == 2
    assert not Applicant.objects.exists()
    assert not Mandate.objects.exists()


def test_a_mans_number_begins_nothing(helper: Client):
    response = begin_for_her(helper, id_no=an_id_no(1, is_female=False))
    assert response.status_code == 422
    assert "这项贷款面向妇女" in response.content.decode()
    assert not Applicant.objects.exists()


def test_the_link_goes_neither_to_a_helpers_phone_nor_to_one_that_confirmed_before(offices: Offices, helper: Client):
    User.objects.filter(pk=offices.town_reviewer.pk).update(mobile_index=mobile_index(HER_MOBILE))
    response = begin_for_her(helper)
    assert response.status_code == 422
    assert response.content.decode().count("这个号不能用来确认") == 2
    assert not Applicant.objects.exists()


def test_with_a_photographed_mandate_no_phone_is_needed_and_the_town_is_told(offices: Offices, helper: Client):
    assert begin_for_her(helper, mobile="", route="paper", paper=photograph("mandate")).status_code == 302
    draft = fill_in(helper, offices, with_consents=False)
    assert draft.applicant.documents.kept().filter(kind=DocumentKind.MANDATE).count() == 1
    submit(helper, draft)
    assert Application.objects.get().state == "AWAITING_CONSENT"
    told = set(Notice.objects.filter(kind="mandate_to_verify").values_list("to_user__username", flat=True))
    assert told == {"town", "town2"}
    assert not Notice.objects.filter(kind="confirm_link").exists()


def test_a_village_elsewhere_cannot_be_chosen(offices: Offices, helper: Client):
    begin_for_her(helper)
    elsewhere = offices.villages[2]
    sent = person(offices, id_no="", town=str(elsewhere.parent_id), village=elsewhere.code)
    assert tell(helper, "person", sent).status_code == 422


def test_after_sixty_days_the_leave_is_over(helper: Client, offices: Offices):
    begin_for_her(helper)
    number = Application.objects.get().number
    with time_machine.travel(MONDAY + timedelta(days=61)):
        helper.force_login(offices.helper)
        response = helper.get(f"/apply/person?case={number}")
    assert response.status_code == 403
    assert "委托到期了" in response.content.decode()


def test_another_helper_knows_nothing_of_it(helper: Client, offices: Offices):
    begin_for_her(helper)
    draft = Application.objects.get()
    other = Client()
    other.force_login(offices.town_reviewer)
    assert other.get(f"/apply/person?case={draft.number}").status_code == 404
    assert draft.number not in other.get("/helper").content.decode()
    assert draft.number not in other.get("/work?tab=all").content.decode()
    other.force_login(offices.city_reviewer)
    assert other.get("/helper").status_code == 403
    assert other.get("/helper/new").status_code == 403


def test_two_women_in_two_tabs_stay_two_women(helper: Client, offices: Offices):
    begin_for_her(helper)
    first = Application.objects.get()
    begin_for_her(helper, full_name="申请人乙", id_no=an_id_no(2), mobile="13900000003")
    second = Application.objects.latest("pk")
    tell(helper, "amount", AMOUNT | {"amount": "3", "case": first.number})
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.amount_fen, second.amount_fen) == (3_000_000, None)


def test_what_she_lets_the_helper_do_and_until_when_is_kept(helper: Client):
    begin_for_her(helper, may=["follow"], days="30")
    mandate = Mandate.objects.get()
    assert (mandate.may_follow, mandate.may_supply) == (True, False)
    assert mandate.valid_until_on == MONDAY.date() + timedelta(days=30)


def test_nothing_is_ticked_for_her(helper: Client):
    assert "checked" not in helper.get("/helper/new").content.decode()


def test_a_phone_of_the_family_takes_paper_or_a_meeting(helper: Client):
    response = begin_for_her(helper, phone_of="spouse")
    assert response.status_code == 422
    assert response.content.decode().count("链接只发她本人的手机") == 2
    assert begin_for_her(helper, phone_of="spouse", route="in_person").status_code == 302
    assert Mandate.objects.get().phone_of == "spouse"


def test_an_officer_of_the_town_fills_in_face_to_face_and_another_hears_her_yes(offices: Offices, helper: Client):
    officer, second = Client(), Client()
    officer.force_login(offices.town_reviewer)
    second.force_login(offices.town_reviewer2)
    south = offices.villages[1].code
    assert begin_for_her(officer, mobile="", route="in_person", village=south).status_code == 302
    draft = fill_in(officer, offices, with_consents=False)
    assert submit(officer, draft)["Location"] == "/helper"
    page = f"/helper/verify/{Mandate.objects.get().pk}"
    assert officer.get(page).status_code == 404
    assert second.post(page, {"answer": "yes"})["Location"] == "/helper/verify"
    case = Application.objects.get()
    assert (case.state, case.filled_by) == ("SUBMITTED", offices.town_reviewer)
    with pytest.raises(HelperConflict):
        intake.accept(case, by=offices.town_reviewer, at=MONDAY, version=None)
    assert intake.accept(case, by=offices.town_reviewer2, at=MONDAY, version=None).state == "SURVEY"
