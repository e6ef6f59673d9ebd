from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import connection

from loans.models import Guarantee, Loan
from records.triggers import install
from tests.makers import cases
from tests.makers.cases import MONDAY
from tests.makers.parties import a_surety
from tests.makers.programme import a_programme
from workflows import verification
from workflows.models import Application, Assignment, CasePause
from workflows.states import State


@contextmanager
def unguarded() -> Iterator[None]:
    """What the triggers refuse is looked for all the same: the tables may have been written without them."""
    connection.check_constraints()  # PostgreSQL drops no trigger while checks are pending
    install.drop_all(connection)
    yield
    connection.check_constraints()
    install.create_all(connection)


def found():
    return list(verification.findings())


def test_a_sound_database_has_nothing_to_say(offices):
    a_programme(offices)
    for state in State:
        if state not in (State.WAITLISTED, State.PUBLICITY):
            cases.a_case_in(state, offices)
    assert found() == []


def test_lines_and_notices_are_sound_too(offices):
    a_programme(offices, deposit_fen=0, changes={"publicity_days": 3})
    cases.a_case_in(State.WAITLISTED, offices)
    assert found() == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"version": 7}, "its version isn't the number of its moves"),
        ({"state": State.GUARANTEE}, "its state isn't where the last move led"),
        ({"person_index": "0" * 64, "due_on": MONDAY.date()}, "its due day isn't what the clock says"),
        ({"stage_due_on": None}, "its stage's due day isn't what the clock says"),
        ({"promise_started_on": None}, "the promise's start isn't what the log says"),
        ({"ended_on": MONDAY.date()}, "its end isn't what its state says"),
    ],
)
def test_a_row_that_was_written_past_us_is_found(offices, programme, changes, words):
    case = cases.a_case_in(State.SURVEY, offices)
    with unguarded():
        Application.objects.filter(pk=case.pk).update(**changes)
    assert f"case {case.number}: {words}" in found()


def test_a_state_without_a_log_is_found(offices, programme):
    draft = cases.a_draft(offices)
    with unguarded():
        Application.objects.filter(pk=draft.pk).update(state=State.FROZEN, frozen_from=State.DRAFT)
    assert f"case {draft.number}: no draft, and yet it was never moved" in found()


def test_a_case_in_nobodys_hands_is_found(offices, programme):
    case = cases.a_case_in(State.SURVEY, offices)
    Assignment.objects.filter(application=case).update(ended_at=MONDAY)
    assert found() == [f"case {case.number}: open, and with no office"]


def test_an_assignment_that_outlived_its_case_is_found(offices, programme):
    case = cases.a_case_in(State.DECLINED, offices)
    Assignment.objects.create(
        application=case, organisation=offices.city_federation, assigned_by=offices.leader, assigned_at=MONDAY
    )
    assert found() == [f"case {case.number}: in nobody's hands, and still assigned"]


def test_pauses_that_do_not_match_the_state_are_found(offices, programme):
    case = cases.a_case_in(State.SUPPLEMENT, offices)
    CasePause.objects.filter(application=case).update(ended_on=MONDAY.date(), closed_by=offices.leader)
    assert f"case {case.number}: its state stops the clock, and no pause is open" in found()
    other = cases.a_case_in(State.SURVEY, offices)
    CasePause.objects.create(application=other, reason="frozen", started_on=MONDAY.date(), opened_by=offices.leader)
    assert f"case {other.number}: a pause of another state is still open" in found()


def test_a_pause_that_outlived_its_case_is_found(offices, programme):
    case = cases.a_case_in(State.DECLINED, offices)
    CasePause.objects.create(
        application=case, reason="force_majeure", started_on=MONDAY.date(), opened_by=offices.leader
    )
    assert found() == [f"case {case.number}: over, and still paused"]


def test_money_that_does_not_match_the_case_is_found(offices, programme):
    unpaid = cases.a_case_in(State.PAYOUT, offices)
    with unguarded():
        Loan.objects.filter(application=unpaid).update(
            state="ACTIVE",
            bank_serial="1",
            bank_loan_no="1",
            disbursed_on=date(2026, 9, 21),
            matures_on=date(2027, 9, 21),
        )
    assert f"case {unpaid.number}: not paid, and yet its loan is" in found()


def test_a_promise_that_outlived_its_case_is_found(offices, programme):
    case = cases.a_case_in(State.SIGNING, offices)
    withdrawn = cases.withdraw(case, offices)
    with unguarded():
        Guarantee.objects.get(application=withdrawn).moves.filter(kind="void").delete()
        Loan.objects.filter(application=case).update(state="APPROVED")
    assert {
        f"case {case.number}: came to nothing, and its guarantee still stands",
        f"case {case.number}: came to nothing, and its loan wasn't cancelled",
    } <= set(found())


def test_a_case_that_reached_a_partner_undisclosed_is_found(offices, programme):
    case = cases.a_case_in(State.GUARANTEE, offices)
    with unguarded():
        case.applicant.disclosures.all().delete()
    assert f"case {case.number}: with a partner to whom it was never disclosed" in found()


def test_somebody_who_never_agreed_stands_out(offices, programme):
    case = cases.a_submitted_case(offices)
    a_surety(case.applicant)
    assert found() == [f"case {case.number}: names somebody who never agreed to it"]
