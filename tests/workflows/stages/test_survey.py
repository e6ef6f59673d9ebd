from dataclasses import replace
from datetime import timedelta

import pytest

from records.refusals import Invalid
from tests.makers import cases
from tests.makers.cases import MONDAY
from workflows.models import SurveyReport
from workflows.separation import HelperConflict, Kinship
from workflows.stages import intake, survey
from workflows.states import State


@pytest.fixture
def case(offices, programme):
    return cases.a_case_in(State.SURVEY, offices)


def record(case, offices, **changes):
    visit = replace(cases.a_visit(offices), **changes)
    return survey.record_survey(case, visit=visit, by=offices.town_reviewer, at=MONDAY, version=case.version)


def test_a_visit_is_kept_as_told_and_assessed_the_same_day(offices, case):
    moved = record(case, offices)
    report = moved.survey_reports.get()
    assert {one.user for one in report.visitors.all()} == {offices.town_reviewer, offices.town_reviewer2}
    assert set(moved.findings.values_list("round", "outcome")) == {(1, "met")}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"visited_on": MONDAY.date() + timedelta(days=1)}, "visit_on"),
        ({"visitors": ()}, "visitors"),
        ({"voluntary": "perhaps"}, "voluntary"),
        ({"seen": " 院里 "}, "seen"),
        ({"suggested_amount_fen": 0}, "suggested_amount"),
        ({"suggested_amount_fen": 10_000_001}, "suggested_amount"),
    ],
)
def test_a_visit_that_says_too_little_is_not_kept(offices, case, changes, field):
    with pytest.raises(Invalid) as refused:
        record(case, offices, **changes)
    assert [error.field for error in refused.value.errors] == [field]
    assert not SurveyReport.objects.exists()


def test_one_visitor_listed_twice_is_one_visitor(offices, case):
    with pytest.raises(Invalid):
        record(case, offices, visitors=(offices.town_reviewer, offices.town_reviewer))


def test_the_woman_herself_is_no_visitor(offices, case):
    with pytest.raises(Invalid):
        record(case, offices, visitors=(offices.town_reviewer, case.applicant.user))


def test_a_visit_without_her_speaks_against_her_case_but_is_kept(offices, case):
    moved = record(case, offices, met_in_person=False, voluntary="unsure", business_is_real=False)
    outcomes = dict(moved.findings.values_list("rule", "outcome"))
    assert outcomes["seen_in_person"] == "not_met"
    assert outcomes["business_real"] == "not_met"
    assert outcomes["voluntary"] == "ask"


def test_her_helper_does_not_go_along(offices, programme):
    draft = cases.a_helped_draft(offices)
    confirmed = cases.confirm(intake.request_consent(draft, by=offices.helper, at=MONDAY, version=None))
    accepted = cases.accept(confirmed, offices)
    with pytest.raises(HelperConflict):
        record(accepted, offices, visitors=(offices.town_reviewer, offices.helper))


def test_a_relative_does_not_go_along(offices, case):
    spouse = case.applicant.household.get()
    type(offices.town_reviewer2).objects.filter(pk=offices.town_reviewer2.pk).update(id_index=spouse.id_index)
    offices.town_reviewer2.refresh_from_db()
    with pytest.raises(Kinship):
        record(case, offices)


def test_where_somebody_filled_the_form_for_her_her_yes_counts_only_alone(offices, programme):
    draft = cases.a_helped_draft(offices)
    confirmed = cases.confirm(intake.request_consent(draft, by=offices.helper, at=MONDAY, version=None))
    moved = record(cases.accept(confirmed, offices), offices, was_asked_alone=False)
    assert moved.findings.get(rule="voluntary").outcome == "ask"
