"""督办: what the city looks at from above, and that each case is nudged once a day."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.calendars import calendar_in_force
from records.models import Notice
from records.refusals import NotPermitted
from tests.makers import cases
from tests.makers.people import SHANGHAI, Offices
from workflows import supervising
from workflows.assigning import assign
from workflows.models import Application, Nudge
from workflows.states import State
from workflows.supervising import NothingToSupervise, NudgedToday

pytestmark = pytest.mark.django_db

ACCEPTED = datetime(2026, 9, 28, 9, 0, tzinfo=SHANGHAI)  # due on Tuesday 13 October
LATE = datetime(2026, 10, 14, 9, 0, tzinfo=SHANGHAI)


@pytest.fixture
def case(offices: Offices, programme) -> Application:
    """With the guarantor, taken by one of its officers."""
    late = cases.a_case_in(State.GUARANTEE, offices, at=ACCEPTED)
    assign(late, owner=offices.guarantor_officer, by=offices.guarantor_officer, at=ACCEPTED)
    return late


def test_a_nudge_tells_the_owner_and_the_heads_and_is_kept(case, offices):
    sent = supervising.nudge(case, words="农忙前一定办完。", by=offices.leader, at=LATE)
    assert (sent.about, sent.organisation, sent.sent_by, sent.sent_at) == (
        "overdue",
        offices.guarantor,
        offices.leader,
        LATE,
    )
    assert sent.told == "葛立新、薄海宁"  # no head there: everybody hears it
    told = Notice.objects.filter(kind="nudge")
    assert {notice.to_user for notice in told} == {offices.guarantor_officer, offices.guarantor_officer2}
    assert {notice.text for notice in told} == {f"督办：{case.number} 农忙前一定办完。"}


def test_without_words_it_says_what_was_due(case, offices):
    words = supervising.nudge(case, by=offices.leader, at=LATE).words
    assert words.replace("\N{NO-BREAK SPACE}", " ") == "10 月 13 日应办完，已经超期，抓紧办结。"


def test_a_case_is_nudged_once_a_day(case, offices):
    supervising.nudge(case, by=offices.leader, at=LATE)
    with pytest.raises(NudgedToday):
        supervising.nudge(case, by=offices.city_reviewer, at=LATE.replace(hour=23))
    supervising.nudge(case, by=offices.city_reviewer, at=LATE + timedelta(days=1))
    assert case.nudges.count() == 2
    twice = Nudge.objects.latest("pk")
    twice.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        twice.save(force_insert=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        case.nudges.all().delete()


def test_what_is_in_time_or_over_needs_no_nudge(case, offices):
    with pytest.raises(NothingToSupervise):
        supervising.nudge(case, by=offices.leader, at=datetime(2026, 10, 13, 23, 0, tzinfo=SHANGHAI))
    paid = cases.a_case_in(State.DISBURSED, offices, at=ACCEPTED)
    with pytest.raises(NothingToSupervise):
        supervising.nudge(paid, by=offices.leader, at=LATE)


@pytest.mark.parametrize("who", ["town_reviewer", "guarantor_officer", "bank_officer", "helper", "auditor"])
def test_only_the_city_nudges(case, offices, who):
    with pytest.raises(NotPermitted):
        supervising.nudge(case, by=getattr(offices, who), at=LATE)


def test_a_pause_of_more_than_ten_working_days_is_looked_at(offices, programme):
    waiting = cases.a_case_in(State.SUPPLEMENT, offices, at=datetime(2026, 10, 9, 9, 0, tzinfo=SHANGHAI))
    calendar = calendar_in_force()

    def is_shown(on: date) -> bool:
        condition = supervising.paused_too_long(today=on, calendar=calendar)
        return Application.objects.filter(condition, pk=waiting.pk).exists()

    # 10 October is worked; the tenth working day after the 9th is the 22nd.
    assert not is_shown(date(2026, 10, 22))
    assert is_shown(date(2026, 10, 23))
    sent = supervising.nudge(waiting, by=offices.leader, at=datetime(2026, 10, 23, 9, 0, tzinfo=SHANGHAI))
    assert sent.about == "paused"
