"""我帮谁办: what a helper sees of each woman, and what can be done for her."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from applicants.models import Applicant
from tests.makers.cases import MONDAY, a_case_in, a_helped_draft, accept, confirm
from tests.makers.people import Offices
from tests.workflows.web.filling import HER_MOBILE, begin_for_her, fill_in, submit, words_to
from workflows.models import Application
from workflows.stages import interruptions
from workflows.states import State

pytestmark = pytest.mark.django_db


def test_the_list_shows_each_woman_with_what_can_be_done(helper: Client, offices: Offices):
    begin_for_her(helper)
    page = helper.get("/helper").content.decode()
    assert "申请人甲" in page
    assert "草稿" in page
    assert f"/apply?case={Application.objects.get().number}" in page


def test_a_case_of_hers_shows_the_clock_once_it_was_handed_in(helper: Client, offices: Offices):
    case = accept(confirm(a_case_in(State.AWAITING_CONSENT, offices)), offices)
    page = helper.get("/helper").content.decode()
    assert case.number in page
    assert "还剩 7 天" in page


def test_a_link_is_sent_again_after_a_minute(helper: Client, offices: Offices):
    begin_for_her(helper)
    case = fill_in(helper, offices, with_consents=False)
    submit(helper, case)
    assert helper.post("/helper", {"again": case.number}).status_code == 429
    with time_machine.travel(MONDAY + timedelta(minutes=2)):
        again = helper.post("/helper", {"again": case.number}, follow=True)
    assert "链接发到她的手机了" in again.content.decode()
    links = [re.search(r"/c/(\S+)", words) for words in words_to(HER_MOBILE) if "/c/" in words]
    first, second = (link.group(1) for link in links if link)
    assert first != second
    assert Client().get(f"/c/{first}").status_code == 404
    assert Client().get(f"/c/{second}").status_code == 200


def test_a_mistyped_phone_can_be_changed_and_the_old_link_dies(helper: Client, offices: Offices):
    begin_for_her(helper)
    case = fill_in(helper, offices, with_consents=False)
    submit(helper, case)
    old = re.search(r"/c/(\S+)", words_to(HER_MOBILE)[-1])
    assert old is not None
    page = f"/helper/{case.number}/leave"
    assert helper.get(page).status_code == 200
    assert helper.post(page, {"mobile": "13900000004", "route": "link"}).status_code == 302
    applicant = Applicant.objects.get()
    assert applicant.mobile == applicant.user.phone_number.mobile == "13900000004"
    assert Client().get(f"/c/{old.group(1)}").status_code == 404
    assert "/c/" in words_to("13900000004")[-1]


def test_what_lapsed_is_begun_again_without_asking_everything_anew(helper: Client, offices: Offices):
    draft = a_helped_draft(offices)
    interruptions.withdraw(draft, reason="", by=draft.applicant.user, at=MONDAY, version=None)
    assert helper.post("/helper", {"again": draft.number})["Location"] == "/apply"
    again = Application.objects.latest("pk")
    assert (again.applicant, again.source, again.state) == (draft.applicant, "helper", "DRAFT")


def test_the_list_asks_the_database_a_few_times(helper: Client, offices: Offices, django_assert_max_num_queries):
    for _ in range(3):
        a_case_in(State.AWAITING_CONSENT, offices)
    helper.get("/helper")  # the session notes when she came
    with django_assert_max_num_queries(11):
        helper.get("/helper")
