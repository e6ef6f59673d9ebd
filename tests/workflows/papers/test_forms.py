from loans.models import Programme
from tests.makers import cases
from tests.makers.cases import a_case_in
from tests.makers.people import Offices
from tests.makers.programme import a_programme
from tests.workflows.papers.words import words_of
from workflows.states import State


def test_a_recommendation_has_every_rule_and_both_opinions(offices: Offices, programme: Programme) -> None:
    words = words_of(a_case_in(State.GUARANTEE, offices), "recommendation")
    assert "年龄符合满足第3条" in words
    assert "项目真实满足" in words
    assert "到家走访，见到本人，人证一致，项目属实，本人自愿。建议贷款人民币伍万元整（¥50,000.00）。" in words
    assert f"走访人：{offices.town_reviewer.name}{offices.town_reviewer2.name}" in words
    assert "项条件都已满足，同意推荐。项目真实，同意推荐。" in words
    assert f"审查人：{offices.city_reviewer.name}" in words


def test_a_recommendation_hands_over_no_more_than_she_agreed_to(offices: Offices, programme: Programme) -> None:
    case = a_case_in(State.GUARANTEE, offices)
    words = words_of(case, "recommendation")
    spouse = case.applicant.household.get()
    for kept_back in (spouse.full_name, case.applicant.account_no[-4:], "138****", "八张桌子", "家人知道"):
        assert kept_back not in words


def test_an_approval_has_every_tiers_opinion(offices: Offices, programme: Programme) -> None:
    words = words_of(a_case_in(State.SIGNING, offices), "approval")
    tiers = ("石榴镇妇联走访意见", "市妇联审查意见", "担保公司担保意见", "农信审批意见")
    assert [words.index(tier) for tier in tiers] == sorted(words.index(tier) for tier in tiers)
    assert "同意担保，金额人民币伍万元整（¥50,000.00）。担保函号：石担函W2026-" in words
    assert "核定金额人民币伍万元整（¥50,000.00），年利率4.50%（LPR3.00%加150个基点）" in words
    assert "征信结论：符合。" in words
    assert "与申请不同" not in words
    assert "138****" in words


def test_what_the_bank_changed_stands_in_old_and_new_with_its_reason(offices: Offices, programme: Programme) -> None:
    words = words_of(a_case_in(State.TERMS_OFFERED, offices), "approval")
    assert "核定金额人民币肆万元整（¥40,000.00）" in words
    assert "与申请不同：金额由50,000.00元改为40,000.00元。原因：流水偏少，先贷少一点。" in words
    assert "期限由" not in words


def test_without_a_guarantor_its_opinion_is_left_out(offices: Offices) -> None:
    a_programme(offices, changes={"has_guarantor_stage": False})
    case = a_case_in(State.SUBMITTED, offices)
    for step in (cases.accept, cases.record_survey, cases.recommend, cases.approve):
        case = step(case, offices)
    words = words_of(case, "approval")
    assert "担保意见" not in words
    assert "农信审批意见" in words


def test_what_a_helper_filled_in_says_who_and_when_she_confirmed(offices: Offices, programme: Programme) -> None:
    case = cases.confirm(a_case_in(State.AWAITING_CONSENT, offices))
    for step in (cases.accept, cases.record_survey, cases.recommend):
        case = step(case, offices)
    words = words_of(case, "recommendation")
    assert f"{offices.helper.name}代填，2026年9月21日09:00本人确认" in words
