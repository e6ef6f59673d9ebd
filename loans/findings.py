"""The vocabulary of an eligibility check: what is known, what the policy asks, what was found.

Pure: no framework, no clock, no words. The words of the codes live in `loans.rule_wording`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Final, Literal, Self

from applicants.age import BirthMonth, full_years, possible_years

# JSON has them all, so that a finding can be kept as it was on the day.
Value = int | str | tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of her, her project and the loan she wants. None is what nobody knows yet."""

    birth_on: date | None = None
    birth_month: BirthMonth | None = None
    age_band: tuple[int, int] | None = None  # full years, both ends included
    is_female: bool | None = None
    registered_in_city: bool | None = None
    resides_in_city: bool | None = None
    on_public_payroll: bool | None = None  # or retired
    other_loans: tuple[str, ...] | None = None  # kinds, hers and her spouse's; ("none",) or () for none at all
    has_overdue_debt: bool | None = None
    was_compensated: bool = False  # the fund once paid for a loan of hers, or of one that she vouched for
    household_has_live_loan: bool | None = None
    has_partners: bool | None = None
    is_partner_barred: bool | None = None  # by public pay, or by a running loan of the programme
    subsidised_loans_before: int | None = None
    project_type: str | None = None
    industry_code: str | None = None  # GB/T 4754
    business_evidence: tuple[str, ...] | None = None  # licence, contract, village_certificate
    amount_fen: int | None = None
    term_months: int | None = None
    is_use_of_funds_detailed: bool | None = None
    # What two visitors saw; only they can know it.
    is_voluntary: bool | None = None
    was_seen_in_person: bool | None = None
    is_business_real: bool | None = None

    def years_on(self, on: date) -> tuple[int, int] | None:
        """The least and the greatest age in full years that the best of the three facts leaves open."""
        if self.birth_on is not None:
            years = full_years(self.birth_on, on)
            return years, years
        if self.birth_month is not None:
            return possible_years(self.birth_month, on)
        return self.age_band


@dataclass(frozen=True, kw_only=True)
class PolicyTerms:
    """What one version of a policy asks of her. False, None or an empty tuple asks nothing."""

    version: str
    clauses: Mapping[str, str]  # rule -> the clause that it rests on, as printed
    age_min: int
    age_max: int
    amount_min_fen: int
    amount_max_fen: int
    amount_step_fen: int
    term_options: tuple[int, ...]  # months
    allowed_other_loans: tuple[str, ...]
    lifetime_loans_max: int
    requires_woman: bool = True
    residence_rule: Literal["registered", "resident", "either"] = "either"
    excludes_public_payroll: bool = True
    excluded_projects: tuple[str, ...] = ()
    excluded_industries: tuple[str, ...] = ()  # beginnings of GB/T 4754 codes
    accepted_business_evidence: tuple[str, ...] = ()
    age_at_maturity_max: int | None = None
    one_loan_per_household: bool = False
    partners_max: int = 0  # besides her; with none, nobody is asked about them


class Outcome(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    ASK = "ask"


class Verdict(StrEnum):
    ELIGIBLE = "eligible"
    ASK = "ask"
    NOT_YET = "not_yet"


@dataclass(frozen=True)
class Statement:
    """One thing found or required: a code, and the figures that its words need (`_fen`, `_on` by name)."""

    code: str
    facts: Mapping[str, Value] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Plain JSON, as it is kept beside the case."""
        facts = {name: list(fact) if isinstance(fact, tuple) else fact for name, fact in self.facts.items()}
        return {"code": self.code, "facts": facts}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        facts = {name: tuple(fact) if isinstance(fact, list) else fact for name, fact in kept["facts"].items()}
        return cls(kept["code"], facts)


@dataclass(frozen=True)
class Finding:
    """What one rule of one policy version said about her on one day."""

    rule: str
    outcome: Outcome
    found: Statement
    required: Statement
    clause: str
    policy_version: str


UNKNOWN: Final = Statement("unknown")


def judged(rule: str, policy: PolicyTerms, *, is_met: bool, found: Statement, required: Statement) -> Finding:
    """The facts settle the rule."""
    outcome = Outcome.MET if is_met else Outcome.NOT_MET
    return Finding(rule, outcome, found, required, policy.clauses.get(rule, ""), policy.version)


def to_ask(rule: str, policy: PolicyTerms, *, required: Statement, found: Statement = UNKNOWN) -> Finding:
    """A person must look: a fact is missing, or it does not settle the rule."""
    return Finding(rule, Outcome.ASK, found, required, policy.clauses.get(rule, ""), policy.version)


def answered(rule: str, policy: PolicyTerms, *, answer: bool | None, wanted: bool) -> Finding:
    """A question of yes or no, of which the policy wants one answer."""
    required = Statement("yes" if wanted else "no")
    if answer is None:
        return to_ask(rule, policy, required=required)
    return judged(rule, policy, is_met=answer is wanted, found=Statement("yes" if answer else "no"), required=required)
