"""What a page says when a move was refused: too late, too old, not hers to make, too near to her."""

import pytest
import time_machine

from accounts.models import User
from applicants.models import HouseholdMember
from loans.models import Programme
from tests.makers.cases import (
    MONDAY,
    a_case_in,
    a_helped_draft,
    a_submitted_case,
    confirm,
    decline,
)
from tests.makers.people import Offices
from tests.workflows.web.offices_at_work import VISIT, act, browser_of, fresh, page_of
from workflows.models import Application
from workflows.stages import eligibility, intake
from workflows.states import State

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_work(programme: Programme):
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def submitted(offices: Offices) -> Application:
    return a_submitted_case(offices)


@pytest.fixture
def eligible(offices: Offices) -> Application:
    return a_case_in(State.ELIGIBILITY, offices)


def test_a_helper_of_hers_is_told_that_others_must_judge(offices: Offices):
    case = confirm(intake.request_consent(a_helped_draft(offices), by=offices.helper, at=MONDAY, version=None))
    Application.objects.filter(pk=case.pk).update(filled_by=offices.town_reviewer)
    browser = browser_of(offices.town_reviewer)
    words = "这件是您代办的，要由别人审核。"
    assert words in page_of(browser.get(f"/case/{case.number}"))
    refused = act(browser, case, "accept")
    assert refused.status_code == 403
    assert words in page_of(refused)
    assert fresh(case).state == State.SUBMITTED


def test_an_officer_of_her_own_household_steps_back(submitted, offices: Offices):
    relative = HouseholdMember.objects.get(applicant=submitted.applicant)
    User.objects.filter(pk=offices.town_reviewer.pk).update(id_index=relative.id_index)
    refused = act(browser_of(offices.town_reviewer), submitted, "accept")
    assert refused.status_code == 403
    assert "这件和您家有关系，要回避，由别人来办。" in page_of(refused)
    assert fresh(submitted).state == State.SUBMITTED


def test_a_page_that_is_too_old_says_what_happened_and_keeps_what_was_typed(eligible, offices: Offices):
    finding = eligible.findings.earliest("pk")
    eligibility.settle(finding, outcome="not_met", note="年龄不对，看了户口本", by=offices.city_reviewer, at=MONDAY)
    back = act(browser_of(offices.city_reviewer2), eligible, "return_for_rework", reason="走访再去一次")
    assert back.status_code == 302
    again = a_case_in_eligibility_again(fresh(eligible), offices)
    stale = act(browser_of(offices.city_reviewer), eligible, "recommend", opinion="写了很久的推荐意见")
    text = page_of(stale)
    assert stale.status_code == 409
    assert "这件刚被改过。您写的还在，核对后再交。" in text
    assert "退回上一环节：走访再去一次" in text
    assert "写了很久的推荐意见" in text
    assert f'name="version" value="{again.version}"' in text
    assert act(browser_of(offices.city_reviewer), again, "recommend", opinion="写了很久的推荐意见").status_code == 302


def a_case_in_eligibility_again(case: Application, offices: Offices) -> Application:
    sent = VISIT | {"version": case.version, "visitors": [offices.town_reviewer.pk, offices.town_reviewer2.pk]}
    assert browser_of(offices.town_reviewer).post(f"/case/{case.number}/visit", sent).status_code == 302
    return fresh(case)


def test_a_move_that_is_not_open_any_more_shows_what_was_typed_and_cannot_be_sent_again(eligible, offices: Offices):
    declined = decline(eligible, offices)
    late = act(browser_of(offices.city_reviewer2), declined, "recommend", opinion="写了很久的推荐意见")
    text = page_of(late)
    assert late.status_code == 409
    assert "这件现在不在这一步了" in text
    assert "您刚才写的" in text
    assert "写了很久的推荐意见" in text
    assert f'action="/case/{eligible.number}/moves/recommend' not in text


def test_an_old_link_to_a_move_leads_to_the_case(eligible, offices: Offices):
    response = browser_of(offices.city_reviewer).get(f"/case/{eligible.number}/moves/accept", follow=True)
    assert "这件现在不在这一步了" in page_of(response)


def test_a_role_that_lacks_the_move_is_refused_in_words(eligible, offices: Offices):
    refused = act(browser_of(offices.town_reviewer), eligible, "recommend", opinion="镇里来推荐")
    assert refused.status_code == 403
    assert "您的岗位办不了这一步。" in page_of(refused)


@pytest.mark.parametrize("move", ["submit", "withdraw", "supply", "expire", "accept_terms", "nonsense"])
def test_what_is_hers_or_times_has_no_page_for_offices(eligible, offices: Offices, move):
    assert act(browser_of(offices.city_reviewer), eligible, move).status_code == 404


@pytest.mark.parametrize("version", ["", "x", "-"])
def test_a_form_without_its_version_is_not_carried_out(submitted, offices: Offices, version):
    browser = browser_of(offices.town_reviewer)
    response = browser.post(f"/case/{submitted.number}/moves/accept", {"version": version})
    assert response.status_code == 422
    assert fresh(submitted).state == State.SUBMITTED
