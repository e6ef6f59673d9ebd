import re
from dataclasses import replace
from datetime import date

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from applicants.age import BirthMonth
from applicants.models.business import ProjectType, Proof
from loans import eligibility
from loans.eligibility import RULES, assess
from loans.findings import Facts, Finding, Outcome, Statement, Verdict
from loans.rule_advice import sentence, what_else
from loans.rule_wording import LOAN_KINDS, OUTCOMES, TITLES, VERDICTS, found_words, required_words, title
from tests.loans.eligibility_cases import DEMO_TERMS, EVERY_SWITCH_ON, ON, SHE_MEETS_ALL

FORBIDDEN = re.compile("(?<!申)请|非法|无效|对不起|系统|异常|[a-zA-Z%]")

yes_no_unknown = st.sampled_from([True, False, None])
anybody = st.builds(
    Facts,
    birth_on=st.none() | st.dates(date(1930, 1, 1), date(2026, 1, 1)),
    birth_month=st.none() | st.builds(BirthMonth, st.integers(1930, 2026), st.integers(1, 12)),
    age_band=st.sampled_from([None, (0, 17), (18, 30), (55, 65), (61, 150)]),
    is_female=yes_no_unknown,
    registered_in_city=yes_no_unknown,
    resides_in_city=yes_no_unknown,
    on_public_payroll=yes_no_unknown,
    other_loans=st.none() | st.lists(st.sampled_from(sorted(LOAN_KINDS)), max_size=3, unique=True).map(tuple),
    has_overdue_debt=yes_no_unknown,
    household_has_live_loan=yes_no_unknown,
    has_partners=yes_no_unknown,
    is_partner_barred=yes_no_unknown,
    subsidised_loans_before=st.sampled_from([None, 0, 2, 3, 7]),
    project_type=st.none() | st.sampled_from(ProjectType.values),
    business_evidence=st.none() | st.lists(st.sampled_from(Proof.values), max_size=2, unique=True).map(tuple),
    amount_fen=st.none() | st.sampled_from([0, 99, 1_000_000, 5_050_000, 10_000_000, 20_000_000]),
    term_months=st.sampled_from([None, 1, 12, 18, 36]),
    is_use_of_funds_detailed=yes_no_unknown,
    is_voluntary=yes_no_unknown,
    was_seen_in_person=yes_no_unknown,
    is_business_real=yes_no_unknown,
)
any_terms = st.builds(
    replace,
    st.sampled_from([DEMO_TERMS, EVERY_SWITCH_ON]),
    residence_rule=st.sampled_from(["registered", "resident", "either"]),
    allowed_other_loans=st.sampled_from([(), DEMO_TERMS.allowed_other_loans]),
)


@given(anybody, any_terms)
def test_whatever_is_found_can_be_said(facts, terms):
    for finding in assess(facts, terms, on=ON):
        staff = [title(finding.rule), found_words(finding), required_words(finding)]
        said = [*staff, sentence(finding), *what_else(finding)]
        for words in said:
            assert words
            assert not FORBIDDEN.search(words), words
        assert all(len(words) <= 30 for words in [sentence(finding), *what_else(finding)])


@given(anybody, any_terms)
def test_there_is_a_next_step_exactly_where_a_rule_is_not_met(facts, terms):
    for finding in assess(facts, terms, on=ON):
        assert bool(what_else(finding)) is (finding.outcome == Outcome.NOT_MET)


@given(anybody, any_terms)
def test_a_kept_finding_reads_as_it_did_on_the_day(facts, terms):
    for finding in assess(facts, terms, on=ON):
        kept = replace(
            finding,
            found=Statement.from_json(finding.found.as_json()),
            required=Statement.from_json(finding.required.as_json()),
        )
        assert (found_words(kept), required_words(kept)) == (found_words(finding), required_words(finding))
        assert (sentence(kept), what_else(kept)) == (sentence(finding), what_else(finding))


def test_every_rule_has_a_title_and_no_title_is_left_over():
    assert {rule.__name__ for rule in RULES} == set(TITLES)


def test_every_outcome_and_verdict_has_its_word():
    assert [str(OUTCOMES[outcome]) for outcome in Outcome] == ["满足", "不满足", "要人看"]
    assert [str(VERDICTS[verdict]) for verdict in Verdict] == ["可以申请", "要问一问", "现在还不能申请"]


@pytest.mark.parametrize(
    ("rule", "found", "required", "said"),
    [
        ("age", "41 岁", "18 到 60 周岁", "41 岁，在 18 到 60 岁之间"),
        ("registered_or_resident", "户口在本市", "户口或常住在本市", "户口或常住在本市"),
        ("public_payroll", "没吃财政工资，也没退休", "不吃财政工资，没退休", "没吃财政工资，也没退休"),
        ("other_loans", "没有别的贷款", None, "您和爱人没有别的贷款"),
        ("project_supported", "农家乐·渔家乐", "没有不支持的项目", "做农家乐·渔家乐，在支持范围"),
        ("overdue_debt", "没有还不上的贷款", "没有", "没有还不上的贷款"),
        ("amount_within_policy", "5 万元", "1 万元到 10 万元，按 1,000 元加减", "想贷 5 万元，在规定的金额里"),
        ("lifetime_loans", "以前贷过 0 次", "少于 3 次", "贴息贷款还没用满 3 次"),
        ("term_offered", "12 个月", "12、24、36 个月", "想贷 12 个月，可以"),
    ],
)
def test_a_woman_who_meets_all_reads_what_she_meets(rule, found, required, said):
    finding = getattr(eligibility, rule)(SHE_MEETS_ALL, DEMO_TERMS, ON)
    assert plain(found_words(finding)) == found
    assert required is None or plain(required_words(finding)) == required
    assert plain(sentence(finding)) == said


@pytest.mark.parametrize(
    ("rule", "changed", "said", "first_step"),
    [
        ("woman", {"is_female": False}, "这项贷款面向妇女", "家里想创业的妇女可以自己来申请"),
        (
            "age",
            {"birth_on": date(2008, 10, 15)},
            "您还没满 18 周岁",
            "2026 年 10 月 15 日满 18 周岁，那天起就能来",
        ),
        (
            "age",
            {"birth_on": None, "birth_month": BirthMonth(2008, 10)},
            "您还没满 18 周岁",
            "2026 年 10 月满 18 周岁后再来",
        ),
        ("age", {"birth_on": None, "age_band": (0, 17)}, "您还没满 18 周岁", "满 18 周岁后再来"),
        ("age", {"birth_on": date(1960, 1, 1)}, "66 岁，超过了 60 岁", "家里年龄合适的妇女可以自己来申请"),
        ("other_loans", {"other_loans": ("car", "business")}, "您和爱人有经营贷款，要先还清", "先把这笔贷款还清"),
        ("overdue_debt", {"has_overdue_debt": True}, "您现在有还不上的贷款", "先和贷款的银行商量，看能不能分开还"),
        (
            "amount_within_policy",
            {"amount_fen": 20_000_000},
            "想贷 20 万元，要在 1 万元到 10 万元之间",
            "把金额改到 1 万元到 10 万元之间",
        ),
        (
            "amount_within_policy",
            {"amount_fen": 5_050_000},
            "金额要按 1,000 元加减",
            "把金额改成 1,000 元的整倍数",
        ),
        ("term_offered", {"term_months": 18}, "没有 18 个月这个期限", "从 12、24、36 个月里选一个"),
    ],
)
def test_a_woman_who_is_refused_reads_why_and_what_to_do(rule, changed, said, first_step):
    finding = getattr(eligibility, rule)(replace(SHE_MEETS_ALL, **changed), DEMO_TERMS, ON)
    assert plain(sentence(finding)) == said
    assert plain(what_else(finding)[0]) == first_step


@pytest.mark.parametrize(("rule", "changed"), [("overdue_debt", {"has_overdue_debt": True})])
def test_who_cannot_borrow_today_hears_of_training_and_work_near_home(rule, changed):
    steps = what_else(getattr(eligibility, rule)(replace(SHE_MEETS_ALL, **changed), DEMO_TERMS, ON))
    assert [step for step in steps if "培训班" in step]
    assert [step for step in steps if "乡下车间" in step]


def test_a_slip_of_the_form_is_not_sent_to_a_training_course():
    finding = eligibility.amount_within_policy(replace(SHE_MEETS_ALL, amount_fen=99), DEMO_TERMS, ON)
    assert len(what_else(finding)) == 1


def test_a_boundary_month_asks_for_the_day():
    facts = Facts(birth_month=BirthMonth(2008, 9))
    finding = eligibility.age(facts, DEMO_TERMS, ON)
    assert (found_words(finding), sentence(finding)) == ("17 岁或 18 岁", "要看您哪天生的")


def test_a_code_that_only_an_older_policy_knew_still_reads():
    found = Statement("loans", {"loans": ("harvest_loan",), "barred": ("harvest_loan",)})
    finding = Finding("other_loans", Outcome.NOT_MET, found, Statement("unknown"), "", "石榴市 2020-1")
    assert found_words(finding) == "有：harvest_loan"


def test_in_english_money_has_no_chinese_unit_of_ten_thousand():
    finding = eligibility.amount_within_policy(SHE_MEETS_ALL, DEMO_TERMS, ON)
    with override("en"):
        assert "万" not in found_words(finding)
        assert "50,000" in found_words(finding)


def plain(words):
    """Without the spaces that keep a figure and its unit on one line."""
    return words.replace("\u00a0", " ")
