"""What waits for the caller: the same conditions as on the office's own list."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.makers.cases import MONDAY, a_case_in, a_submitted_case
from tests.workflows.api.client import Caller
from workflows import assigning
from workflows.states import State


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


def numbers(caller, **query):
    return [task["number"] for task in caller.get("tasks", **query).json()]


def test_they_are_narrowed_by_the_conditions_of_the_list(offices, programme):
    accepted = a_case_in(State.SURVEY, offices, at=MONDAY - timedelta(days=30))
    small = a_submitted_case(offices, amount_fen=2_000_000)
    town = Caller(offices.town_reviewer)
    assert numbers(town) == [accepted.number, small.number]
    for query, expected in (
        ({"due": "overdue"}, [accepted.number]),
        ({"stage": "SUBMITTED"}, [small.number]),
        ({"amount": "under_30000"}, [small.number]),
        ({"amount": "30000_to_50000", "stage": "SURVEY"}, [accepted.number]),
        ({"source": "helper"}, []),
        ({"project": "farm_stay", "find": small.number}, [small.number]),
        ({"town": offices.towns[1].code}, []),
    ):
        assert numbers(town, **query) == expected, query


def test_a_condition_that_nobody_offers_is_told_of(offices, programme):
    answer = Caller(offices.town_reviewer).get("tasks", due="someday")
    assert answer.status_code == 400
    error = answer.json()["errors"][0]
    assert (answer.json()["code"], error["field"]) == ("invalid", "due")


def test_what_a_colleague_has_taken_is_no_task_of_mine(offices, programme):
    case = a_submitted_case(offices)
    assigning.assign(case, owner=offices.town_reviewer2, by=offices.town_reviewer2, at=MONDAY)
    assert numbers(Caller(offices.town_reviewer)) == []
    mine = Caller(offices.town_reviewer2).get("tasks").json()
    assert [(task["number"], task["owner"]) for task in mine] == [(case.number, "town2")]


def test_the_banks_system_is_told_what_waits_for_the_bank(offices, programme):
    waiting = a_case_in(State.DISBURSEMENT, offices)
    a_case_in(State.GUARANTEE, offices)
    assert numbers(Caller(offices.bank_system)) == [waiting.number]


def test_more_tasks_take_no_more_questions(offices, programme):
    town, counted = Caller(offices.town_reviewer), []
    town.get("tasks")  # the first visit reads her memberships
    for _more in range(2):
        a_submitted_case(offices)
        with CaptureQueriesContext(connection) as asked:
            town.get("tasks")
        counted.append(len(asked))
    assert counted[0] == counted[1] <= 2
