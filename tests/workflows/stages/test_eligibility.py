from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.appointments import appoint
from accounts.roles import Role
from applicants import consents
from applicants.consents import NoLiveConsent
from applicants.models import Disclosure
from applicants.models.consent import Recipient
from records.models.decision import Outcome
from records.refusals import Invalid, MoveNotOpen, NotPermitted, SamePerson
from tests.makers import cases
from tests.makers.cases import MONDAY, REASONS
from tests.makers.programme import a_programme
from workflows import findings
from workflows.models import Application, Matter
from workflows.refusals import (
    AlreadyApplying,
    FindingsOpen,
    NobodyAppealed,
    PartnersRefusalStands,
    ProposalOpen,
    PublicityRunning,
    SecondPersonNeeded,
)
from workflows.separation import SurveyedHerself, WasInvolved
from workflows.stages import eligibility, guarantee, survey
from workflows.states import State


@pytest.fixture
def case(offices, programme):
    """Nothing of a business was seen, and nobody can say whether she wants it: one finding not met, one to ask."""
    accepted = cases.a_case_in(State.SURVEY, offices)
    visit = replace(cases.a_visit(offices), business_is_real=False, voluntary="unsure")
    return survey.record_survey(accepted, visit=visit, by=offices.town_reviewer, at=MONDAY, version=None)


def finding_of(case, rule):
    return findings.current(case).get(rule=rule)


def settle(case, rule, outcome, offices, *, note="问过了"):
    finding = finding_of(case, rule)
    return eligibility.settle(finding, outcome=outcome, note=note, by=offices.city_reviewer, at=MONDAY)


def override(case, rule, offices, outcome=Outcome.APPROVED):
    proposed = eligibility.propose_override(
        finding_of(case, rule), note="第二次走访看到了", by=offices.city_reviewer, at=MONDAY
    )
    return eligibility.decide_override(proposed, outcome=outcome, by=offices.leader, at=MONDAY)


def test_while_a_finding_is_open_she_is_not_recommended(offices, case):
    with pytest.raises(FindingsOpen) as refused:
        cases.recommend(case, offices)
    assert refused.value.rules == ("voluntary", "business_real")


def test_one_person_settles_what_the_rules_could_only_ask(offices, case):
    settled = settle(case, "voluntary", "met", offices)
    assert (settled.conclusion, settled.outcome) == ("met", "ask")
    assert settled.settled_by == offices.city_reviewer


def test_calling_met_what_was_found_not_met_takes_two(offices, case):
    with pytest.raises(SecondPersonNeeded):
        settle(case, "business_real", "met", offices)
    proposed = eligibility.propose_override(
        finding_of(case, "business_real"), note="第二次走访看到了", by=offices.city_reviewer, at=MONDAY
    )
    with pytest.raises(ProposalOpen):
        eligibility.propose_override(proposed, note="再提一次", by=offices.city_reviewer2, at=MONDAY)
    with pytest.raises(SamePerson):
        eligibility.decide_override(proposed, outcome=Outcome.APPROVED, by=offices.city_reviewer, at=MONDAY)
    decided = eligibility.decide_override(proposed, outcome=Outcome.APPROVED, by=offices.leader, at=MONDAY)
    assert (decided.conclusion, decided.note, decided.settled_by) == ("met", "第二次走访看到了", offices.leader)
    with pytest.raises(MoveNotOpen):
        eligibility.decide_override(decided, outcome=Outcome.REFUSED, by=offices.city_reviewer2, at=MONDAY)


def test_what_the_second_person_refuses_stays_not_met(offices, case):
    settle(case, "voluntary", "met", offices)
    refused = override(case, "business_real", offices, outcome=Outcome.REFUSED)
    assert refused.conclusion == "not_met"
    with pytest.raises(FindingsOpen):
        cases.recommend(case, offices)
    assert override(case, "business_real", offices).conclusion == "met"


def test_the_database_wants_the_second_person_too(offices, case):
    finding = finding_of(case, "business_real")
    eligibility.propose_override(finding, note="见到了", by=offices.city_reviewer, at=MONDAY)
    with pytest.raises(IntegrityError, match="override_takes_two_people"), transaction.atomic():
        findings.current(case).filter(pk=finding.pk).update(
            settled="met", settled_by=offices.city_reviewer, settled_at=MONDAY
        )


def test_a_person_may_be_stricter_than_the_rule_and_says_why(offices, case):
    with pytest.raises(Invalid):
        settle(case, "project_supported", "not_met", offices, note=" ")
    assert settle(case, "project_supported", "not_met", offices).conclusion == "not_met"


def test_only_the_city_settles_and_only_while_it_holds_the_case(offices, case):
    finding = finding_of(case, "voluntary")
    with pytest.raises(NotPermitted):
        eligibility.settle(finding, outcome="met", note="", by=offices.town_reviewer2, at=MONDAY)
    cases.decline(case, offices)
    with pytest.raises(MoveNotOpen):
        eligibility.settle(finding, outcome="met", note="", by=offices.city_reviewer, at=MONDAY)


def test_settled_and_overridden_she_is_recommended(offices, case):
    settle(case, "voluntary", "met", offices)
    override(case, "business_real", offices)
    recommended = cases.recommend(case, offices)
    assert recommended.state == State.GUARANTEE
    assert [one.organisation for one in Disclosure.objects.all()] == [offices.guarantor]


def test_who_visited_does_not_recommend(offices, programme):
    case = cases.a_case_in(State.ELIGIBILITY, offices)
    appoint(
        offices.town_reviewer2, organisation=offices.city_federation, role=Role.CITY_REVIEWER, at=MONDAY, is_head=True
    )
    visitor = type(offices.leader).objects.get(pk=offices.town_reviewer2.pk)
    with pytest.raises(SurveyedHerself):
        eligibility.recommend(case, opinion="", by=visitor, at=MONDAY, version=None)


def test_without_her_consent_nothing_is_disclosed_and_nothing_recommended(offices, programme):
    case = cases.a_case_in(State.ELIGIBILITY, offices)
    consents.take_back(case.applicant, recipient=Recipient.GUARANTOR, at=MONDAY)
    with pytest.raises(NoLiveConsent):
        cases.recommend(case, offices)
    assert not Disclosure.objects.exists()
    assert Application.objects.get(pk=case.pk).state == State.ELIGIBILITY


def test_the_guarantor_sees_the_case_from_the_recommendation_on(offices, programme):
    case = cases.a_case_in(State.ELIGIBILITY, offices)
    assert not Application.objects.visible_to(offices.guarantor_officer).exists()
    cases.recommend(case, offices)
    assert Application.objects.visible_to(offices.guarantor_officer).exists()
    assert not Application.objects.visible_to(offices.bank_officer).exists()
    consents.take_back(case.applicant, recipient=Recipient.GUARANTOR, at=MONDAY)
    assert not Application.objects.visible_to(offices.guarantor_officer).exists()


def test_without_a_guarantor_the_bank_is_next(offices):
    a_programme(offices, changes={"has_guarantor_stage": False})
    case = cases.recommend(cases.a_case_in(State.ELIGIBILITY, offices), offices)
    assert case.state == State.DISBURSEMENT
    assert [one.organisation for one in Disclosure.objects.all()] == [offices.bank]


def test_a_notice_runs_its_working_days_and_discloses_only_then(offices):
    a_programme(offices, changes={"publicity_days": 3})
    case = cases.a_case_in(State.PUBLICITY, offices)  # Monday 21 September
    assert not Disclosure.objects.exists()
    thursday = MONDAY + timedelta(days=3)
    with pytest.raises(PublicityRunning):
        eligibility.end_publicity(case, by=offices.clock, at=thursday, version=None)
    # 25 to 27 September are the Mid-Autumn Festival; the day after the third working day has begun all the same.
    ended = eligibility.end_publicity(case, by=offices.clock, at=thursday + timedelta(days=1), version=None)
    assert ended.state == State.GUARANTEE
    assert Disclosure.objects.count() == 1


def test_a_refusal_keeps_its_reasons_in_order(offices, programme):
    case = cases.a_case_in(State.ELIGIBILITY, offices)
    second = eligibility.Reason("use_unclear", "五万元里有三万元没写清买什么。", "写清每样东西和价钱。")
    declined = eligibility.decline(
        case, reasons=[*REASONS, second], by=offices.city_reviewer, at=MONDAY, version=case.version
    )
    assert list(declined.decline_reasons.values_list("position", "code")) == [(1, "project"), (2, "use_unclear")]
    assert declined.ended_on == MONDAY.date()


def test_too_general_a_reason_declines_nobody(offices, programme):
    case = cases.a_case_in(State.ELIGIBILITY, offices)
    reason = eligibility.Reason("project", "综合评定不通过", "换个项目。")
    with pytest.raises(Invalid) as refused:
        eligibility.decline(case, reasons=[reason], by=offices.city_reviewer, at=MONDAY, version=None)
    assert [error.code for error in refused.value.errors] == ["too_general"]
    assert Application.objects.get(pk=case.pk).state == State.ELIGIBILITY


def test_on_appeal_a_leader_with_no_part_in_it_starts_the_promise_afresh(offices, programme):
    declined = cases.a_case_in(State.DECLINED, offices)
    appeal = cases.appeal(declined)
    later = MONDAY + timedelta(days=8)  # Tuesday 29 September
    again = eligibility.overturn(
        declined, reason="农家乐带棋牌室，不算棋牌室。", by=offices.leader, at=later, version=None
    )
    assert again.state == State.ELIGIBILITY
    assert (again.promise_started_on, again.ended_on) == (later.date(), None)
    assert set(again.findings.values_list("round", flat=True)) == {1, 2}
    appeal = Matter.objects.get(pk=appeal.pk)
    assert (appeal.state, appeal.answer) == ("GRANTED", "农家乐带棋牌室，不算棋牌室。")


def test_without_an_appeal_nothing_is_overturned(offices, programme):
    declined = cases.a_case_in(State.DECLINED, offices)
    with pytest.raises(NobodyAppealed):
        eligibility.overturn(declined, reason="看错了，应该支持的。", by=offices.leader, at=MONDAY, version=None)


def test_an_appeal_is_not_decided_by_somebody_involved(offices, programme):
    case = cases.a_case_in(State.ELIGIBILITY, offices)
    declined = eligibility.decline(case, reasons=REASONS, by=offices.leader, at=MONDAY, version=None)
    cases.appeal(declined)
    with pytest.raises(WasInvolved):
        eligibility.overturn(declined, reason="再看看", by=offices.leader, at=MONDAY, version=None)


def test_an_appeal_that_was_in_time_is_decided_after_its_days_are_over(offices, programme):
    declined = cases.a_case_in(State.DECLINED, offices)
    last_day = MONDAY + timedelta(days=20)
    cases.appeal(declined, at=last_day)
    again = eligibility.overturn(
        declined,
        reason="项目在支持范围里，改判。",
        by=offices.leader,
        at=last_day + timedelta(days=4),
        version=None,
    )
    assert again.state == State.ELIGIBILITY


def test_what_guarantor_or_bank_refused_stands(offices, programme):
    case = cases.a_case_in(State.GUARANTEE, offices)
    refused = guarantee.refuse_guarantee(case, reasons=REASONS, by=offices.guarantor_officer, at=MONDAY, version=None)
    with pytest.raises(PartnersRefusalStands):
        eligibility.overturn(refused, reason="改判", by=offices.leader, at=MONDAY, version=None)


def test_an_overturned_case_does_not_stand_beside_a_new_one(offices, programme):
    declined = cases.a_case_in(State.DECLINED, offices)
    cases.appeal(declined)
    cases.a_submitted_case(offices, applicant=declined.applicant)
    with pytest.raises(AlreadyApplying):
        eligibility.overturn(declined, reason="改判", by=offices.leader, at=MONDAY, version=None)
