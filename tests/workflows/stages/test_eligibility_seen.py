"""A visit that didn't meet her, or met somebody else, carries no approval, whoever agrees to it."""

from dataclasses import replace
from typing import Any

import pytest

from applicants import consents
from records.models.decision import Outcome
from tests.makers import cases
from tests.makers.cases import MONDAY
from tests.workflows.past_the_engine import insert_move, refused
from workflows import findings
from workflows.refusals import NotSeenInPerson
from workflows.stages import eligibility, interruptions, survey
from workflows.states import State

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["met_in_person", "identity_matches"])
def unseen(request, offices, programme):
    accepted = cases.a_case_in(State.SURVEY, offices)
    answer: dict[str, Any] = {request.param: False}
    visit = replace(cases.a_visit(offices), **answer)
    return survey.record_survey(accepted, visit=visit, by=offices.town_reviewer, at=MONDAY, version=None)


def let_two_people_pass_it(case, offices) -> None:
    finding = findings.current(case).get(rule="seen_in_person")
    proposed = eligibility.propose_override(finding, note="邻居说是她", by=offices.city_reviewer, at=MONDAY)
    eligibility.decide_override(proposed, outcome=Outcome.APPROVED, by=offices.leader, at=MONDAY)


def test_she_is_not_recommended_though_two_people_pass_the_finding(offices, unseen):
    let_two_people_pass_it(unseen, offices)
    with pytest.raises(NotSeenInPerson):
        cases.recommend(unseen, offices)
    unseen.refresh_from_db()
    assert unseen.state == State.ELIGIBILITY


def test_a_further_visit_that_meets_her_carries_it(offices, unseen):
    back = interruptions.return_for_rework(
        unseen, reason="没见到本人，再去一次。", by=offices.city_reviewer, at=MONDAY, version=None
    )
    assert cases.recommend(cases.record_survey(back, offices), offices).state == State.GUARANTEE


def test_the_database_refuses_it_as_well(offices, unseen):
    let_two_people_pass_it(unseen, offices)
    consents.disclose(
        unseen.applicant, case_number=unseen.number, organisation=offices.guarantor, by=offices.leader, at=MONDAY
    )
    with refused("not_seen_in_person"):
        insert_move(unseen, "recommend", "GUARANTEE", by=offices.leader)
