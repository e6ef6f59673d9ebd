from loans.eligibility import assess, verdict
from loans.findings import Verdict
from loans.models import Policy
from loans.policy_terms import terms_of
from tests.loans.eligibility_cases import DEMO_TERMS, ON, SHE_MEETS_ALL


def test_a_stored_policy_reads_as_its_terms():
    policy = Policy(
        version="石榴市 2026-1",
        clauses={"age": "办法第 2 条第 2 项", "overdue_debt": "办法第 2 条第 6 项"},
        age_min=18,
        age_max=60,
        amount_min_fen=1_000_000,
        amount_max_fen=10_000_000,
        amount_step_fen=100_000,
        term_options=[12, 24, 36],
        allowed_other_loans=["student", "poverty_alleviation", "housing", "car", "small_consumer"],
        lifetime_loans_max=3,
    )
    assert terms_of(policy) == DEMO_TERMS
    assert verdict(assess(SHE_MEETS_ALL, terms_of(policy), on=ON)) == Verdict.ELIGIBLE
