"""A stored policy as the rules of eligibility read it."""

from loans.findings import PolicyTerms
from loans.models import Policy


def terms_of(policy: Policy) -> PolicyTerms:
    """What this version asks of her; a switch that it has no column for stays as PolicyTerms sets it."""
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
        excluded_projects=tuple(policy.excluded_projects),
        lifetime_loans_max=policy.lifetime_loans_max,
    )
