import pytest

from accounts.models import Organisation
from records.refusals import MoveNotOpen, NotPermitted
from tests.makers import cases
from tests.makers.cases import MONDAY
from workflows.assigning import assign, current_assignment
from workflows.stages import interruptions
from workflows.states import State


def with_whom(case):
    assignment = current_assignment(case)
    assert assignment is not None
    return assignment


@pytest.mark.parametrize(
    ("state", "office"),
    [
        (State.SUBMITTED, "石榴镇妇联"),
        (State.SURVEY, "石榴镇妇联"),
        (State.ELIGIBILITY, "市妇联"),
        (State.GUARANTEE, "担保公司"),
        (State.DISBURSEMENT, "农信"),
        (State.TERMS_OFFERED, "农信"),
        (State.SIGNING, "农信"),
        (State.PAYOUT, "农信"),
        (State.SUPPLEMENT, "市妇联"),
        (State.FROZEN, "市妇联"),
    ],
)
def test_a_case_is_with_the_office_whose_turn_it_is(offices, programme, state, office):
    assignment = with_whom(cases.a_case_in(state, offices))
    assert assignment.organisation.short_name == office
    assert assignment.owner is None  # two people work there: one of them has to take it


@pytest.mark.parametrize("state", [State.DRAFT, State.DECLINED, State.WITHDRAWN, State.DISBURSED, State.EXPIRED])
def test_a_case_in_nobodys_hands_is_assigned_to_nobody(offices, programme, state):
    assert current_assignment(cases.a_case_in(state, offices)) is None


def test_the_only_officer_of_an_office_has_it_without_asking(offices, programme):
    offices.town_reviewer2.memberships.update(ended_at=MONDAY)
    case = cases.a_submitted_case(offices)
    assert with_whom(case).owner == offices.town_reviewer


def test_whoever_had_it_before_has_it_again(offices, programme):
    case = cases.a_case_in(State.GUARANTEE, offices)
    assign(case, owner=offices.guarantor_officer2, by=offices.guarantor_officer2, at=MONDAY)
    back = interruptions.return_for_rework(case, reason="补走访", by=offices.guarantor_officer, at=MONDAY, version=None)
    again = cases.recommend(back, offices)
    assert with_whom(again).owner == offices.guarantor_officer2


def test_whoever_has_left_is_not_given_it_again(offices, programme):
    case = cases.a_case_in(State.GUARANTEE, offices)
    assign(case, owner=offices.guarantor_officer2, by=offices.guarantor_officer2, at=MONDAY)
    back = interruptions.return_for_rework(case, reason="补走访", by=offices.guarantor_officer, at=MONDAY, version=None)
    offices.guarantor_officer2.memberships.update(ended_at=MONDAY)
    assert with_whom(cases.recommend(back, offices)).owner == offices.guarantor_officer


def test_a_colleague_is_given_a_case_nobody_else_is(offices, programme):
    case = cases.a_submitted_case(offices)
    given = assign(case, owner=offices.town_reviewer2, by=offices.town_reviewer, at=MONDAY)
    assert (given.owner, given.assigned_by) == (offices.town_reviewer2, offices.town_reviewer)
    for owner in (offices.other_town_reviewer, offices.bank_officer, offices.sysadmin, case.applicant.user):
        with pytest.raises(NotPermitted):
            assign(case, owner=owner, by=offices.town_reviewer, at=MONDAY)


def test_administrators_are_no_caseworkers(offices, programme):
    for officer in (offices.city_reviewer2, offices.leader):
        officer.memberships.update(ended_at=MONDAY)
    # The three administrators sit in the same office; the reviewer is its only officer all the same.
    assert with_whom(cases.a_case_in(State.ELIGIBILITY, offices)).owner == offices.city_reviewer


def test_another_office_hands_out_nothing_of_ours(offices, programme):
    case = cases.a_submitted_case(offices)
    with pytest.raises(NotPermitted):
        assign(case, owner=offices.bank_officer, by=offices.bank_officer, at=MONDAY)


def test_the_city_has_the_cases_of_a_town_without_an_office(offices, programme):
    Organisation.objects.filter(pk=offices.town_federations[0].pk).update(is_active=False)
    case = cases.a_submitted_case(offices)
    assert with_whom(case).organisation == offices.city_federation


def test_a_case_that_has_ended_meanwhile_is_given_to_nobody(offices, programme):
    over = cases.a_case_in(State.DECLINED, offices)
    with pytest.raises(MoveNotOpen):
        assign(over, owner=offices.town_reviewer, by=offices.town_reviewer, at=MONDAY)
    assert current_assignment(over) is None
