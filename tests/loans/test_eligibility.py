import subprocess
import sys
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from loans import eligibility
from loans.eligibility import RULES, assess, verdict
from loans.findings import Facts, Outcome, Statement, Verdict
from tests.loans.eligibility_cases import DEMO_TERMS, EVERY_SWITCH_ON, ON, SHE_MEETS_ALL

MET, NOT_MET, ASK = Outcome.MET, Outcome.NOT_MET, Outcome.ASK
ROOT = Path(__file__).parents[2]


def test_who_meets_every_rule_is_eligible():
    findings = assess(SHE_MEETS_ALL, EVERY_SWITCH_ON, on=ON)
    assert [finding.rule for finding in findings] == [rule.__name__ for rule in RULES]
    assert {finding.outcome for finding in findings} == {MET}
    assert verdict(findings) == Verdict.ELIGIBLE


def test_nothing_known_is_a_question_and_never_a_refusal():
    findings = assess(Facts(), EVERY_SWITCH_ON, on=ON)
    assert {finding.outcome for finding in findings} == {ASK}
    assert verdict(findings) == Verdict.ASK


@pytest.mark.parametrize("fact", [field.name for field in fields(Facts)])
def test_a_missing_fact_never_counts_against_her(fact):
    missing: dict[str, Any] = {fact: None}
    findings = assess(replace(SHE_MEETS_ALL, **missing), EVERY_SWITCH_ON, on=ON)
    assert verdict(findings) != Verdict.NOT_YET


def test_she_hears_every_reason_at_once():
    facts = replace(SHE_MEETS_ALL, is_female=False, has_overdue_debt=True, amount_fen=99)
    findings = assess(facts, DEMO_TERMS, on=ON)
    refused = {finding.rule for finding in findings if finding.outcome == NOT_MET}
    assert refused == {"woman", "overdue_debt", "amount_within_policy"}
    assert verdict(findings) == Verdict.NOT_YET


def test_a_refusal_weighs_more_than_a_question():
    facts = replace(SHE_MEETS_ALL, has_overdue_debt=True, is_voluntary=None)
    assert verdict(assess(facts, DEMO_TERMS, on=ON)) == Verdict.NOT_YET


def test_a_verdict_needs_a_finding():
    with pytest.raises(AssertionError, match="no rule"):
        verdict(())


def test_a_finding_names_its_clause_and_policy_version():
    finding = eligibility.age(SHE_MEETS_ALL, DEMO_TERMS, ON)
    assert (finding.clause, finding.policy_version) == ("办法第 2 条第 2 项", "石榴市 2026-1")
    assert eligibility.voluntary(SHE_MEETS_ALL, DEMO_TERMS, ON).clause == ""


def test_what_this_policy_does_not_ask_is_not_judged():
    relaxed = replace(DEMO_TERMS, requires_woman=False, excludes_public_payroll=False)
    left_out = {rule.__name__ for rule in RULES} - {finding.rule for finding in assess(SHE_MEETS_ALL, relaxed, on=ON)}
    assert left_out == {
        "woman",
        "public_payroll",
        "age_at_maturity",
        "one_loan_per_household",
        "partners_eligible",
        "business_evidence",
    }


def test_who_has_no_partners_is_not_asked_about_them():
    alone = assess(replace(SHE_MEETS_ALL, has_partners=False), EVERY_SWITCH_ON, on=ON)
    assert "partners_eligible" not in {finding.rule for finding in alone}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_rule_carries_its_policy_text(rule):
    assert len(rule.__doc__) > 15
    assert rule(SHE_MEETS_ALL, EVERY_SWITCH_ON, ON).rule == rule.__name__


# Rule by rule: one fact differs from the woman who meets all.


@pytest.mark.parametrize(
    ("rule", "fact", "answer", "outcome"),
    [
        ("woman", "is_female", False, NOT_MET),
        ("public_payroll", "on_public_payroll", True, NOT_MET),
        ("overdue_debt", "has_overdue_debt", True, NOT_MET),
        ("one_loan_per_household", "household_has_live_loan", True, NOT_MET),
        ("partners_eligible", "is_partner_barred", True, NOT_MET),
        ("partners_eligible", "is_partner_barred", None, ASK),
        ("use_of_funds_clear", "is_use_of_funds_detailed", False, NOT_MET),
        ("voluntary", "is_voluntary", False, NOT_MET),
        ("seen_in_person", "was_seen_in_person", False, NOT_MET),
        ("business_real", "is_business_real", False, NOT_MET),
        ("lifetime_loans", "subsidised_loans_before", 2, MET),
        ("lifetime_loans", "subsidised_loans_before", 3, NOT_MET),
        ("lifetime_loans", "subsidised_loans_before", 4, NOT_MET),
        ("project_supported", "project_type", "planting", MET),
        ("project_supported", "project_type", "shop", NOT_MET),
        ("project_supported", "project_type", "other", ASK),
        ("project_supported", "industry_code", "6120", MET),
        ("project_supported", "industry_code", "9011", NOT_MET),
        ("project_supported", "industry_code", "7010", NOT_MET),
        ("project_supported", "industry_code", "7020", MET),
        ("business_evidence", "business_evidence", ("licence",), MET),
        ("business_evidence", "business_evidence", ("a photo", "contract"), MET),
        ("business_evidence", "business_evidence", ("a photo",), NOT_MET),
        ("business_evidence", "business_evidence", (), NOT_MET),
        ("amount_within_policy", "amount_fen", 999_999, NOT_MET),
        ("amount_within_policy", "amount_fen", 1_000_000, MET),
        ("amount_within_policy", "amount_fen", 1_050_000, NOT_MET),
        ("amount_within_policy", "amount_fen", 10_000_000, MET),
        ("amount_within_policy", "amount_fen", 10_100_000, NOT_MET),
        ("amount_within_policy", "amount_fen", 0, NOT_MET),
        ("amount_within_policy", "amount_fen", -1_000_000, NOT_MET),
        ("term_offered", "term_months", 36, MET),
        ("term_offered", "term_months", 18, NOT_MET),
        ("other_loans", "other_loans", ("none",), MET),
        ("other_loans", "other_loans", ("housing", "small_consumer"), MET),
        ("other_loans", "other_loans", ("housing", "business"), NOT_MET),
        ("other_loans", "other_loans", ("entrepreneurship",), NOT_MET),
        ("other_loans", "other_loans", ("other", "entrepreneurship"), NOT_MET),
        ("other_loans", "other_loans", ("other",), ASK),
        ("other_loans", "other_loans", ("other", "car"), ASK),
        ("other_loans", "other_loans", ("none", "car"), ASK),
    ],
)
def test_a_rule_judges_by_its_own_fact(rule, fact, answer, outcome):
    facts = replace(SHE_MEETS_ALL, **{fact: answer})
    assert getattr(eligibility, rule)(facts, EVERY_SWITCH_ON, ON).outcome == outcome


@pytest.mark.parametrize(
    ("residence_rule", "registered", "resident", "outcome", "found"),
    [
        ("either", True, False, MET, "registered"),
        ("either", False, True, MET, "resident"),
        ("either", None, True, MET, "resident"),
        ("either", False, False, NOT_MET, "neither"),
        ("either", False, None, ASK, "not_registered"),
        ("either", None, False, ASK, "not_resident"),
        ("either", None, None, ASK, "unknown"),
        ("registered", False, True, NOT_MET, "resident"),
        ("registered", None, True, ASK, "resident"),
        ("registered", True, None, MET, "registered"),
        ("resident", True, False, NOT_MET, "registered"),
        ("resident", True, None, ASK, "registered"),
        ("resident", False, True, MET, "resident"),
    ],
)
def test_home_is_counted_as_the_policy_counts_it(residence_rule, registered, resident, outcome, found):
    facts = Facts(registered_in_city=registered, resides_in_city=resident)
    finding = eligibility.registered_or_resident(facts, replace(DEMO_TERMS, residence_rule=residence_rule), ON)
    assert (finding.outcome, finding.found.code) == (outcome, found)


# Kept findings, and purity


@pytest.mark.parametrize("facts", [SHE_MEETS_ALL, Facts(), replace(SHE_MEETS_ALL, other_loans=("housing", "other"))])
def test_a_statement_is_kept_as_json_and_read_back(facts):
    for finding in assess(facts, EVERY_SWITCH_ON, on=ON):
        for statement in (finding.found, finding.required):
            assert Statement.from_json(statement.as_json()) == statement


def test_the_rules_know_no_framework():
    check = "import sys, loans.eligibility, loans.pre_check; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], cwd=ROOT, check=False).returncode == 0


def test_a_loan_that_the_fund_paid_for_asks_a_person_and_refuses_nobody():
    facts = replace(SHE_MEETS_ALL, was_compensated=True)
    found = {one.rule: one for one in assess(facts, DEMO_TERMS, on=ON)}["overdue_debt"]
    assert (found.outcome, found.found.code) == (ASK, "compensated_before")
    owes = replace(facts, has_overdue_debt=True)
    assert {one.rule: one for one in assess(owes, DEMO_TERMS, on=ON)}["overdue_debt"].outcome == NOT_MET
