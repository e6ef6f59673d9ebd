"""She applies by herself: the whole way, the task list, coming back, and several women behind one phone."""

import io
import re

import pytest
from django.test import Client
from icalendar import Calendar
from PIL import Image

from accounts.models import User
from applicants.models import Applicant, Consent
from applicants.models.document import DocumentKind
from records.models import Notice
from tests.makers.cases import MONDAY
from tests.makers.people import Offices
from tests.workflows.web.filling import CARD, HER_ID_NO, MOBILE, fill_in, person, phone, submit, tell
from workflows.missing_items import MissingItem
from workflows.models import Application
from workflows.stages import intake, interruptions

pytestmark = pytest.mark.django_db


def test_she_fills_in_every_step_and_hands_it_in(offices: Offices, her: User, her_phone: Client):
    draft = fill_in(her_phone, offices)
    assert draft.state == "DRAFT"
    response = submit(her_phone, draft)
    assert response["Location"] == f"/apply/{draft.number}/done"
    case = Application.objects.get()
    assert (case.state, case.amount_fen, case.source, case.filled_by) == ("SUBMITTED", 5_000_000, "self", her)
    applicant = case.applicant
    assert (applicant.full_name, applicant.id_no, applicant.mobile) == ("申请人甲", HER_ID_NO, MOBILE)
    assert (applicant.account_no, applicant.account_bank) == (CARD, case.bank)
    assert Consent.objects.filter(applicant=applicant, channel="web", given_by=her).count() == 4


def test_the_last_page_names_the_number_the_office_the_day_and_the_next_step(offices: Offices, her_phone: Client):
    case = fill_in(her_phone, offices)
    submit(her_phone, case)
    page = her_phone.get(f"/apply/{case.number}/done").content.decode()
    assert case.number in page
    assert "石榴镇妇女联合会" in page
    assert "石榴镇妇联" in page
    assert "9\N{NO-BREAK SPACE}月\N{NO-BREAK SPACE}23\N{NO-BREAK SPACE}日（周三）" in page
    assert "从受理第二天起，7 个工作日办完" in page


def test_the_day_goes_into_her_calendar(offices: Offices, her_phone: Client):
    case = fill_in(her_phone, offices)
    submit(her_phone, case)
    response = her_phone.get(f"/apply/{case.number}/due.ics")
    assert response["Content-Type"].startswith("text/calendar")
    (event,) = Calendar.from_ical(response.content).walk("VEVENT")
    assert event.decoded("dtstart").isoformat() == "2026-09-23"
    assert case.number in str(event["summary"])


def test_in_wechat_the_page_says_how_to_reach_the_calendar(offices: Offices, her_phone: Client):
    case = fill_in(her_phone, offices)
    submit(her_phone, case)
    plain = her_phone.get(f"/apply/{case.number}/done").content.decode()
    in_wechat = her_phone.get(f"/apply/{case.number}/done", headers={"User-Agent": "MicroMessenger/8"}).content.decode()
    assert "在浏览器打开" in in_wechat
    assert "在浏览器打开" not in plain


def test_the_receipt_is_a_picture_that_names_nobody(offices: Offices, her_phone: Client):
    case = fill_in(her_phone, offices)
    submit(her_phone, case)
    assert f'href="/apply/{case.number}/receipt"' in her_phone.get(f"/apply/{case.number}/done").content.decode()
    page = her_phone.get(f"/apply/{case.number}/receipt").content.decode()
    assert f'src="/apply/{case.number}/receipt.png"' in page
    assert f"申请编号 {case.number}，谁在看 石榴镇妇女联合会" in page
    assert "申请人甲" not in page
    assert "download=" in page
    response = her_phone.get(f"/apply/{case.number}/receipt.png")
    assert (response["Content-Type"], response["Cache-Control"]) == ("image/png", "no-store")
    picture = Image.open(io.BytesIO(response.content))
    assert picture.width == 750
    assert len(response.content) < 100 * 1024


def test_in_wechat_the_picture_is_kept_by_a_long_press_and_no_link_leads_nowhere(offices: Offices, her_phone: Client):
    case = fill_in(her_phone, offices)
    submit(her_phone, case)
    address = f"/apply/{case.number}/receipt"
    in_wechat = her_phone.get(address, headers={"User-Agent": "MicroMessenger/8"}).content.decode()
    assert "按住图片，存到手机" in in_wechat
    assert "download=" not in in_wechat


def test_a_receipt_of_what_was_not_handed_in_does_not_exist(offices: Offices, her_phone: Client):
    draft = fill_in(her_phone, offices)
    assert her_phone.get(f"/apply/{draft.number}/receipt").status_code == 404
    assert her_phone.get(f"/apply/{draft.number}/receipt.png").status_code == 404


def test_the_slip_says_how_to_go_on_and_what_is_open_and_names_nobody(offices: Offices, her_phone: Client):
    her_phone.get("/apply")
    tell(her_phone, "person", person(offices))
    assert 'href="/apply/slip"' in her_phone.get("/apply").content.decode()
    page = her_phone.get("/apply/slip").content.decode()
    draft = Application.objects.get()
    for words in (
        draft.number,
        "138••••0001",
        "http://testserver/apply",
        "家里情况",
        "身份证正面",
        "data:image/svg+xml",
    ):
        assert words in page, words
    assert "<li>关于您</li>" not in page
    assert "申请人甲" not in page
    assert HER_ID_NO[:14] not in page


def test_pressing_the_button_twice_hands_in_one_application(offices: Offices, her_phone: Client):
    draft = fill_in(her_phone, offices)
    first, second = submit(her_phone, draft), submit(her_phone, draft)
    assert first["Location"] == second["Location"] == f"/apply/{draft.number}/done"
    case = Application.objects.get()
    assert case.log.count() == 1
    assert Notice.objects.filter(about=case.number, channel="sms").count() <= 1


def test_the_first_visit_begins_one_draft_and_the_next_visits_find_it(her_phone: Client):
    pages = [her_phone.get("/apply").content.decode() for _ in range(2)]
    assert Application.objects.count() == 1
    assert all(Application.objects.get().number in page for page in pages)


def test_the_task_list_says_how_far_she_has_come(offices: Offices, her_phone: Client):
    her_phone.get("/apply")
    assert "9 步完成了 0 步" in her_phone.get("/apply").content.decode()
    tell(her_phone, "person", person(offices))
    page = her_phone.get("/apply").content.decode()
    assert "9 步完成了 1 步" in page
    assert "接着填“同意书”" in page
    assert "前面填完再来" in page


def test_after_each_step_comes_the_next_that_is_not_done(offices: Offices, her_phone: Client):
    her_phone.get("/apply")
    assert tell(her_phone, "person", person(offices))["Location"] == "/apply/situation/registered"
    fill_in(her_phone, offices)
    assert tell(her_phone, "person", person(offices))["Location"] == "/apply/review"


def test_she_comes_back_on_another_device_by_the_same_phone(offices: Offices, her: User, her_phone: Client):
    draft = fill_in(her_phone, offices)
    elsewhere = Client()
    elsewhere.force_login(her)
    page = elsewhere.get("/apply").content.decode()
    assert draft.number in page
    assert "9 步完成了 9 步" in page
    assert re.search(r"5\s*万元，12 个月", page)


def test_what_was_handed_in_asks_for_the_end_of_her_id_number_on_a_new_device(
    offices: Offices, her: User, her_phone: Client
):
    case = fill_in(her_phone, offices)
    submit(her_phone, case)
    elsewhere = Client()
    elsewhere.force_login(her)
    asked = elsewhere.get(f"/apply/{case.number}/done")
    assert asked["Location"] == f"/login/person/{case.applicant_id}?next=%2Fapply%2F{case.number}%2Fdone"
    assert elsewhere.post(asked["Location"], {"last_four": HER_ID_NO[-4:]})["Location"].endswith("/done")
    assert elsewhere.get(f"/apply/{case.number}/done").status_code == 200


def test_what_she_worked_out_before_signing_in_stands_in_the_form(her_phone: Client):
    her_phone.get("/apply?amount=35000&term_months=24&method=equal_principal")
    shown = [
        her_phone.get(f"/apply/amount/{page}").context["form"][field].value()
        for page, field in (("sum", "amount"), ("term", "term_months"), ("method", "method"))
    ]
    assert shown == ["3.5", "24", "equal_principal"]


def test_what_the_town_found_missing_is_listed_with_the_day(offices: Offices, her_phone: Client):
    case = fill_in(her_phone, offices)
    submit(her_phone, case)
    items = [MissingItem(DocumentKind.HOUSEHOLD_SELF, "本人页拍糊了，重拍一张")]
    intake.send_back(Application.objects.get(), items=items, by=offices.town_reviewer, at=MONDAY, version=None)
    page = her_phone.get("/apply").content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "户口本本人页：本人页拍糊了，重拍一张" in page
    assert "前再交一次" in page
    again = Application.objects.get()
    assert submit(her_phone, again)["Location"] == f"/apply/{case.number}/done"
    assert "前再交一次" not in her_phone.get("/apply?choose").content.decode()


# Several women behind one phone


def test_one_phone_serves_several_women(offices: Offices, her_phone: Client):
    fill_in(her_phone, offices)
    assert her_phone.post("/apply", {"start": "new"})["Location"] == "/apply"
    assert Applicant.objects.count() == Application.objects.count() == 2
    page = her_phone.get("/apply?choose").content.decode()
    assert "申••" in page
    assert "还没写姓名" in page
    assert "申请人甲" not in page


def test_an_untouched_draft_serves_for_the_next_woman(her_phone: Client):
    her_phone.get("/apply")
    her_phone.post("/apply", {"start": "new"})
    her_phone.post("/apply", {"start": "new"})
    assert Application.objects.count() == 1


def test_a_form_goes_to_the_woman_whose_page_was_shown(offices: Offices, her_phone: Client):
    first = fill_in(her_phone, offices)
    her_phone.post("/apply", {"start": "new"})
    second = Application.objects.latest("pk")
    # The other tab still shows the first one.
    tell(her_phone, "person", person(offices, full_name="申请人乙") | {"case": first.number})
    first.applicant.refresh_from_db()
    second.applicant.refresh_from_db()
    assert (first.applicant.full_name, second.applicant.full_name) == ("申请人乙", "")


def test_with_a_case_that_is_over_she_begins_again_as_the_same_woman(offices: Offices, her: User, her_phone: Client):
    case = fill_in(her_phone, offices)
    submit(her_phone, case)
    interruptions.withdraw(Application.objects.get(), reason="", by=her, at=MONDAY, version=None)
    assert her_phone.post("/apply", {"start": case.applicant_id})["Location"] == "/apply"
    again = Application.objects.latest("pk")
    assert (again.applicant, again.state) == (case.applicant, "DRAFT")


def test_another_phones_draft_does_not_exist_for_her(offices: Offices, her_phone: Client):
    draft = fill_in(her_phone, offices)
    stranger = Client()
    stranger.force_login(phone("13900000009"))
    assert stranger.get(f"/apply/person?case={draft.number}").status_code == 404
    assert tell(stranger, "person", person(offices) | {"case": draft.number}).status_code == 404
    assert stranger.get(f"/apply/{draft.number}/done").status_code == 404
    assert stranger.post("/apply", {"start": draft.applicant_id}).status_code == 404


def test_whoever_is_not_signed_in_is_asked_for_her_phone(client: Client):
    assert client.get("/apply/amount")["Location"] == "/login?next=/apply/amount"


# What the pages cost


def test_the_task_list_asks_the_database_a_few_times(
    offices: Offices, her_phone: Client, django_assert_max_num_queries
):
    fill_in(her_phone, offices)
    with django_assert_max_num_queries(11):
        her_phone.get("/apply")


def test_the_review_asks_the_database_a_few_times(offices: Offices, her_phone: Client, django_assert_max_num_queries):
    fill_in(her_phone, offices)
    with django_assert_max_num_queries(21):
        her_phone.get("/apply/review")


@pytest.mark.parametrize("page", ["person/name", "person/village", "situation/loans", "project/jobs", "amount/sum"])
def test_a_question_asks_the_database_a_few_times(
    offices: Offices, her_phone: Client, django_assert_max_num_queries, page
):
    fill_in(her_phone, offices)
    with django_assert_max_num_queries(8):
        her_phone.get(f"/apply/{page}")
