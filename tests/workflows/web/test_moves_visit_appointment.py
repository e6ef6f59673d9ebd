"""约走访 at the town's desk, and what she, her calendar and the day sheet say of it."""

import pytest
import time_machine
from icalendar import Calendar

from tests.makers.cases import MONDAY, a_case_in
from tests.workflows.web.my.her_pages import read, sign_in
from tests.workflows.web.offices_at_work import act, browser_of, fresh, page_of
from workflows.models import VisitAppointment
from workflows.states import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(offices, programme):
    with time_machine.travel(MONDAY, tick=False):
        yield a_case_in(State.SURVEY, offices)


@pytest.fixture
def sent(offices):
    return {"on": "2026-09-22", "time": "9：30", "visitors": [offices.town_reviewer.pk, offices.town_reviewer2.pk]}


@pytest.fixture
def booked(case, offices, sent):
    assert act(browser_of(offices.town_reviewer), case, "book_visit", **sent).status_code == 302
    return VisitAppointment.objects.get()


def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_kept(case, offices, sent):
    wrong = sent | {"visitors": [offices.town_reviewer.pk]}
    response = act(browser_of(offices.town_reviewer), case, "book_visit", **wrong)
    assert response.status_code == 422
    assert response.context["panel"].form.errors["visitors"] == ["走访至少要 2 个人，都写上"]
    assert not VisitAppointment.objects.exists()


def test_her_page_and_her_calendar_say_when_and_who(case, booked, client, offices):
    page = read(client, fresh(case), at=MONDAY).replace(" ", "").replace("\N{NO-BREAK SPACE}", "")
    assert "约好9月22日（星期二）9:30到您家看看" in page
    assert str(offices.town_reviewer) in page
    with time_machine.travel(MONDAY, tick=False):
        content = sign_in(client, case).get(f"/my/{case.number}/days.ics").content
    begins = [event.decoded("dtstart") for event in Calendar.from_ical(content).walk("VEVENT")]
    assert booked.starts_at in begins


def test_the_sheet_of_that_day_has_the_hour_and_another_day_hasnt_the_visit(case, booked, offices):
    town = browser_of(offices.town_reviewer)
    assert "约好 09:30" in page_of(town.get("/work/day?on=2026-09-22"))
    assert case.number not in page_of(town.get("/work/day?on=2026-09-23"))


def test_whoever_was_named_has_it_on_her_sheet_though_a_colleague_has_the_case(case, booked, offices):
    case.assignments.filter(ended_at__isnull=True).update(owner=offices.town_reviewer)
    assert case.number in page_of(browser_of(offices.town_reviewer2).get("/work/day?on=2026-09-22"))


def test_those_who_were_named_are_ticked_on_the_form_of_the_visit(case, booked, offices):
    response = browser_of(offices.town_reviewer).get(f"/case/{case.number}/visit")
    assert response.context["form"].initial["visitors"] == [offices.town_reviewer.pk, offices.town_reviewer2.pk]


def test_it_is_cancelled_from_the_desk_only_while_it_stands(case, booked, offices):
    town = browser_of(offices.town_reviewer)
    assert act(town, case, "cancel_visit").status_code == 302
    booked.refresh_from_db()
    assert booked.outcome == "cancelled"
    assert "取消走访" not in page_of(town.get(f"/case/{case.number}"))
