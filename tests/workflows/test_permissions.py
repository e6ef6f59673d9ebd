import pytest

from records import engine
from records.refusals import NotPermitted
from tests.makers import cases
from tests.makers.programme import a_programme
from tests.makers.women import a_woman
from tests.workflows.every_move import ACTORS, BANK, CITY, GUARANTOR, SOURCES, TOWN, person
from tests.workflows.test_moves import case_in
from workflows.models import Application
from workflows.separation import SurveyedHerself, WasInvolved
from workflows.stages import intake, interruptions
from workflows.states import State

EVERYBODY = (
    "her", "helper", "town_reviewer", "town_reviewer2", "other_town_reviewer", "city_reviewer", "city_reviewer2",
    "leader", "guarantor_officer", "guarantor_officer2", "bank_officer", "bank_officer2", "finance_officer",
    "finance_officer2", "sysadmin", "secadmin", "auditor", "clock", "bank_system",
)  # fmt: skip

# Moves that follow the case: in these states other people may make them than the table says.
HOLDERS = {
    ("decline", "ELIGIBILITY"): CITY,
    ("request_supplement", "ELIGIBILITY"): CITY,
    ("request_supplement", "GUARANTEE"): GUARANTOR,
    ("request_supplement", "DISBURSEMENT"): BANK,
    ("return_for_rework", "GUARANTEE"): GUARANTOR,
    ("return_for_rework", "DISBURSEMENT"): BANK,
    ("send_back", "AWAITING_CONSENT"): TOWN | {"her"},
}


@pytest.mark.parametrize("state", State)
def test_only_those_may_make_a_move_whose_office_it_is(offices, state):
    case = case_in(state, offices)
    for move, sources in SOURCES.items():
        if state not in sources:
            continue
        expected = HOLDERS.get((move, str(state)), ACTORS[move])
        permitted = {name for name in EVERYBODY if may_make(move, case, person(name, case, offices))}
        assert permitted == expected, move


def may_make(move, case, user):
    try:
        return engine.authorise(case, getattr(Application, move), by=user) is not None
    except NotPermitted:
        return False
    except (SurveyedHerself, WasInvolved):
        return True  # by her role; separation of duties has tests of its own


def test_another_town_has_nothing_to_do_with_the_case(offices, programme):
    case = cases.a_submitted_case(offices)
    with pytest.raises(NotPermitted):
        intake.accept(case, by=offices.other_town_reviewer, at=cases.MONDAY, version=None)
    assert not Application.objects.visible_to(offices.other_town_reviewer).exists()


def test_a_helper_moves_only_the_cases_of_women_whom_she_helps(offices, programme):
    own_draft = cases.a_draft(offices)
    with pytest.raises(NotPermitted):
        intake.request_consent(own_draft, by=offices.helper, at=cases.MONDAY, version=None)


def test_a_stranger_can_neither_see_nor_move_her_case(offices):
    a_programme(offices)
    case, stranger = cases.a_submitted_case(offices), a_woman(offices).user
    assert not Application.objects.visible_to(stranger).exists()
    with pytest.raises(NotPermitted):
        interruptions.withdraw(case, reason="", by=stranger, at=cases.MONDAY, version=None)


def test_whoever_has_left_the_office_may_nothing(offices, programme):
    case = cases.a_submitted_case(offices)
    offices.town_reviewer.memberships.update(ended_at=cases.MONDAY)
    with pytest.raises(NotPermitted):
        cases.accept(case, offices)
