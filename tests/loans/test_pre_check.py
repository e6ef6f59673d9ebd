from dataclasses import replace

import pytest

from applicants.age import BirthMonth
from loans.eligibility import assess, verdict
from loans.findings import Outcome, Verdict
from loans.pre_check import PRE_CHECK_RULES, facts_of_answers
from tests.loans.eligibility_cases import DEMO_TERMS, ON

ANSWERS = {
    "resides_in_city": True,
    "birth_month": BirthMonth(1985, 3),
    "public_payroll": False,
    "other_loans": (),
    "project_type": "farm_stay",
    "has_overdue_debt": False,
    "amount_fen": 5_000_000,
}


def findings_of(terms=DEMO_TERMS, **changed):
    return assess(facts_of_answers(**{**ANSWERS, **changed}), terms, on=ON, rules=PRE_CHECK_RULES)


def test_seven_good_answers_say_that_she_can_apply():
    findings = findings_of()
    assert len(findings) == 7
    assert verdict(findings) == Verdict.ELIGIBLE


@pytest.mark.parametrize(
    ("question", "answer", "expected", "rule"),
    [
        ("resides_in_city", False, Verdict.NOT_YET, "registered_or_resident"),
        ("resides_in_city", None, Verdict.ASK, "registered_or_resident"),
        ("birth_month", BirthMonth(2008, 10), Verdict.NOT_YET, "age"),
        ("birth_month", BirthMonth(2008, 9), Verdict.ASK, "age"),
        ("public_payroll", True, Verdict.NOT_YET, "public_payroll"),
        ("other_loans", ("entrepreneurship",), Verdict.NOT_YET, "other_loans"),
        ("other_loans", ("other",), Verdict.ASK, "other_loans"),
        ("project_type", "other", Verdict.ASK, "project_supported"),
        ("has_overdue_debt", True, Verdict.NOT_YET, "overdue_debt"),
        ("has_overdue_debt", None, Verdict.ASK, "overdue_debt"),
        ("amount_fen", 20_000_000, Verdict.NOT_YET, "amount_within_policy"),
    ],
)
def test_one_answer_decides_and_names_its_rule(question, answer, expected, rule):
    findings = findings_of(**{question: answer})
    assert verdict(findings) == expected
    assert [finding.rule for finding in findings if finding.outcome != Outcome.MET] == [rule]


def test_an_age_band_does_instead_of_a_month():
    assert verdict(findings_of(birth_month=None, age_band=(31, 45))) == Verdict.ELIGIBLE


def test_home_and_registration_are_one_question_so_a_strict_policy_must_ask():
    strict = replace(DEMO_TERMS, residence_rule="registered")
    assert verdict(findings_of(strict)) == Verdict.ASK
    assert verdict(findings_of(strict, resides_in_city=False)) == Verdict.NOT_YET
