"""本村到期: whom a helper may remind, only as long as the woman agrees, said once."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from applicants import reminder_consents
from applicants.models import ReminderConsent
from loans.models import Instalment
from loans.models.plan_change import RecallGround
from loans.plan_changes import decide_plan_change, propose_recall
from records.models.decision import Outcome
from records.refusals import NotPermitted
from tests.makers import cases
from tests.makers.cases import MONDAY
from tests.makers.people import SHANGHAI, Offices
from tests.workflows.web.my.her_pages import questions, read, sign_in
from workflows import village_due
from workflows.models import Application, VillageReminder
from workflows.states import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(offices: Offices, programme) -> Application:
    return cases.a_case_in(State.DISBURSED, offices)


@pytest.fixture
def first(case: Application) -> Instalment:
    assert case.loan is not None
    return case.loan.instalments.earliest("due_on")


@pytest.fixture(autouse=True)
def ten_days_before(first: Instalment) -> Iterator[None]:
    with time_machine.travel(before(first, days=10), tick=False):
        yield


@pytest.fixture
def phone(offices: Offices, ten_days_before: None) -> Client:
    client = Client()
    client.force_login(offices.helper)
    return client


def before(instalment: Instalment, *, days: int) -> datetime:
    return datetime.combine(instalment.due_on - timedelta(days=days), time(9), SHANGHAI)


def agree(case: Application) -> None:
    reminder_consents.give(case.applicant, at=MONDAY)


def page_of(phone: Client) -> str:
    return phone.get("/helper/due").content.decode()


def remind(phone: Client, instalment: Instalment):
    return phone.post("/helper/due", {"reminded": instalment.pk})


def test_without_her_consent_nobody_knows_of_it(case: Application, first: Instalment, phone: Client):
    assert "本村这个月没有到期的。" in page_of(phone)
    assert remind(phone, first).status_code == 404
    assert not VillageReminder.objects.exists()


def test_who_agreed_stands_there_with_her_day_and_no_sum(case: Application, first: Instalment, phone: Client):
    agree(case)
    page = page_of(phone)
    assert case.applicant.full_name in page
    assert f"{first.due_on.month}\N{NO-BREAK SPACE}月" in page
    assert f'href="tel:{case.applicant.mobile}"' in page
    assert "元" not in page.partition("<h1>")[2].partition("</main>")[0]


def test_one_tap_and_it_is_said_by_whom(case: Application, first: Instalment, phone: Client, offices: Offices):
    agree(case)
    assert remind(phone, first)["Location"] == "/helper/due"
    remind(phone, first)
    assert VillageReminder.objects.get().by == offices.helper
    page = page_of(phone)
    assert "白杏花" in page
    assert 'name="reminded"' not in page


@pytest.mark.parametrize(("days", "is_there"), [(31, False), (30, True), (0, True), (-1, False)])
def test_it_shows_thirty_days_ahead_and_today(case, first, offices, days, is_there):
    agree(case)
    with time_machine.travel(before(first, days=days), tick=False):
        due = village_due.due_in([offices.villages[0]], today=timezone.localdate())
        assert due.filter(pk=first.pk).exists() == is_there


def test_a_newer_edition_of_the_plan_counts(case: Application, first: Instalment, offices: Offices):
    agree(case)
    today = timezone.localdate()
    recall = propose_recall(
        first.loan,
        on=today,
        ground=RecallGround.MISUSE,
        words="钱拿去还债了",
        by=offices.bank_officer,
        at=timezone.now(),
    )
    decide_plan_change(recall, outcome=Outcome.APPROVED, by=offices.bank_officer2, at=timezone.now())
    due = village_due.due_in([offices.villages[0]], today=today)
    assert {one.edition for one in due} == {2}


def test_another_village_is_none_of_hers(case: Application, first: Instalment, phone: Client, offices: Offices):
    agree(case)
    case.applicant.village = offices.villages[1]
    case.applicant.save()
    assert "没有到期的" in page_of(phone)
    assert remind(phone, first).status_code == 404


def test_who_helps_nowhere_has_no_such_page(offices: Offices):
    client = Client()
    client.force_login(offices.bank_officer)
    assert client.get("/helper/due").status_code == 403


def test_she_agrees_and_takes_it_back_on_her_own_page(case: Application, phone: Client, first: Instalment):
    now = timezone.now()
    address = f"/my/{case.number}/village"
    her = sign_in(Client(), case)
    assert "同意，提醒我" in read(Client(), case, "/village", at=now)
    assert her.post(address, {"reminding": "yes"})["Location"] == address
    assert case.applicant.full_name in page_of(phone)
    assert "不用提醒了" in read(Client(), case, "/village", at=now)
    her.post(address, {"reminding": "no"})
    assert "没有到期的" in page_of(phone)
    assert ReminderConsent.objects.get().withdrawn_at == now
    assert questions(Client(), case, "/village", at=now) <= 16


def test_who_has_no_loan_is_not_asked(offices: Offices):
    other = cases.a_submitted_case(offices)
    address = f"/my/{other.number}/village"
    assert "同意，提醒我" not in read(Client(), other, "/village", at=timezone.now())
    assert sign_in(Client(), other).post(address, {"reminding": "yes"}).status_code == 404


def test_a_consent_that_ended_meanwhile_is_asked_for_again(case: Application, first: Instalment, offices: Offices):
    villages, today = [offices.villages[0]], timezone.localdate()
    with pytest.raises(NotPermitted):
        village_due.note_reminded(first, villages=villages, by=offices.helper, at=timezone.now(), today=today)


def test_the_database_takes_no_reminder_without_consent(case: Application, first: Instalment, offices: Offices):
    def note() -> VillageReminder:
        return VillageReminder.objects.create(instalment=first, by=offices.helper, reminded_at=timezone.now())

    with pytest.raises(IntegrityError, match="no_live_consent"), transaction.atomic():
        note()
    agree(case)
    assert note().pk


def test_the_database_knows_one_live_consent(case: Application):
    agree(case)
    agree(case)
    assert ReminderConsent.objects.count() == 1
    with pytest.raises(IntegrityError, match="a_reminder_consent_ends_after_it_begins"), transaction.atomic():
        ReminderConsent.objects.update(withdrawn_at=MONDAY - timedelta(days=1))


def test_the_page_asks_few_questions(case: Application, phone: Client):
    agree(case)
    with CaptureQueriesContext(connection) as asked:
        page_of(phone)
    assert len(asked) <= 12
