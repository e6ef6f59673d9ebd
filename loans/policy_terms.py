"""A stored policy as the rules of eligibility read it."""

from typing import Literal, cast

from loans.findings import PolicyTerms
from loans.models import Policy


def terms_of(policy: Policy) -> PolicyTerms:
    """What this version asks of her."""
    return PolicyTerms(
        version=policy.version,
        clauses=policy.clauses,
        requires_woman=policy.requires_woman,
        age_min=policy.age_min,
        age_max=policy.age_max,
        amount_min_fen=policy.amount_min_fen,
        amount_max_fen=policy.amount_max_fen,
        amount_step_fen=policy.amount_step_fen,
        term_options=tuple(policy.term_options),
        allowed_other_loans=tuple(policy.allowed_other_loans),
        residence_rule=cast(Literal["registered", "resident", "either"], policy.residence_rule),
        excludes_public_payroll=policy.excludes_public_payroll,
        excluded_projects=tuple(policy.excluded_projects),
        excluded_industries=tuple(policy.excluded_industries),
        accepted_business_evidence=tuple(policy.accepted_business_evidence),
        age_at_maturity_max=policy.age_at_maturity_max,
        one_loan_per_household=policy.one_loan_per_household,
        partners_max=policy.partners_max,
        lifetime_loans_max=policy.lifetime_loans_max,
    )
