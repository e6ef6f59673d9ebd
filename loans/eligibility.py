"""The rules of eligibility, each with its policy text. They suggest; a person decides.

Pure: no framework, no clock, no words. A missing fact is a question for a person, never a refusal;
a rule that this policy does not ask for answers None.
"""

from collections.abc import Callable, Sequence
from datetime import date

from applicants.age import birthday, full_months
from loans.findings import Facts, Finding, Outcome, PolicyTerms, Statement, Value, Verdict, answered, judged, to_ask

Rule = Callable[[Facts, PolicyTerms, date], Finding | None]


def assess(facts: Facts, policy: PolicyTerms, *, on: date, rules: Sequence[Rule] | None = None) -> tuple[Finding, ...]:
    """Run all rules, or those given, as of the reference date: she hears every reason at once."""
    findings = (rule(facts, policy, on) for rule in rules or RULES)
    return tuple(finding for finding in findings if finding is not None)


def verdict(findings: Sequence[Finding]) -> Verdict:
    """Not yet if a rule isn't met; ask if a person must look at one; eligible if all are met."""
    assert findings, "no rule was run"
    outcomes = {finding.outcome for finding in findings}
    if Outcome.NOT_MET in outcomes:
        return Verdict.NOT_YET
    return Verdict.ASK if Outcome.ASK in outcomes else Verdict.ELIGIBLE


def woman(facts: Facts, policy: PolicyTerms, on: date) -> Finding | None:
    """The loan is for women; the 17th digit of the ID number says so."""
    if not policy.requires_woman:
        return None
    return answered("woman", policy, answer=facts.is_female, wanted=True)


def age(facts: Facts, policy: PolicyTerms, on: date) -> Finding:
    """She is between the least and the greatest age, in full years on the reference date."""
    required = Statement("age_between", {"min": policy.age_min, "max": policy.age_max})
    years = facts.years_on(on)
    if years is None:
        return to_ask("age", policy, required=required)
    low, high = years
    seen: dict[str, Value] = {"low": low, "high": high}
    if high < policy.age_min:
        found = Statement("too_young", seen | _old_enough(facts, policy.age_min))
        return judged("age", policy, is_met=False, found=found, required=required)
    if low > policy.age_max:
        return judged("age", policy, is_met=False, found=Statement("too_old", seen), required=required)
    found = Statement("age", seen)
    if low < policy.age_min or high > policy.age_max:
        return to_ask("age", policy, found=found, required=required)
    return judged("age", policy, is_met=True, found=found, required=required)


def age_at_maturity(facts: Facts, policy: PolicyTerms, on: date) -> Finding | None:
    """On the day when the loan falls due she has not passed the greatest age for that day."""
    if policy.age_at_maturity_max is None:
        return None
    required = Statement("age_at_maturity_at_most", {"max": policy.age_at_maturity_max})
    if facts.birth_on is None or facts.term_months is None:
        return to_ask("age_at_maturity", policy, required=required)
    years = (full_months(facts.birth_on, on) + facts.term_months) // 12
    found = Statement("age_at_maturity", {"years": years})
    is_met = years <= policy.age_at_maturity_max
    return judged("age_at_maturity", policy, is_met=is_met, found=found, required=required)


def registered_or_resident(facts: Facts, policy: PolicyTerms, on: date) -> Finding:
    """She is registered in the city, or lives there, as the policy counts it."""
    registered, resident = facts.registered_in_city, facts.resides_in_city
    counted = {"registered": [registered], "resident": [resident], "either": [registered, resident]}
    answers = counted[policy.residence_rule]
    found, required = _home(facts), Statement(f"home_{policy.residence_rule}")
    if None in answers and True not in answers:
        return to_ask("registered_or_resident", policy, found=found, required=required)
    return judged("registered_or_resident", policy, is_met=True in answers, found=found, required=required)


def public_payroll(facts: Facts, policy: PolicyTerms, on: date) -> Finding | None:
    """She is neither paid from public funds nor retired."""
    if not policy.excludes_public_payroll:
        return None
    return answered("public_payroll", policy, answer=facts.on_public_payroll, wanted=False)


def other_loans(facts: Facts, policy: PolicyTerms, on: date) -> Finding:
    """She and her spouse have no other loans but those of the kinds that the policy lists."""
    required = Statement("loans_allowed", {"allowed": policy.allowed_other_loans})
    if facts.other_loans is None:
        return to_ask("other_loans", policy, required=required)
    kinds = tuple(kind for kind in facts.other_loans if kind != "none")
    barred = tuple(kind for kind in kinds if kind not in (*policy.allowed_other_loans, "other"))
    found = Statement("loans", {"loans": kinds, "barred": barred}) if kinds else Statement("no_loans")
    # The contract of an "other" loan must be read; "none" beside a loan contradicts itself.
    is_unclear = "other" in kinds or (kinds and "none" in facts.other_loans)
    if is_unclear and not barred:
        return to_ask("other_loans", policy, found=found, required=required)
    return judged("other_loans", policy, is_met=not barred, found=found, required=required)


def overdue_debt(facts: Facts, policy: PolicyTerms, on: date) -> Finding:
    """She has no overdue debt. Of a loan that the fund once had to pay for a person judges."""
    if facts.was_compensated and not facts.has_overdue_debt:
        return to_ask("overdue_debt", policy, found=Statement("compensated_before"), required=Statement("no"))
    return answered("overdue_debt", policy, answer=facts.has_overdue_debt, wanted=False)


def one_loan_per_household(facts: Facts, policy: PolicyTerms, on: date) -> Finding | None:
    """Nobody of her household has a running loan of the programme."""
    if not policy.one_loan_per_household:
        return None
    return answered("one_loan_per_household", policy, answer=facts.household_has_live_loan, wanted=False)


def partners_eligible(facts: Facts, policy: PolicyTerms, on: date) -> Finding | None:
    """Her partners, where she has any, are off the public payroll and without a running loan of the programme."""
    is_asked = policy.partners_max > 0 and facts.has_partners is not False
    return answered("partners_eligible", policy, answer=facts.is_partner_barred, wanted=False) if is_asked else None


def lifetime_loans(facts: Facts, policy: PolicyTerms, on: date) -> Finding:
    """She has had fewer subsidised loans in her life, in any scheme, than the policy allows."""
    required = Statement("loans_before_below", {"max": policy.lifetime_loans_max})
    before = facts.subsidised_loans_before
    if before is None:
        return to_ask("lifetime_loans", policy, required=required)
    found = Statement("loans_before", {"count": before})
    return judged("lifetime_loans", policy, is_met=before < policy.lifetime_loans_max, found=found, required=required)


def project_supported(facts: Facts, policy: PolicyTerms, on: date) -> Finding:
    """Her project is of a kind, and in an industry, that the policy does not exclude."""
    required = Statement("project_not_excluded", {"excluded": policy.excluded_projects})
    project, industry = facts.project_type, facts.industry_code or ""
    if project is None:
        return to_ask("project_supported", policy, required=required)
    found = Statement("project", {"project": project})
    is_excluded = project in policy.excluded_projects or industry.startswith(policy.excluded_industries)
    if project == "other" and not is_excluded:
        return to_ask("project_supported", policy, found=found, required=required)
    return judged("project_supported", policy, is_met=not is_excluded, found=found, required=required)


def business_evidence(facts: Facts, policy: PolicyTerms, on: date) -> Finding | None:
    """A licence shows that the business is hers, or else a contract or a certificate of the village."""
    accepted = policy.accepted_business_evidence
    if not accepted:
        return None
    required = Statement("evidence_of", {"accepted": accepted})
    papers = facts.business_evidence
    if papers is None:
        return to_ask("business_evidence", policy, required=required)
    found = Statement("evidence", {"papers": papers}) if papers else Statement("no_evidence")
    is_met = not set(accepted).isdisjoint(papers)
    return judged("business_evidence", policy, is_met=is_met, found=found, required=required)


def amount_within_policy(facts: Facts, policy: PolicyTerms, on: date) -> Finding:
    """The amount lies between the least and the greatest, in whole steps."""
    least, most, step = policy.amount_min_fen, policy.amount_max_fen, policy.amount_step_fen
    required = Statement("amount_between", {"min_fen": least, "max_fen": most, "step_fen": step})
    amount = facts.amount_fen
    if amount is None:
        return to_ask("amount_within_policy", policy, required=required)
    is_in_range, is_in_steps = least <= amount <= most, amount % step == 0
    found = Statement("between_steps" if is_in_range and not is_in_steps else "amount", {"amount_fen": amount})
    is_met = is_in_range and is_in_steps
    return judged("amount_within_policy", policy, is_met=is_met, found=found, required=required)


def term_offered(facts: Facts, policy: PolicyTerms, on: date) -> Finding:
    """The term is one of those that the policy offers."""
    required = Statement("term_one_of", {"terms": tuple(str(months) for months in policy.term_options)})
    months = facts.term_months
    if months is None:
        return to_ask("term_offered", policy, required=required)
    found = Statement("term", {"months": months})
    return judged("term_offered", policy, is_met=months in policy.term_options, found=found, required=required)


def use_of_funds_clear(facts: Facts, policy: PolicyTerms, on: date) -> Finding:
    """She can say what each part of the money is for."""
    return answered("use_of_funds_clear", policy, answer=facts.is_use_of_funds_detailed, wanted=True)


def voluntary(facts: Facts, policy: PolicyTerms, on: date) -> Finding:
    """She wants the loan herself, asked alone where somebody filled the form for her."""
    return answered("voluntary", policy, answer=facts.is_voluntary, wanted=True)


def seen_in_person(facts: Facts, policy: PolicyTerms, on: date) -> Finding:
    """The visitors met her; a visit without her supports no approval."""
    return answered("seen_in_person", policy, answer=facts.was_seen_in_person, wanted=True)


def business_real(facts: Facts, policy: PolicyTerms, on: date) -> Finding:
    """The visitors saw the business, or the place and plan of one that is to begin."""
    return answered("business_real", policy, answer=facts.is_business_real, wanted=True)


RULES: tuple[Rule, ...] = (
    woman,
    age,
    age_at_maturity,
    registered_or_resident,
    public_payroll,
    other_loans,
    overdue_debt,
    one_loan_per_household,
    partners_eligible,
    lifetime_loans,
    project_supported,
    business_evidence,
    amount_within_policy,
    term_offered,
    use_of_funds_clear,
    voluntary,
    seen_in_person,
    business_real,
)


def _old_enough(facts: Facts, age_min: int) -> dict[str, Value]:
    """When somebody too young may come: the day as `old_enough_on`, or the month as `old_enough_in`."""
    if facts.birth_on is not None:
        return {"old_enough_on": birthday(facts.birth_on, age_min).isoformat()}
    if facts.birth_month is not None:
        return {"old_enough_in": f"{facts.birth_month.year + age_min}-{facts.birth_month.month:02}"}
    return {}


def _home(facts: Facts) -> Statement:
    registered, resident = facts.registered_in_city, facts.resides_in_city
    if registered or resident:
        return Statement("registered" if registered else "resident")
    if registered is None:
        return Statement("unknown" if resident is None else "not_resident")
    return Statement("not_registered" if resident is None else "neither")
