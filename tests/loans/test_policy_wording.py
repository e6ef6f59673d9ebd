"""What the policy says to her follows from its figures; no figure stands in the words."""

from datetime import date

import pytest

from loans import policy_wording
from loans.subsidy import Regime
from loans.terms import Method
from tests.makers.loans import make_policy
from workflows.models.pause import PauseReason
from workflows.pausing import LONGEST_WORKING_DAYS

TODAY = date(2026, 9, 21)


def said(policy):
    found = policy_wording.conditions(policy, on=TODAY)
    return {condition.title: condition.required.replace("\N{NO-BREAK SPACE}", " ") for condition in found}


def test_the_conditions_carry_the_figures_of_the_policy(offices):
    conditions = said(make_policy(offices, changes={"age_max": 55, "amount_max_fen": 20_000_000}))
    assert conditions["年龄符合"] == "18 到 55 周岁"
    assert conditions["金额符合"] == "1 万元到 20 万元，按 1,000 元加减"
    assert conditions["没有还不上的贷款"] == ""


def test_a_rule_that_the_policy_doesnt_ask_for_is_no_condition(offices):
    assert "本人是妇女" not in said(make_policy(offices, changes={"requires_woman": False}))


def test_each_condition_names_its_clause(offices):
    found = policy_wording.conditions(make_policy(offices), on=TODAY)
    assert next(condition.clause for condition in found if condition.title == "年龄符合") == "第 3 条"


def test_every_reason_for_a_pause_is_told_beforehand(offices):
    policy = make_policy(offices, changes={"publicity_days": 3})
    assert set(policy_wording.pauses(policy)) == set(PauseReason.values)


def test_a_policy_without_publicity_tells_of_none(offices):
    assert "publicity" not in policy_wording.pauses(make_policy(offices))


def test_a_pause_that_an_officer_asks_for_is_as_long_as_she_may_ask():
    assert policy_wording.ASKED_FOR_LONGEST_DAYS == LONGEST_WORKING_DAYS


def test_the_longest_wait_for_her_is_the_policys(offices):
    pauses = policy_wording.pauses(make_policy(offices, changes={"supplement_days": 5, "signing_days": 8}))
    assert pauses["papers"].longest == "最多 5 个工作日"
    assert pauses["signing"].longest == "最多 8 个工作日"


@pytest.mark.parametrize(
    ("margin_ppm", "words"),
    [(15_000, "4.50%（LPR 3.00%，加 1.50 个百分点）"), (-5_000, "2.50%（LPR 3.00%，减 0.50 个百分点）")],
)
def test_the_rate_says_what_it_is_made_of(offices, margin_ppm, words):
    assert policy_wording.rate(make_policy(offices, changes={"margin_ppm": margin_ppm})) == words


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "每季一次。政府审核后，退到您的卡里"),
        ({"frequency": "monthly"}, "每月一次。政府审核后，退到您的卡里"),
        ({"subsidy_payment": "waived"}, "农信直接不收您的"),
    ],
)
def test_which_way_the_money_goes_is_the_policys(offices, changes, words):
    assert words in policy_wording.which_way(make_policy(offices, changes=changes))


def test_the_promise_starts_where_the_policy_says(offices):
    assert policy_wording.starts_when(make_policy(offices)) == "从受理的第二天算起"


def test_the_promise_may_start_with_the_recommendation(offices):
    policy = make_policy(offices, changes={"promise_start": "city_recommend"})
    assert policy_wording.starts_when(policy) == "从市妇联推荐的第二天算起"


def test_every_regime_and_method_has_words():
    assert set(policy_wording.HELP) == set(policy_wording.SUBSIDY) == set(Regime)
    assert set(policy_wording.METHODS) == set(Method)


@pytest.mark.parametrize(("months", "words"), [(12, "1 年"), (36, "3 年"), (18, "18 个月")])
def test_whole_years_are_said_as_years(months, words):
    assert policy_wording.term_words(months) == words


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "没按时还的本金，还是按合同利率算。"),
        ({"penalty_margin_ppm": 500_000}, "没按时还的本金，到期后每天按年利率 6.75% 算。"),
        ({"charges_compound_interest": True}, "没按时还的本金，还是按合同利率算。没按时付的利息，也要算利息。"),
    ],
)
def test_late_money_costs_what_the_policy_adds(offices, changes, words):
    assert policy_wording.what_late_money_costs(make_policy(offices, changes=changes)) == words


def test_early_money_costs_nothing_and_may_wait_for_its_due_date(offices):
    policy = make_policy(offices, changes={"held_before_due_days": 10})
    said = policy_wording.what_early_money_does(policy)
    assert said == "随时可以提前还，不另收钱。利息只算到还钱那天。到期前 10 天内还本金，要跟农信说是提前还。"
    policy.held_before_due_days = 0
    assert "到期前" not in policy_wording.what_early_money_does(policy)
