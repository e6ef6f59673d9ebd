import pytest

from accounts.appointments import appoint
from accounts.roles import Role
from applicants import consents
from applicants.models.consent import Recipient
from records.refusals import MoveNotOpen, NotPermitted
from tests.makers import cases
from tests.makers.cases import MONDAY
from tests.makers.programme import a_programme
from workflows import partners
from workflows.models import Application
from workflows.separation import HelperConflict
from workflows.stages import intake
from workflows.states import State


def seen_by(user):
    return set(Application.objects.visible_to(user).values_list("number", flat=True))


def test_before_she_hands_it_in_the_case_is_hers_alone(offices, programme):
    draft = cases.a_draft(offices)
    assert seen_by(draft.applicant.user) == {draft.number}
    for officer in (offices.town_reviewer, offices.city_reviewer, offices.leader, offices.clock, offices.helper):
        assert seen_by(officer) == set()


def test_the_federations_of_her_village_see_it_others_dont(offices, programme):
    case = cases.a_submitted_case(offices)
    for officer in (offices.town_reviewer, offices.city_reviewer, offices.clock):
        assert seen_by(officer) == {case.number}
    for officer in (offices.other_town_reviewer, offices.finance_officer, offices.sysadmin, offices.auditor):
        assert seen_by(officer) == set()


def test_a_helper_sees_whom_she_helps_until_that_woman_says_it_wasnt_her(offices, programme):
    draft = cases.a_helped_draft(offices)
    assert seen_by(offices.helper) == {draft.number}
    draft.applicant.mandates.update(answer="not_mine", answered_at=MONDAY)
    assert seen_by(offices.helper) == set()


def test_a_case_with_two_mandates_is_one_case(offices, programme):
    draft = cases.a_helped_draft(offices)
    draft.applicant.mandates.create(
        helper=offices.helper, route="in_person", valid_until_on=MONDAY.date(), created_at=MONDAY
    )
    assert Application.objects.visible_to(offices.helper).count() == 1


def test_partners_see_what_is_disclosed_to_them_and_as_long_as_she_agrees(offices, programme):
    case = cases.a_case_in(State.DISBURSEMENT, offices)
    assert seen_by(offices.guarantor_officer) == seen_by(offices.bank_officer) == {case.number}
    consents.take_back(case.applicant, recipient=Recipient.BANK, at=MONDAY)
    assert seen_by(offices.bank_officer) == set()
    consents.give(case.applicant, recipients=[Recipient.BANK], channel="web", by=case.applicant.user, at=MONDAY)
    assert seen_by(offices.bank_officer) == {case.number}


def test_a_loan_that_was_paid_stays_with_those_who_carry_it(offices, programme):
    case = cases.a_case_in(State.DISBURSED, offices)
    for recipient in (Recipient.BANK, Recipient.GUARANTOR):
        consents.take_back(case.applicant, recipient=recipient, at=MONDAY)
    assert seen_by(offices.guarantor_officer) == seen_by(offices.bank_system) == {case.number}


def test_invited_early_both_partners_see_an_accepted_case(offices, programme):
    case = cases.a_case_in(State.SURVEY, offices)
    assert partners.invite_partners(case, by=offices.town_reviewer, at=MONDAY).pk == case.pk
    assert seen_by(offices.guarantor_officer) == seen_by(offices.bank_officer) == {case.number}
    # To invite again, or to recommend afterwards, tells nobody twice.
    partners.invite_partners(case, by=offices.city_reviewer, at=MONDAY)
    recommended = cases.recommend(cases.record_survey(case, offices), offices)
    assert recommended.state == State.GUARANTEE


def test_only_town_and_city_invite_and_only_while_it_is_theirs(offices, programme):
    case = cases.a_case_in(State.SURVEY, offices)
    for by in (offices.other_town_reviewer, offices.guarantor_officer, case.applicant.user):
        with pytest.raises(NotPermitted):
            partners.invite_partners(case, by=by, at=MONDAY)
    with pytest.raises(MoveNotOpen):
        partners.invite_partners(cases.a_submitted_case(offices), by=offices.town_reviewer, at=MONDAY)


def test_nobody_is_invited_without_her_consent(offices, programme):
    case = cases.a_case_in(State.SURVEY, offices)
    consents.take_back(case.applicant, recipient=Recipient.BANK, at=MONDAY)
    with pytest.raises(consents.NoLiveConsent):
        partners.invite_partners(case, by=offices.town_reviewer, at=MONDAY)
    assert seen_by(offices.guarantor_officer) == set()


def test_a_helper_invites_nobody_to_her_own_case(offices, programme):
    asked = intake.request_consent(cases.a_helped_draft(offices), by=offices.helper, at=MONDAY, version=None)
    case = cases.accept(cases.confirm(asked), offices)
    appoint(offices.helper, organisation=offices.town_federations[0], role=Role.TOWN_REVIEWER, at=MONDAY, is_head=False)
    with pytest.raises(HelperConflict):
        partners.invite_partners(case, by=type(offices.helper).objects.get(pk=offices.helper.pk), at=MONDAY)


def test_without_a_guarantor_only_the_bank_is_invited(offices):
    a_programme(offices, changes={"has_guarantor_stage": False})
    case = cases.a_case_in(State.SURVEY, offices)
    partners.invite_partners(case, by=offices.town_reviewer, at=MONDAY)
    assert seen_by(offices.guarantor_officer) == set()
    assert seen_by(offices.bank_officer) == {case.number}


def test_after_handing_in_a_helper_sees_and_does_what_she_was_let(offices, programme):
    asked = intake.request_consent(cases.a_helped_draft(offices), by=offices.helper, at=MONDAY, version=None)
    case = cases.confirm(asked)
    mandates = case.applicant.mandates
    mandates.update(may_follow=False, may_supply=False)
    assert seen_by(offices.helper) == set()
    mandates.update(may_follow=True)
    assert seen_by(offices.helper) == {case.number}
    assert case.authority_of(offices.helper, "supply") is None
    mandates.update(may_supply=True)
    assert case.authority_of(offices.helper, "supply") is not None
    mandates.update(ended_at=MONDAY)
    assert seen_by(offices.helper) == set()
    assert case.authority_of(offices.helper, "supply") is None


def test_an_officer_of_the_town_helps_only_whom_she_was_asked_by(offices, programme):
    draft = cases.a_helped_draft(offices)
    assert draft.authority_of(offices.town_reviewer, "request_consent") is None
    draft.applicant.mandates.update(helper=offices.town_reviewer)
    assert draft.authority_of(offices.town_reviewer, "request_consent") is not None
    assert draft.authority_of(offices.helper, "request_consent") is None
