import pytest

from loans.models import GuaranteePool
from records import engine
from records.refusals import MoveNotOpen, NotPermitted, Stale
from tests.makers import cases
from tests.makers.programme import a_programme
from tests.workflows.every_move import ACTORS, CALLS, SOURCES, person
from workflows.models import Application
from workflows.models.application import ApplicationTransition
from workflows.stages import eligibility, guarantee, intake
from workflows.states import State


def case_in(state, offices):
    changes = {"publicity_days": 5} if state == State.PUBLICITY else {}
    a_programme(offices, deposit_fen=0 if state == State.WAITLISTED else 100_000_000, changes=changes)
    # Of a draft the one that her helper fills in: there is more that can be done with it.
    return cases.a_helped_draft(offices) if state == State.DRAFT else cases.a_case_in(state, offices)


def moves_of(case):
    options = Application._meta
    return {one.name: one for one in options.get_field("state").get_all_transitions(Application)}


def test_the_table_of_this_test_names_every_move():
    assert set(SOURCES) == set(ACTORS) == set(CALLS) == set(moves_of(None))


def test_every_move_asks_for_a_permission():
    assert all(isinstance(one.permission, str) for one in moves_of(None).values())


@pytest.mark.parametrize("state", State)
def test_only_the_documented_moves_lead_out_of_a_state(offices, state):
    case = case_in(state, offices)
    for move, sources in SOURCES.items():
        actor = person(min(ACTORS[move]), case, offices)
        if state in sources:
            continue
        with pytest.raises(MoveNotOpen):
            CALLS[move](case, offices, actor, cases.MONDAY)
    assert Application.objects.get(pk=case.pk).version == case.version


@pytest.mark.parametrize("state", State)
def test_each_documented_move_is_open_to_somebody(offices, state):
    case = case_in(state, offices)
    everybody = ("her", "helper", *sorted(set().union(*ACTORS.values()) - {"her", "helper"}))
    people = [person(name, case, offices) for name in (*everybody, "guarantor_officer", "bank_officer")]
    open_to_somebody = {move for one in people for move in engine.open_moves(case, by=one)}
    assert open_to_somebody == {move for move, sources in SOURCES.items() if state in sources}


@pytest.mark.parametrize("state", [state for state in State if state not in (State.DRAFT, State.AWAITING_CONSENT)])
def test_a_stale_copy_moves_nothing(offices, state):
    case = case_in(state, offices)
    for move, sources in SOURCES.items():
        if state in sources:
            actor = person(min(ACTORS[move]), case, offices)
            with pytest.raises(Stale):
                engine.perform(case, getattr(Application, move), by=actor, at=cases.MONDAY, version=case.version - 1)


def test_of_two_who_saw_the_same_version_one_gets_it(offices, programme):
    case = cases.a_submitted_case(offices)
    seen = case.version
    cases.accept(case, offices)
    with pytest.raises(Stale):
        CALLS_WITH_VERSION["decline"](case, offices, seen)
    with pytest.raises(MoveNotOpen):
        intake.accept(case, by=offices.town_reviewer2, at=cases.MONDAY, version=None)


CALLS_WITH_VERSION = {
    "decline": lambda case, offices, version: eligibility.decline(
        case, reasons=cases.REASONS, by=offices.town_reviewer2, at=cases.MONDAY, version=version
    )
}


def test_a_refused_move_leaves_nothing_behind(offices, programme):
    case = cases.a_case_in(State.GUARANTEE, offices)
    with pytest.raises(NotPermitted):
        guarantee.guarantee(
            case, terms=cases.guarantee_terms(case), by=offices.bank_officer, at=cases.MONDAY, version=None
        )
    assert GuaranteePool.objects.get().reserved_fen == 0
    assert not ApplicationTransition.objects.filter(subject=case, move="guarantee").exists()


def test_each_move_is_one_row_of_the_log(offices, programme):
    case = cases.a_case_in(State.DISBURSED, offices)
    rows = list(case.log.values_list("version", "move", "source", "target"))
    assert rows == [
        (1, "submit", "DRAFT", "SUBMITTED"),
        (2, "accept", "SUBMITTED", "SURVEY"),
        (3, "record_survey", "SURVEY", "ELIGIBILITY"),
        (4, "recommend", "ELIGIBILITY", "GUARANTEE"),
        (5, "guarantee", "GUARANTEE", "DISBURSEMENT"),
        (6, "approve_loan", "DISBURSEMENT", "SIGNING"),
        (7, "sign", "SIGNING", "PAYOUT"),
        (8, "disburse", "PAYOUT", "DISBURSED"),
    ]
    assert case.version == 8
