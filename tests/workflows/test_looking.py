"""Who has a case open: told to the others, noted at most once a minute, and never a lock."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.makers.cases import MONDAY, a_case_in
from workflows import looking
from workflows.models import CaseLook
from workflows.states import State


@pytest.fixture
def case(offices, programme):
    return a_case_in(State.ELIGIBILITY, offices)


def test_whoever_opens_it_second_reads_who_else_has_it_open(case, offices):
    assert looking.open_case(case, by=offices.city_reviewer, at=MONDAY) == []
    later = MONDAY + timedelta(minutes=3)
    others = looking.open_case(case, by=offices.leader, at=later)
    assert [(one.reader, one.seen_at) for one in others] == [(offices.city_reviewer, MONDAY)]
    assert looking.minutes_ago(MONDAY, now=later) == 3


def test_after_ten_minutes_nobody_is_said_to_be_looking(case, offices):
    looking.open_case(case, by=offices.city_reviewer, at=MONDAY)
    assert looking.open_case(case, by=offices.leader, at=MONDAY + looking.RECENT) == []


def test_a_page_that_is_opened_again_and_again_writes_once_a_minute(case, offices):
    looking.open_case(case, by=offices.city_reviewer, at=MONDAY)
    with CaptureQueriesContext(connection) as asked:
        looking.open_case(case, by=offices.city_reviewer, at=MONDAY + timedelta(seconds=59))
    assert len(asked) == 1
    looking.open_case(case, by=offices.city_reviewer, at=MONDAY + timedelta(seconds=60))
    assert CaseLook.objects.get().seen_at == MONDAY + timedelta(seconds=60)


def test_what_moved_on_since_she_looked_counts_as_not_seen(case, offices):
    looking.open_case(case, by=offices.city_reviewer, at=MONDAY)
    assert looking.seen_as_they_are([case], by=offices.city_reviewer) == {case.pk}
    assert looking.seen_as_they_are([case], by=offices.leader) == set()
    case.version += 1
    assert looking.seen_as_they_are([case], by=offices.city_reviewer) == set()
    looking.open_case(case, by=offices.city_reviewer, at=MONDAY)
    assert looking.seen_as_they_are([case], by=offices.city_reviewer) == {case.pk}


def test_the_database_keeps_one_row_for_each_reader(case, offices):
    looking.open_case(case, by=offices.city_reviewer, at=MONDAY)
    row = CaseLook(application=case, reader=offices.city_reviewer, version=1, seen_at=MONDAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
