"""What a policy that isn't in force would make of the cases that are open, and of those that were decided."""

from datetime import date, timedelta

import pytest

from loans import policy_drafts
from loans.findings import Verdict
from tests.makers import cases
from tests.makers.cases import MONDAY
from tests.makers.women import a_woman
from workflows import policy_replay
from workflows.states import State

TODAY = date(2026, 11, 24)


def a_policy(programme, offices, **terms):
    draft = policy_drafts.start(programme, by=offices.city_reviewer, at=MONDAY)
    return policy_drafts.as_policy(
        policy_drafts.change(draft, terms=terms, version=draft.version, by=offices.city_reviewer)
    )


def compared(programme, policy):
    return policy_replay.compare(list(policy_replay.open_cases(programme)), policy)


def replayed(programme, policy):
    return policy_replay.replay(list(policy_replay.decided_cases(programme, today=TODAY)), policy)


def test_the_same_rules_change_nothing(programme, offices):
    cases.a_case_in(State.ELIGIBILITY, offices)
    assert compared(programme, a_policy(programme, offices)) == []


def test_a_lower_limit_would_turn_away_whoever_asked_for_more(programme, offices):
    much, _little = cases.a_case_in(State.ELIGIBILITY, offices), cases.a_submitted_case(offices, amount_fen=3_000_000)
    found = compared(programme, a_policy(programme, offices, amount_max_fen=4_000_000))
    assert [(one.application, one.after) for one in found] == [(much, Verdict.NOT_YET)]
    assert [finding.rule for finding in found[0].changed] == ["amount_within_policy"]
    much.refresh_from_db()
    assert much.policy.version == "石榴市 2026-1"


def test_drafts_of_hers_and_cases_that_are_over_are_not_compared(programme, offices):
    cases.a_draft(offices)
    cases.a_case_in(State.DECLINED, offices)
    assert compared(programme, a_policy(programme, offices, amount_max_fen=1_000_000)) == []


def test_a_paid_case_passes_again_and_costs_what_it_costs(programme, offices):
    cases.a_case_in(State.DISBURSED, offices)
    (again,) = replayed(programme, a_policy(programme, offices))
    assert (again.was_paid, again.after) == (True, Verdict.ELIGIBLE)
    assert again.after_year_fen == again.paid_year_fen > 0


def test_half_the_subsidy_costs_half_to_the_fen_of_a_period(programme, offices):
    cases.a_case_in(State.DISBURSED, offices)
    (again,) = replayed(programme, a_policy(programme, offices, subsidy_regime="C"))
    assert abs(again.after_year_fen * 2 - again.paid_year_fen) <= 5


def test_whoever_would_not_have_passed_costs_nothing(programme, offices):
    cases.a_case_in(State.DISBURSED, offices)
    (again,) = replayed(programme, a_policy(programme, offices, age_min=50))
    assert (again.after, again.after_year_fen) == (Verdict.NOT_YET, 0)
    assert again.paid_year_fen > 0


def test_a_loan_that_came_of_the_case_itself_does_not_count_against_it(programme, offices):
    cases.a_case_in(State.DISBURSED, offices)
    (again,) = replayed(programme, a_policy(programme, offices, lifetime_loans_max=1, one_loan_per_household=True))
    assert again.after == Verdict.ELIGIBLE


def test_a_loan_of_before_counts(programme, offices):
    paid = cases.a_case_in(State.DISBURSED, offices)
    later = MONDAY + timedelta(days=30)
    second = cases.a_submitted_case(offices, applicant=a_woman(offices, id_no=paid.applicant.id_no), at=later)
    found = compared(programme, a_policy(programme, offices, lifetime_loans_max=1))
    assert [one.application for one in found] == [second]


def test_what_is_older_than_a_year_is_not_replayed(programme, offices):
    cases.a_case_in(State.DISBURSED, offices)
    assert not policy_replay.decided_cases(programme, today=date(2028, 1, 1)).exists()


@pytest.mark.parametrize("count", [1, 3])
def test_many_cases_take_as_many_queries_as_one(programme, offices, django_assert_num_queries, count):
    for _ in range(count):
        cases.a_submitted_case(offices)
    policy = a_policy(programme, offices, amount_max_fen=4_000_000)
    # The cases, visits, households, parties, and what their people had borrowed and had paid for them.
    with django_assert_num_queries(7):
        assert len(compared(programme, policy)) == count
