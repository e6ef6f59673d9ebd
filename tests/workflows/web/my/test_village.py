"""村里帮我的事: who may fill in for her, and how she ends it herself."""

from datetime import timedelta

import pytest
from django.test import Client

from applicants.models import Mandate
from records.models import Notice
from tests.makers import cases
from tests.makers.cases import MONDAY
from tests.makers.people import Offices
from tests.workflows.web.my.her_pages import questions, read, sign_in
from workflows.models import Application
from workflows.stages import intake

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(offices: Offices, programme) -> Application:
    waiting = intake.request_consent(cases.a_helped_draft(offices), by=offices.helper, at=MONDAY, version=None)
    return cases.confirm(waiting)


def end(client: Client, case: Application, helper_id: object):
    return sign_in(client, case).post(f"/my/{case.number}/village", {"end": helper_id})


def test_her_case_leads_there(client: Client, case: Application):
    assert f'href="/my/{case.number}/village"' in read(client, case, at=MONDAY)


def test_she_reads_who_may_do_what_and_until_when(client: Client, case: Application):
    page = read(client, case, "/village", at=MONDAY)
    for words in ("河湾村妇联 白杏花", "替您填申请", "看办到哪一步", "缺材料时替您补", "到 2026 年 11 月 20 日为止"):
        assert words in page, words


def test_what_she_did_not_allow_is_not_there(client: Client, case: Application):
    Mandate.objects.update(may_supply=False)
    assert "缺材料时替您补" not in read(client, case, "/village", at=MONDAY)


def test_she_ends_it_and_the_helper_hears_and_sees_no_more(client: Client, case: Application, offices: Offices):
    assert end(client, case, offices.helper.pk)["Location"] == f"/my/{case.number}/village"
    assert Mandate.objects.get().ended_at is not None
    assert Notice.objects.get(kind="mandate_ended").to_user == offices.helper
    assert "现在没有人能替您办" in read(client, case, "/village", at=MONDAY)
    helper = Client()
    helper.force_login(offices.helper)
    assert case.number not in helper.get("/helper").content.decode()


def test_to_end_it_twice_tells_the_helper_once(client: Client, case: Application, offices: Offices):
    end(client, case, offices.helper.pk)
    end(client, case, offices.helper.pk)
    assert Notice.objects.filter(kind="mandate_ended").count() == 1


@pytest.mark.parametrize("named", ["", "x", "999999"])
def test_somebody_who_never_helped_her_is_nobody_there(client: Client, case: Application, named):
    assert end(client, case, named).status_code == 404


def test_what_has_run_out_is_not_shown(client: Client, case: Application):
    assert "现在没有人能替您办" in read(client, case, "/village", at=MONDAY + timedelta(days=61))


def test_another_woman_ends_nothing(client: Client, case: Application, offices: Offices):
    other = cases.a_submitted_case(offices)
    client = sign_in(client, other)
    assert client.post(f"/my/{case.number}/village", {"end": offices.helper.pk}).status_code == 404
    assert Mandate.objects.get().ended_at is None


def test_the_page_asks_few_questions(client: Client, case: Application):
    assert questions(client, case, "/village", at=MONDAY) <= 16
