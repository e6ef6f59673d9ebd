"""Who may not make which move, past the engine: the database itself refuses it."""

import pytest

from applicants import consents
from tests.makers import cases
from tests.makers.cases import MONDAY
from tests.makers.parties import a_surety
from tests.workflows.past_the_engine import insert_move, refused, run
from workflows.models import AssessedFinding, SurveyVisitor
from workflows.stages import intake
from workflows.states import State


def test_the_helper_never_handles_the_case(offices, programme):
    asked = intake.request_consent(cases.a_helped_draft(offices), by=offices.helper, at=MONDAY, version=None)
    case = cases.confirm(asked)
    with refused("helper_conflict"):
        insert_move(case, "accept", "SURVEY", by=offices.helper)


def test_neither_does_whoever_holds_a_mandate_of_hers(offices, programme):
    case = cases.a_submitted_case(offices)
    case.applicant.mandates.create(
        helper=offices.town_reviewer, route="in_person", valid_until_on=MONDAY.date(), created_at=MONDAY
    )
    with refused("helper_conflict"):
        insert_move(case, "accept", "SURVEY", by=offices.town_reviewer)


@pytest.mark.parametrize("whose", ["her own", "her spouse's", "her phone", "her surety's"])
def test_a_relative_never_handles_the_case(offices, programme, whose):
    case = cases.a_submitted_case(offices)
    index = {
        "her own": {"id_index": case.applicant.id_index},
        "her spouse's": {"id_index": case.applicant.household.get().id_index},
        "her phone": {"mobile_index": case.applicant.mobile_index},
        "her surety's": {"mobile_index": a_surety(case.applicant, at=MONDAY).mobile_index},
    }[whose]
    type(offices.town_reviewer).objects.filter(pk=offices.town_reviewer.pk).update(**index)
    with refused("kinship"):
        insert_move(case, "accept", "SURVEY", by=offices.town_reviewer)
    insert_move(case, "accept", "SURVEY", by=offices.town_reviewer2)


def test_who_visited_or_wrote_it_down_does_not_recommend(offices, programme):
    case = cases.a_case_in(State.ELIGIBILITY, offices)
    consents.disclose(
        case.applicant, case_number=case.number, organisation=offices.guarantor, by=offices.leader, at=MONDAY
    )
    for surveyor in (offices.town_reviewer, offices.town_reviewer2):
        with refused("surveyed_it_yourself"):
            insert_move(case, "recommend", "GUARANTEE", by=surveyor)
    SurveyVisitor.objects.create(report=case.survey_reports.get(), user=offices.city_reviewer)
    with refused("surveyed_it_yourself"):
        insert_move(case, "recommend", "GUARANTEE", by=offices.city_reviewer)
    insert_move(case, "recommend", "GUARANTEE", by=offices.leader)


def test_while_findings_are_open_nobody_recommends(offices, programme):
    case = cases.a_case_in(State.ELIGIBILITY, offices)
    consents.disclose(
        case.applicant, case_number=case.number, organisation=offices.guarantor, by=offices.leader, at=MONDAY
    )
    AssessedFinding.objects.create(
        application=case,
        round=2,
        position=1,
        rule="woman",
        outcome="ask",
        found={},
        required={},
        clause="",
        policy_version="",
        assessed_at=MONDAY,
    )
    with refused("findings_open"):
        insert_move(case, "recommend", "GUARANTEE", by=offices.leader)


def test_findings_stay_as_they_were_on_the_day(offices, programme):
    case = cases.a_case_in(State.ELIGIBILITY, offices)
    with refused("finding_stays_as_it_was"):
        case.findings.filter(rule="woman").update(outcome="not_met")
    with refused("finding_stays_as_it_was"):
        run("DELETE FROM workflows_assessedfinding WHERE application_id = %s", case.pk)


def test_nobody_overturns_what_she_had_a_part_in(offices, programme):
    case = cases.a_case_in(State.DECLINED, offices)
    with refused("nobody_appealed"):
        insert_move(case, "overturn", "ELIGIBILITY", by=offices.leader)
    cases.appeal(case)
    with refused("was_involved"):
        insert_move(case, "overturn", "ELIGIBILITY", by=offices.city_reviewer)
    insert_move(case, "overturn", "ELIGIBILITY", by=offices.leader)
