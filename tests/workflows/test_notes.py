"""内部备注: written once, for colleagues of the own office and for the city."""

import pytest
from django.db import IntegrityError, connection

from records.refusals import Invalid, NotPermitted
from tests.makers.cases import MONDAY, a_case_in
from tests.workflows.past_the_engine import refused
from workflows import notes
from workflows.models import CaseNote
from workflows.states import State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("programme")]


def words_for(case, user):
    return [note.words for note in notes.read_by(case, user)]


def test_the_own_office_and_the_city_read_a_note_and_nobody_else(offices):
    case = a_case_in(State.DISBURSEMENT, offices)
    notes.write(case, words="她家院子在修路，等两天再去。", by=offices.town_reviewer, at=MONDAY)
    notes.write(case, words="流水少，问过她原因了。", by=offices.bank_officer, at=MONDAY)
    assert words_for(case, offices.town_reviewer2) == ["她家院子在修路，等两天再去。"]
    assert words_for(case, offices.bank_officer2) == ["流水少，问过她原因了。"]
    assert words_for(case, offices.leader) == ["流水少，问过她原因了。", "她家院子在修路，等两天再去。"]
    for stranger in ("guarantor_officer", "other_town_reviewer", "finance_officer", "auditor", "helper"):
        assert words_for(case, getattr(offices, stranger)) == [], stranger
    assert words_for(case, case.applicant.user) == []


@pytest.mark.parametrize("words", ["", "  ", "长" * 501])
def test_a_note_says_something_and_not_too_much(offices, words):
    case = a_case_in(State.SURVEY, offices)
    with pytest.raises(Invalid):
        notes.write(case, words=words, by=offices.town_reviewer, at=MONDAY)
    assert not CaseNote.objects.exists()


@pytest.mark.parametrize("name", ["other_town_reviewer", "guarantor_officer", "helper", "auditor", "her"])
def test_whoever_does_not_handle_the_case_writes_none(offices, name):
    case = a_case_in(State.SURVEY, offices)
    by = case.applicant.user if name == "her" else getattr(offices, name)
    if name == "guarantor_officer":
        type(case).objects.filter(pk=case.pk).update(guarantor=offices.bank)
        case = type(case).objects.get(pk=case.pk)
    with pytest.raises(NotPermitted):
        notes.write(case, words="写一句", by=by, at=MONDAY)


def test_a_note_stays_as_it_was_written(offices):
    note = notes.write(a_case_in(State.SURVEY, offices), words="写一句", by=offices.town_reviewer, at=MONDAY)
    with refused("permanent"), connection.cursor() as cursor:
        cursor.execute("UPDATE workflows_casenote SET words = 'x' WHERE id = %s", [note.pk])
    with refused("permanent"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM workflows_casenote WHERE id = %s", [note.pk])


def test_the_database_refuses_an_empty_note(offices):
    case = a_case_in(State.SURVEY, offices)
    with pytest.raises(IntegrityError, match="a_note_says_something"):
        CaseNote.objects.create(
            application=case,
            organisation=offices.bank,
            words="",
            written_by=offices.town_reviewer,
            written_at=MONDAY,
        )
