"""When the town comes to see her: one day at a time, she hears of each, and nothing of it is lost."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from records.models import Notice
from records.refusals import Invalid, MoveNotOpen, NotPermitted
from tests.makers import cases
from tests.makers.cases import MONDAY, a_case_in
from tests.makers.people import SHANGHAI
from tests.workflows.past_the_engine import refused, run
from workflows import recusing, visit_appointments
from workflows.models import VisitAppointment
from workflows.separation import SteppedBack
from workflows.states import State
from workflows.visit_appointments import Coming, NoVisitAgreed

pytestmark = pytest.mark.django_db

TUESDAY = datetime(2026, 9, 22, 9, 30, tzinfo=SHANGHAI)


@pytest.fixture
def case(offices, programme):
    return a_case_in(State.SURVEY, offices)


@pytest.fixture
def book(case, offices):
    def booked(starts_at: datetime = TUESDAY, *, now: datetime = MONDAY) -> VisitAppointment:
        both = (offices.town_reviewer, offices.town_reviewer2)
        return visit_appointments.book(case, Coming(starts_at, both), by=offices.town_reviewer, at=now)

    return booked


def told(kind: str) -> str:
    return Notice.objects.get(kind=kind).text.replace("\N{NO-BREAK SPACE}", " ")


def test_she_is_told_when_who_comes_and_that_it_costs_nothing(book, case, offices):
    booked = book()
    said = (
        "约好 9 月 22 日（星期二）9:30",
        str(offices.town_reviewer),
        str(offices.town_reviewer2),
        "不收钱",
        case.number,
    )
    assert [words for words in said if words not in told("visit_booked")] == []
    assert visit_appointments.standing(case) == booked


def test_another_time_closes_the_first_and_says_that_it_changed(book):
    first = book()
    second = book(TUESDAY + timedelta(days=1), now=MONDAY + timedelta(hours=1))
    first.refresh_from_db()
    assert first.outcome == "changed"
    assert VisitAppointment.objects.get(closed_at__isnull=True) == second
    assert "走访改到 9 月 23 日" in Notice.objects.filter(kind="visit_booked").latest("pk").text.replace("\xa0", " ")


def test_a_cancelled_one_is_told_and_can_only_be_cancelled_once(book, case, offices):
    book()
    visit_appointments.cancel(case, by=offices.town_reviewer, at=MONDAY)
    assert "您不用等" in told("visit_cancelled")
    with pytest.raises(NoVisitAgreed):
        visit_appointments.cancel(case, by=offices.town_reviewer, at=MONDAY)


def test_the_visit_itself_closes_it_as_kept(book, case, offices):
    booked = book()
    cases.record_survey(case, offices, at=TUESDAY)
    booked.refresh_from_db()
    assert booked.outcome == "kept"
    assert not Notice.objects.filter(kind="visit_cancelled").exists()


def test_when_papers_are_asked_for_she_hears_that_nobody_comes(book, case, offices):
    booked = book()
    cases.ask_for_papers(case, offices)
    booked.refresh_from_db()
    assert booked.outcome == "dropped"
    assert "取消" in told("visit_cancelled")


def test_the_past_and_too_few_or_strange_people_are_refused_and_nothing_is_told(case, offices):
    with pytest.raises(Invalid) as wrong:
        visit_appointments.book(case, Coming(MONDAY, (offices.bank_officer,)), by=offices.town_reviewer, at=MONDAY)
    assert [(error.field, error.code) for error in wrong.value.errors] == [
        ("on", "appointment_is_over"),
        ("visitors", "too_few_visitors"),
        ("visitors", "visitors_are_staff"),
    ]
    assert not VisitAppointment.objects.exists()
    assert not Notice.objects.filter(kind="visit_booked").exists()


def test_whoever_stepped_back_from_the_case_doesnt_come(book, case, offices):
    recusing.step_back(case, reason="她是我表妹", to=offices.town_reviewer, by=offices.town_reviewer2, at=MONDAY)
    with pytest.raises(SteppedBack):
        book()


@pytest.mark.parametrize("who", ["helper", "bank_officer", "other_town_reviewer"])
def test_only_the_town_of_her_village_agrees_on_it(case, offices, who):
    coming = Coming(TUESDAY, (offices.town_reviewer, offices.town_reviewer2))
    with pytest.raises(NotPermitted):
        visit_appointments.book(case, coming, by=getattr(offices, who), at=MONDAY)


def test_after_the_visit_there_is_none_to_agree_on(case, offices, book):
    cases.record_survey(case, offices)
    with pytest.raises(MoveNotOpen):
        book()


def test_the_database_keeps_one_standing_visit_for_each_case(book, case):
    booked = book()
    with pytest.raises(IntegrityError), transaction.atomic():
        VisitAppointment.objects.create(
            application=case, starts_at=TUESDAY, booked_by=booked.booked_by, booked_at=MONDAY
        )


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE workflows_visitappointment SET starts_at = '2027-01-01 09:00:00+00:00'",
        "DELETE FROM workflows_visitappointment",
    ],
)
def test_the_database_keeps_it_as_it_was(book, sql):
    booked = book()
    VisitAppointment.visitors.through.objects.filter(visitappointment=booked).delete()
    with refused("agreed_visit_stays_as_it_was"):
        run(sql)


def test_the_database_takes_none_for_a_case_that_isnt_to_be_visited(offices, programme):
    elsewhere = a_case_in(State.ELIGIBILITY, offices)
    with refused("case_is_not_to_be_visited"):
        VisitAppointment.objects.create(
            application=elsewhere, starts_at=TUESDAY, booked_by=offices.town_reviewer, booked_at=MONDAY
        )
