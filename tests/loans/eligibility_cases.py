"""The demo policy and one woman who meets all of it, for tests to change one thing at a time."""

from dataclasses import replace
from datetime import date

from loans.findings import Facts, PolicyTerms

ON = date(2026, 9, 21)

DEMO_TERMS = PolicyTerms(
    version="石榴市 2026-1",
    clauses={"age": "办法第 2 条第 2 项", "overdue_debt": "办法第 2 条第 6 项"},
    age_min=18,
    age_max=60,
    amount_min_fen=1_000_000,
    amount_max_fen=10_000_000,
    amount_step_fen=100_000,
    term_options=(12, 24, 36),
    allowed_other_loans=("student", "poverty_alleviation", "housing", "car", "small_consumer"),
    lifetime_loans_max=3,
)

EVERY_SWITCH_ON = replace(
    DEMO_TERMS,
    residence_rule="either",
    excluded_projects=("shop",),
    excluded_industries=("90", "7010"),
    accepted_business_evidence=("licence", "contract", "village_certificate"),
    age_at_maturity_max=60,
    one_loan_per_household=True,
    partners_max=1,
)

SHE_MEETS_ALL = Facts(
    birth_on=date(1985, 3, 12),
    is_female=True,
    registered_in_city=True,
    resides_in_city=True,
    on_public_payroll=False,
    other_loans=(),
    has_overdue_debt=False,
    household_has_live_loan=False,
    has_partners=True,
    is_partner_barred=False,
    subsidised_loans_before=0,
    project_type="farm_stay",
    business_evidence=("village_certificate",),
    amount_fen=5_000_000,
    term_months=12,
    is_use_of_funds_detailed=True,
    is_voluntary=True,
    was_seen_in_person=True,
    is_business_real=True,
)
