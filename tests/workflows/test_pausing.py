from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from records.refusals import Invalid, NotPermitted
from tests.makers import cases
from tests.makers.cases import MONDAY
from tests.makers.people import SHANGHAI
from workflows import pausing
from workflows.models import Application, CasePause
from workflows.models.pause import PauseReason
from workflows.pausing import AlreadyPaused, NothingToPause
from workflows.refusals import HeadNeeded
from workflows.separation import Kinship
from workflows.states import State

THURSDAY = date(2026, 9, 24)


@pytest.fixture
def case(offices, programme):
    return cases.a_case_in(State.ELIGIBILITY, offices)


def pause(case, by, *, reason=PauseReason.FORCE_MAJEURE, expected_on=THURSDAY, at=MONDAY):
    return pausing.pause(case, reason=reason, expected_on=expected_on, note="台风", by=by, at=at)


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (State.SUPPLEMENT, "papers"),
        (State.TERMS_OFFERED, "terms"),
        (State.SIGNING, "signing"),
        (State.FROZEN, "frozen"),
    ],
)
def test_waiting_for_her_stops_the_clock_by_itself(offices, programme, state, reason):
    case = cases.a_case_in(state, offices)
    assert [one.reason for one in case.pauses.filter(ended_on__isnull=True)] == [reason]
    assert case.due_on is None


@pytest.mark.parametrize("state", [State.SURVEY, State.ELIGIBILITY, State.GUARANTEE, State.DISBURSEMENT, State.PAYOUT])
def test_our_own_queue_never_does(offices, programme, state):
    case = cases.a_case_in(state, offices)
    assert not case.pauses.filter(ended_on__isnull=True).exists()
    assert case.due_on is not None


def test_what_is_outside_our_hands_stops_it_until_it_is_resumed(offices, case):
    due_on = case.due_on
    opened = pause(case, offices.city_reviewer)
    assert Application.objects.get(pk=case.pk).due_on is None
    pausing.resume(opened, by=offices.city_reviewer2, at=MONDAY + timedelta(days=3))
    resumed = Application.objects.get(pk=case.pk)
    assert resumed.due_on == due_on + timedelta(days=4)  # three working days, the last of them before a Saturday
    with pytest.raises(NothingToPause):
        pausing.resume(opened, by=offices.city_reviewer, at=MONDAY)


def test_the_same_thing_is_not_paused_twice(offices, case):
    pause(case, offices.city_reviewer)
    with pytest.raises(AlreadyPaused):
        pause(case, offices.city_reviewer2)


def test_a_check_outside_takes_the_head(offices, case):
    with pytest.raises(HeadNeeded):
        pause(case, offices.city_reviewer, reason=PauseReason.OUTSIDE_CHECK)
    assert pause(case, offices.leader, reason=PauseReason.OUTSIDE_CHECK).reason == "outside_check"


@pytest.mark.parametrize("expected_on", [MONDAY.date(), date(2026, 10, 13)])
def test_a_pause_says_when_it_will_be_over_within_ten_working_days(offices, case, expected_on):
    with pytest.raises(Invalid) as refused:
        pause(case, offices.city_reviewer, expected_on=expected_on)
    assert refused.value.errors[0].limits == {"min": "2026-09-21", "max": "2026-10-12"}


def test_only_the_office_that_holds_the_case_pauses_it(offices, case):
    for by in (offices.town_reviewer, offices.guarantor_officer, case.applicant.user):
        with pytest.raises(NotPermitted):
            pause(case, by)


def test_a_relative_does_not_pause_it(offices, case):
    type(offices.leader).objects.filter(pk=offices.leader.pk).update(id_index=case.applicant.id_index)
    with pytest.raises(Kinship):
        pause(case, type(offices.leader).objects.get(pk=offices.leader.pk))


@pytest.mark.parametrize("state", [State.SUBMITTED, State.DECLINED])
def test_before_the_promise_and_after_the_end_there_is_nothing_to_pause(offices, programme, state):
    with pytest.raises(NothingToPause):
        pause(cases.a_case_in(state, offices), offices.leader)


def test_an_ending_closes_every_pause(offices, case):
    pause(case, offices.city_reviewer)
    declined = cases.decline(case, offices)
    assert not declined.pauses.filter(ended_on__isnull=True).exists()


def test_a_move_leaves_a_pause_open_that_somebody_asked_for(offices, case):
    pause(case, offices.city_reviewer)
    assert cases.recommend(case, offices).due_on is None


def test_two_pauses_at_once_take_a_day_out_once(offices, programme):
    start = datetime(2026, 9, 28, 9, 0, tzinfo=SHANGHAI)
    case = cases.a_case_in(State.SURVEY, offices, at=start)
    opened = pause(case, offices.town_reviewer, expected_on=date(2026, 10, 9), at=start + timedelta(days=1))
    asked = cases.ask_for_papers(case, offices, start + timedelta(days=2))
    pausing.resume(opened, by=offices.town_reviewer, at=datetime(2026, 10, 8, 9, 0, tzinfo=SHANGHAI))
    supplied = cases.supply(asked, at=datetime(2026, 10, 9, 9, 0, tzinfo=SHANGHAI))
    # 29 and 30 September, 8 and 9 October are out: days 1 to 7 are 10, 12, 13, 14, 15, 16 and 19 October.
    assert supplied.due_on == date(2026, 10, 19)


def test_the_database_keeps_one_open_pause_for_each_reason(offices, case):
    opened = pause(case, offices.city_reviewer)
    with pytest.raises(IntegrityError), transaction.atomic():
        CasePause.objects.create(
            application=case, reason=opened.reason, started_on=MONDAY.date(), opened_by=offices.leader
        )
    with pytest.raises(IntegrityError, match="a_pause_ends_after_it_starts"), transaction.atomic():
        CasePause.objects.filter(pk=opened.pk).update(ended_on=date(2026, 9, 20), closed_by=offices.leader)
