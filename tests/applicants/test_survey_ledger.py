"""摸底: a row is kept once under its key, whole rows stay whole, and one application begins from it."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from applicants import survey_ledger
from applicants.models import SurveyedWoman
from applicants.survey_ledger import Told
from tests.makers.people import OPENED_AT as AT
from tests.makers.people import Offices
from tests.makers.women import a_woman

pytestmark = pytest.mark.django_db

KEY = uuid.UUID(int=7)
TOLD = Told(full_name="申请人甲", wants="养奶羊", willing="yes")


def keep(offices: Offices, told: Told = TOLD, *, key: uuid.UUID = KEY, is_whole: bool = True, at=AT) -> SurveyedWoman:
    return survey_ledger.keep(told, key=key, village=offices.villages[0], is_whole=is_whole, by=offices.helper, at=at)


def test_a_row_that_arrives_twice_is_one_row_as_it_was_told_last(offices: Offices):
    keep(offices)
    again = keep(offices, Told(full_name="申请人甲", willing="thinks"), at=AT + timedelta(minutes=1))
    assert SurveyedWoman.objects.count() == 1
    assert (again.willing, again.wants, again.sent_at) == ("thinks", "", AT)


def test_a_draft_becomes_whole_and_a_late_draft_changes_nothing(offices: Offices):
    assert keep(offices, Told(full_name="申请"), is_whole=False).sent_at is None
    keep(offices)
    assert keep(offices, Told(full_name="申请"), is_whole=False).full_name == "申请人甲"


def test_the_same_key_of_two_helpers_is_two_rows(offices: Offices):
    keep(offices)
    survey_ledger.keep(TOLD, key=KEY, village=offices.villages[0], is_whole=True, by=offices.town_reviewer, at=AT)
    assert SurveyedWoman.objects.count() == 2


def test_one_application_begins_from_a_row_and_then_it_stays_as_it_is(offices: Offices):
    row, her = keep(offices), a_woman(offices)
    survey_ledger.begin(row, her)
    with pytest.raises(survey_ledger.AlreadyBegun):
        survey_ledger.begin(row, a_woman(offices))
    with pytest.raises(survey_ledger.AlreadyBegun):
        keep(offices)
    row.refresh_from_db()
    assert row.applicant == her


def test_nothing_begins_from_a_draft(offices: Offices):
    draft = keep(offices, is_whole=False)
    with pytest.raises(survey_ledger.AlreadyBegun):
        survey_ledger.begin(draft, a_woman(offices))
    with pytest.raises(IntegrityError, match="an_application_begins_from_a_sent_row"):
        SurveyedWoman.objects.update(applicant=a_woman(offices))


def test_after_a_year_it_is_forgotten(offices: Offices):
    keep(offices)
    assert survey_ledger.forget(at=AT + timedelta(days=365)) == 0
    assert survey_ledger.forget(at=AT + timedelta(days=366)) == 1


@pytest.mark.parametrize("told", [Told(full_name="申请人甲"), Told(willing="yes"), Told(full_name="甲", willing="x")])
def test_the_database_wants_a_name_and_an_answer_of_a_whole_row(offices: Offices, told):
    with pytest.raises(IntegrityError, match="a_sent_survey_row_names_her_and_what_she_wants"):
        keep(offices, told)


def test_the_database_keeps_a_row_once(offices: Offices):
    row = keep(offices)
    with pytest.raises(IntegrityError), transaction.atomic():
        SurveyedWoman.objects.create(key=row.key, by=row.by, village=row.village, begun_at=AT)
