"""预约签约 at the bank's desk, and what she reads of it."""

from datetime import datetime, time, timedelta

import pytest
import time_machine
from icalendar import Calendar

from accounts.models import Organisation
from tests.makers.cases import MONDAY, a_case_in
from tests.makers.people import SHANGHAI
from tests.workflows.web.my.her_pages import read, sign_in
from tests.workflows.web.offices_at_work import act, browser_of, fresh, page_of
from workflows.models import SigningAppointment
from workflows.states import State

pytestmark = pytest.mark.django_db

SENT = {"on": "2026-09-22", "time": "9:30", "place": "农信社营业厅", "to_bring": "身份证和银行卡"}
NINE_THIRTY = datetime(2026, 9, 22, 9, 30, tzinfo=SHANGHAI)


@pytest.fixture
def case(offices, programme):
    Organisation.objects.filter(pk=offices.bank.pk).update(
        opens_at=time(9), closes_at=time(17), address="榴花路 16 号，农信社营业厅"
    )
    with time_machine.travel(MONDAY, tick=False):
        yield a_case_in(State.SIGNING, offices)


@pytest.fixture
def booked(case, offices):
    assert act(browser_of(offices.bank_officer), case, "book_signing", **SENT).status_code == 302
    return SigningAppointment.objects.get()


def test_the_desk_proposes_its_own_address_and_says_its_hours(case, offices):
    page = page_of(browser_of(offices.bank_officer).get(f"/case/{case.number}/moves/book_signing"))
    for words in ("榴花路 16 号，农信社营业厅", "工作日 09:00 到 17:00", "身份证和收款的银行卡"):
        assert words in page, words


def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(case, offices):
    sent = SENT | {"on": "2026-09-26", "time": "18：00"}
    response = act(browser_of(offices.bank_officer), case, "book_signing", **sent)
    assert response.status_code == 422
    form = response.context["panel"].form
    assert form.errors["on"] == ["那天休息，选一个工作日"]
    assert form.errors["time"] == ["约在 09:00 到 17:00 之间，关门前要到"]
    assert "农信社营业厅" in page_of(response)
    assert not SigningAppointment.objects.exists()


def test_a_time_that_is_none_is_asked_for_again(case, offices):
    response = act(browser_of(offices.bank_officer), case, "book_signing", **SENT | {"time": "早上"})
    assert response.context["panel"].form.errors["time"] == ["时间要写成 9:30 这样"]


def test_her_page_says_when_where_and_what_to_bring(case, booked, client):
    page = read(client, fresh(case), at=MONDAY)
    for words in ("约好9月22日（星期二）9:30", "农信社营业厅", "带身份证和银行卡", "最晚"):
        assert words.replace(" ", "") in page.replace(" ", ""), words


def test_her_calendar_has_the_hour_and_the_place(case, booked, client):
    with time_machine.travel(MONDAY, tick=False):
        content = sign_in(client, case).get(f"/my/{case.number}/days.ics").content
    event = Calendar.from_ical(content).walk("VEVENT")[0]
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (NINE_THIRTY, NINE_THIRTY + timedelta(hours=1))
    assert str(event["location"]) == "农信社营业厅"


def test_nobody_has_missed_what_is_still_to_come(case, booked, offices):
    officer = browser_of(offices.bank_officer)
    assert "没来签约" not in page_of(officer.get(f"/case/{case.number}"))
    with time_machine.travel(NINE_THIRTY + timedelta(hours=1), tick=False):
        officer = browser_of(offices.bank_officer)
        assert "没来签约" in page_of(officer.get(f"/case/{case.number}"))
        assert act(officer, fresh(case), "record_no_show").status_code == 302
        page = page_of(officer.get(f"/case/{case.number}/moves/sign"))
    booked.refresh_from_db()
    assert booked.outcome == "missed"
    assert "没来" in page


def test_after_a_missed_day_she_reads_that_she_may_still_come(case, booked, offices, client):
    with time_machine.travel(NINE_THIRTY + timedelta(hours=1), tick=False):
        act(browser_of(offices.bank_officer), fresh(case), "record_no_show")
    page = read(client, fresh(case), at=NINE_THIRTY + timedelta(hours=2))
    assert "约好" not in page
    assert "前去都行" in page
