"""The pre-check before anybody registers: seven questions, nothing stored.

Pure: no framework, no clock.
"""

from typing import Final

from applicants.age import BirthMonth
from loans import eligibility
from loans.findings import Facts

# What her own answers can settle. The ID number, papers and visitors speak to the other rules later.
PRE_CHECK_RULES: Final[tuple[eligibility.Rule, ...]] = (
    eligibility.registered_or_resident,
    eligibility.age,
    eligibility.public_payroll,
    eligibility.other_loans,
    eligibility.project_supported,
    eligibility.overdue_debt,
    eligibility.amount_within_policy,
)


def facts_of_answers(
    *,
    resides_in_city: bool | None,
    birth_month: BirthMonth | None = None,
    age_band: tuple[int, int] | None = None,
    public_payroll: bool | None,
    other_loans: tuple[str, ...] | None,
    project_type: str | None,
    has_overdue_debt: bool | None,
    amount_fen: int | None,
) -> Facts:
    """The facts in her answers. The first question asks for registration or home at once: no denies both."""
    return Facts(
        registered_in_city=False if resides_in_city is False else None,
        resides_in_city=resides_in_city,
        birth_month=birth_month,
        age_band=age_band,
        on_public_payroll=public_payroll,
        other_loans=other_loans,
        project_type=project_type,
        has_overdue_debt=has_overdue_debt,
        amount_fen=amount_fen,
    )
