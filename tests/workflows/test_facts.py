from datetime import date, timedelta

import pytest

from applicants.models import HouseholdMember, Party
from tests.makers import cases
from tests.makers.cases import MONDAY
from tests.makers.loans import compensated, moment
from tests.makers.parties import a_partner, a_surety
from tests.makers.women import a_woman
from workflows import findings
from workflows.facts import facts_of
from workflows.models import Application
from workflows.states import State


def test_the_facts_come_from_her_form_and_the_visit(offices, programme):
    facts = facts_of(cases.a_case_in(State.ELIGIBILITY, offices))
    assert facts.birth_on == date(1985, 3, 12)
    assert facts.is_female
    assert facts.other_loans == ("none",)
    assert facts.business_evidence == ("village_certificate",)
    assert (facts.is_voluntary, facts.was_seen_in_person, facts.is_business_real) == (True, True, True)
    assert facts.is_use_of_funds_detailed
    assert (facts.subsidised_loans_before, facts.household_has_live_loan) == (0, False)


def test_before_the_visit_nobody_knows_what_only_visitors_can(offices, programme):
    facts = facts_of(cases.a_case_in(State.SURVEY, offices))
    assert (facts.is_voluntary, facts.was_seen_in_person, facts.is_business_real) == (None, None, None)


def test_a_loan_of_hers_counts_in_her_life_and_in_her_household(offices, programme):
    paid = cases.a_case_in(State.DISBURSED, offices)
    again = cases.a_draft(offices, applicant=a_woman(offices, id_no=paid.applicant.id_no))
    facts = facts_of(again)
    assert (facts.subsidised_loans_before, facts.household_has_live_loan) == (1, True)


def test_a_member_of_the_household_without_a_number_leaves_it_open(offices, programme):
    draft = cases.a_draft(offices)
    HouseholdMember.objects.create(applicant=draft.applicant, relation="parent", full_name="家属")
    assert facts_of(draft).household_has_live_loan is None


def test_a_child_at_school_leaves_nothing_open(offices, programme):
    draft = cases.a_draft(offices)
    HouseholdMember.objects.create(applicant=draft.applicant, relation="child", occupation="pupil")
    assert facts_of(draft).household_has_live_loan is False


@pytest.mark.parametrize(("on_public_payroll", "barred"), [(True, True), (None, None), (False, False)])
def test_a_partner_on_the_public_payroll_is_barred(offices, programme, on_public_payroll, barred):
    draft = cases.a_draft(offices)
    partner = a_partner(draft.applicant)
    Party.objects.filter(pk=partner.pk).update(on_public_payroll=on_public_payroll)
    facts = facts_of(Application.objects.get(pk=draft.pk))
    assert (facts.has_partners, facts.is_partner_barred) == (True, barred)


def test_a_partner_with_a_running_loan_is_barred(offices, programme):
    lent = cases.a_case_in(State.DISBURSED, offices)
    draft = cases.a_draft(offices)
    partner = a_partner(draft.applicant)
    Party.objects.filter(pk=partner.pk).update(id_index=lent.applicant.id_index)
    assert facts_of(draft).is_partner_barred is True


def test_age_counts_on_the_day_of_application(offices, programme):
    woman = a_woman(offices, birth_on=date(1966, 9, 21))  # 60 on the day she hands it in, 61 never during the case
    case = cases.a_case_in(State.ELIGIBILITY, offices, applicant=woman)
    assert findings.current(case).get(rule="age").outcome == "met"
    too_old = a_woman(offices, birth_on=date(1965, 9, 20))
    case = cases.a_case_in(State.ELIGIBILITY, offices, applicant=too_old)
    assert findings.current(case).get(rule="age").outcome == "not_met"


def test_a_missing_fact_is_a_question_never_a_no(offices, programme):
    case = cases.a_case_in(State.SURVEY, offices)
    type(case.applicant).objects.filter(pk=case.applicant.pk).update(other_loans=None)
    case = cases.record_survey(case, offices)
    finding = findings.current(case).get(rule="other_loans")
    assert (finding.outcome, finding.found["code"], finding.clause) == ("ask", "unknown", "第 6 条")
    assert finding.policy_version == "石榴市 2026-1"


def test_rounds_are_kept_side_by_side(offices, programme):
    case = cases.supply(cases.a_case_in(State.SUPPLEMENT, offices), at=MONDAY)
    assert findings.current(case).values_list("round", flat=True).distinct().get() == 2
    assert Application.objects.get(pk=case.pk).findings.filter(round=1).exists()


def test_a_loan_that_the_fund_paid_for_is_remembered_of_her_and_of_whoever_vouched(offices, programme):
    paid = cases.a_case_in(State.DISBURSED, offices)
    surety = a_surety(paid.applicant)
    assert paid.loan is not None
    assert paid.loan.disbursed_on is not None
    compensated(paid.loan, offices, at=moment(paid.loan.disbursed_on + timedelta(days=200)))
    again = cases.a_draft(offices, applicant=a_woman(offices, id_no=paid.applicant.id_no))
    vouched = cases.a_draft(offices)
    type(vouched.applicant).objects.filter(pk=vouched.applicant.pk).update(id_index=surety.id_index)
    vouched = Application.objects.get(pk=vouched.pk)
    stranger = cases.a_draft(offices)
    told = [facts_of(Application.objects.get(pk=one.pk)).was_compensated for one in (again, vouched, stranger)]
    assert told == [True, True, False]
