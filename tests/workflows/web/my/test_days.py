"""The calendar file: whole days that parse, and nothing in them of whose they are."""

from datetime import date, timedelta
from http import HTTPStatus

import pytest
import time_machine
from icalendar import Calendar

from loans.models import Instalment
from tests.makers import cases
from tests.makers.cases import MONDAY, a_case_in
from tests.workflows.web.my.her_pages import on, sign_in
from workflows.stages import disbursement
from workflows.states import State


def events(client, case, *, at):
    with time_machine.travel(at, tick=False):
        response = sign_in(client, case).get(f"/my/{case.number}/days.ics")
    assert response.status_code == HTTPStatus.OK
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert case.number in response["Content-Disposition"]
    her = case.applicant
    written = response.content.decode()
    assert not [secret for secret in (her.full_name, her.id_no, her.mobile, her.account_no) if secret in written]
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def days(found):
    return [event["dtstart"].dt for event in found]


def test_the_last_day_of_the_promise_is_a_whole_day_with_an_alarm(client, offices, programme):
    case = cases.accept(a_case_in(State.SUBMITTED, offices, at=on(9, 25)), offices, on(9, 28))
    [event] = events(client, case, at=on(9, 29))
    assert event["dtstart"].dt == date(2026, 10, 13)
    assert event["dtend"].dt == date(2026, 10, 14)
    assert case.number in event["summary"]
    assert str(event["url"]).endswith(f"/my/{case.number}")
    [alarm] = event.walk("VALARM")
    assert alarm["trigger"].dt == -timedelta(hours=15)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.SUBMITTED, "材料最晚今天看完"),
        (State.SUPPLEMENT, "补材料的最后一天"),
        (State.SIGNING, "去农信签字的最后一天"),
    ],
)
def test_each_wait_has_its_own_last_day(client, offices, programme, state, words):
    found = events(client, a_case_in(state, offices), at=MONDAY)
    assert words in found[0]["summary"]


def test_every_instalment_to_come_is_there(client, offices, programme):
    case = a_case_in(State.DISBURSED, offices)
    found = events(client, case, at=on(12, 28))
    due = Instalment.objects.filter(loan=case.loan).values_list("due_on", flat=True)
    assert days(found) == [day for day in due if day > date(2026, 12, 28)]
    assert len({str(event["uid"]) for event in found}) == len(found)


@pytest.mark.parametrize("state", [State.DRAFT, State.WITHDRAWN, State.DECLINED, State.FROZEN])
def test_where_no_day_is_promised_there_is_no_file_and_no_link(client, offices, programme, state):
    case = a_case_in(state, offices)
    with time_machine.travel(MONDAY, tick=False):
        sign_in(client, case)
        assert client.get(f"/my/{case.number}/days.ics").status_code == HTTPStatus.NOT_FOUND
        assert "days.ics" not in client.get(f"/my/{case.number}").content.decode()


def test_a_day_that_is_over_is_not_put_into_a_calendar(client, offices, programme):
    case = cases.accept(a_case_in(State.SUBMITTED, offices, at=on(9, 25)), offices, on(9, 28))
    with time_machine.travel(on(10, 20), tick=False):
        assert sign_in(client, case).get(f"/my/{case.number}/days.ics").status_code == HTTPStatus.NOT_FOUND


def test_after_the_terms_were_declined_nothing_is_left_to_remember(client, offices, programme):
    case = a_case_in(State.TERMS_OFFERED, offices)
    case = disbursement.decline_terms(case, by=case.applicant.user, at=MONDAY, version=case.version)
    with time_machine.travel(MONDAY, tick=False):
        assert sign_in(client, case).get(f"/my/{case.number}/days.ics").status_code == HTTPStatus.NOT_FOUND
