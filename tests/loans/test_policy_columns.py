from loans.models import Policy
from loans.policy_columns import GROUPS, Difference, differences, value_words
from loans.policy_drafts import columns
from tests.makers.loans import make_policy


def test_every_column_of_a_policy_is_in_one_group():
    named = [name for group in GROUPS for name in group.names]
    assert sorted(named) == sorted(field.name for field in columns())


def test_a_policy_does_not_differ_from_itself(offices):
    policy = make_policy(offices)
    assert differences(policy, Policy.objects.get(pk=policy.pk)) == []


def test_a_difference_is_said_in_words_with_its_unit(offices):
    policy = make_policy(offices)
    other = make_changed(policy, amount_max_fen=15_000_000, lpr_ppm=31_000, charges_compound_interest=True)
    assert differences(policy, other) == [
        Difference("最高金额", "100,000.00 元", "150,000.00 元"),
        Difference("LPR", "3.00%", "3.10%"),
        Difference("逾期利息计收复利", "否", "是"),
    ]


def test_shares_methods_and_clauses_are_told_by_their_names(offices):
    policy = make_policy(offices)
    other = make_changed(
        policy,
        funding_shares={"province": 400_000, "city": 600_000},
        method_options=["interest_only"],
        clauses=policy.clauses | {"age": "第 30 条"},
    )
    told = {one.label: one.new for one in differences(policy, other)}
    assert told == {
        "还款方式": "平时只付利息，到期一次还本金",
        "条款：年龄符合": "第 30 条",
        "资金分担": "省级 40.00%，市级 60.00%",
    }


def test_nothing_is_said_as_nothing():
    assert value_words("valid_to", None) == "没有"
    assert value_words("partners_max", 0) == "0"


def make_changed(policy, **changes):
    other = Policy.objects.get(pk=policy.pk)
    for name, value in changes.items():
        setattr(other, name, value)
    return other
