"""A notice of working days: what it would move, and that it moves open cases only once two people agree."""

from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction

from accounts.models import WorkingDay
from records.models.decision import Outcome
from records.refusals import Invalid, MoveNotOpen, NotPermitted, SamePerson
from tests.makers import cases
from tests.makers.people import SHANGHAI, Offices
from workflows import calendar_changes
from workflows.calendar_changes import NoticeWaits
from workflows.models import Application, CalendarNotice
from workflows.states import State

pytestmark = pytest.mark.django_db

ACCEPTED = datetime(2026, 9, 28, 9, 0, tzinfo=SHANGHAI)  # due on Tuesday 13 October
NOW = datetime(2026, 9, 29, 9, 0, tzinfo=SHANGHAI)
# The worked Saturday is given back, and Friday the 9th is free too.
FILE = (
    "date,is_working,name,source,published_at\n"
    "2026-10-09,休息,国庆节,补充通知,2026-09-29\n"
    "2026-10-10,休息,国庆节,补充通知,2026-09-29\n"
).encode()


@pytest.fixture
def case(offices: Offices, programme) -> Application:
    return cases.a_case_in(State.GUARANTEE, offices, at=ACCEPTED)


def propose(offices, content=FILE):
    return calendar_changes.propose(content, file_name="补充通知.csv", by=offices.city_reviewer, at=NOW)


def decide(notice, by, outcome=Outcome.APPROVED):
    calendar_changes.decide(notice, outcome=outcome, reason="看过通知原件。", by=by, at=NOW)


def test_the_preview_says_which_open_deadlines_move_from_when_to_when(case, offices):
    waiting = cases.a_submitted_case(offices, at=ACCEPTED)  # intake until 30 September: nothing moves
    paid = cases.a_case_in(State.DISBURSED, offices, at=ACCEPTED)
    found = list(calendar_changes.moved(calendar_changes.rows_of(FILE, at=NOW), today=NOW.date()))
    assert [(one.application, one.stage, one.before, one.after) for one in found] == [
        (case, "", date(2026, 10, 13), date(2026, 10, 15))
    ]
    assert not {waiting, paid} & {one.application for one in found}


def test_nothing_counts_before_a_second_person_agrees_and_then_open_cases_move_and_closed_ones_stay(case, offices):
    paid = cases.a_case_in(State.DISBURSED, offices, at=ACCEPTED)
    notice = propose(offices)
    assert Application.objects.get(pk=case.pk).due_on == date(2026, 10, 13)
    assert not WorkingDay.objects.exists()
    with pytest.raises(SamePerson):
        decide(notice, offices.city_reviewer)
    decide(notice, offices.leader)
    assert Application.objects.get(pk=case.pk).due_on == date(2026, 10, 15)
    assert Application.objects.get(pk=paid.pk).due_on == date(2026, 10, 13)
    assert WorkingDay.objects.count() == 2
    with pytest.raises(MoveNotOpen):
        decide(CalendarNotice.objects.get(), offices.city_reviewer2)


def test_a_no_changes_nothing_and_lets_another_file_come(case, offices):
    notice = propose(offices)
    with pytest.raises(NoticeWaits):
        propose(offices)
    decide(notice, offices.leader, Outcome.REFUSED)
    assert not WorkingDay.objects.exists()
    assert propose(offices).is_open


@pytest.mark.parametrize(
    "content",
    [b"", b"date,is_working\n2026-10-09,x\n", FILE.replace(b"2026-10-09", b"2026-13-09"), b"x" * 200_001],
)
def test_a_file_that_cannot_be_read_leaves_nothing(offices, content):
    with pytest.raises(Invalid):
        propose(offices, content)
    assert not CalendarNotice.objects.exists()


def test_what_was_entered_already_is_nothing_new(case, offices):
    decide(propose(offices), offices.leader)
    with pytest.raises(Invalid):
        propose(offices)


@pytest.mark.parametrize("who", ["town_reviewer", "bank_officer", "sysadmin", "helper"])
def test_only_the_city_keeps_the_calendar(offices, who):
    with pytest.raises(NotPermitted):
        calendar_changes.propose(FILE, file_name="x", by=getattr(offices, who), at=NOW)


def test_the_database_keeps_a_notice_as_it_came_and_closes_it_with_its_decision_only(offices):
    notice = propose(offices)
    rows = CalendarNotice.objects.filter(pk=notice.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(content=b"another")
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(is_open=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.delete()
