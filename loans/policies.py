"""A programme's policy: which one is in force, what a loan costs under it, and how a new one is published."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from itertools import product
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from loans.ageing import ClassDays
from loans.interest import DayCount
from loans.models import Policy, Programme
from loans.models.policy import ResidenceRule
from loans.money import PPM_WHOLE
from loans.penalty import AllocationOrder, ServicingTerms
from loans.policy_terms import terms_of
from loans.quotes import Quote, quote
from loans.refusals import NoPolicyInForce, PolicyStartsTwice, named
from loans.rest_days import rest_days_of
from loans.schedule import BadTerms, Frequency, Method, RestDayRule
from loans.subsidy import Regime, SubsidyPayment, SubsidyTerms
from loans.wording import WORDS
from records.models import Decision
from records.models.decision import Outcome
from records.refusals import FieldError, Invalid, Refusal

__all__ = [
    "check_policy",
    "class_days_of",
    "policy_in_force",
    "publish_policy",
    "quote_for",
    "servicing_terms_of",
    "subsidy_terms_of",
    "terms_of",
]

_KNOWN: Mapping[str, Iterable[str]] = {
    "residence_rule": ResidenceRule,
    "method_options": Method,
    "frequency": Frequency,
    "rest_day_rule": RestDayRule,
    "day_count": DayCount,
    "subsidy_regime": Regime,
    "subsidy_payment": SubsidyPayment,
    "allocation_order": AllocationOrder,
}


def policy_in_force(programme: Programme, *, on: date) -> Policy:
    """The newest policy that is valid on that day. Raises NoPolicyInForce."""
    policy = Policy.objects.filter(programme=programme).in_force(on).order_by("-valid_from").first()
    if policy is None:
        raise NoPolicyInForce
    return policy


def quote_for(
    policy: Policy,
    *,
    amount_fen: int,
    term_months: int,
    method: Method | str,
    start_on: date,
    keeps_dates: bool = False,
) -> Quote:
    """What such a loan would cost under the policy's rate, and who pays. Raises BadTerms.

    `keeps_dates` leaves due dates where they fall: for sums over many loans, without a calendar for each.
    """
    return quote(
        amount_fen=amount_fen,
        term_months=term_months,
        method=Method(method),
        start_on=start_on,
        annual_rate_ppm=policy.annual_rate_ppm,
        frequency=Frequency(policy.frequency),
        day_count=DayCount(policy.day_count),
        settlement_day=policy.settlement_day,
        rest_days=None if keeps_dates else rest_days_of(policy),
        subsidy_regime=Regime(policy.subsidy_regime),
        lpr_ppm=policy.lpr_ppm,
        subsidy_payment=SubsidyPayment(policy.subsidy_payment),
    )


def subsidy_terms_of(policy: Policy, *, lpr_ppm: int) -> SubsidyTerms:
    """How a contract under this policy is subsidised, with the LPR that the contract names."""
    return SubsidyTerms(Regime(policy.subsidy_regime), lpr_ppm, SubsidyPayment(policy.subsidy_payment))


def servicing_terms_of(policy: Policy) -> ServicingTerms:
    """What a contract under this policy says of late and early money."""
    return ServicingTerms(
        penalty_margin_ppm=policy.penalty_margin_ppm,
        charges_compound_interest=policy.charges_compound_interest,
        allocation_order=AllocationOrder(policy.allocation_order),
        principal_first_after_days=policy.principal_first_after_days,
        held_before_due_days=policy.held_before_due_days,
    )


def class_days_of(policy: Policy) -> ClassDays:
    """From how many days overdue a loan under this policy is in each class of risk."""
    return ClassDays(
        policy.special_mention_from_days,
        policy.substandard_from_days,
        policy.doubtful_from_days,
        policy.loss_from_days,
    )


def publish_policy(programme: Programme, *, decision: Decision, terms: Mapping[str, Any]) -> Policy:
    """Publish what two people agreed on: `terms` are the columns of Policy, from its version and document number on.

    Raises Invalid, with an error for each column that can't be as it is, and PolicyStartsTwice.
    """
    assert decision.outcome == Outcome.APPROVED, "two people agree on a policy before it is published"
    policy = Policy(programme=programme, decision=decision, **terms)
    check_policy(policy)
    with named(_refusals()):
        policy.save()
    return policy


def check_policy(policy: Policy) -> None:
    """Raise Invalid where its columns don't go together, or PolicyStartsTwice, before it is saved."""
    if errors := list(_faults(policy)):
        raise Invalid(*errors)
    refusals = _refusals()
    constraints: Any = Policy._meta.constraints
    for constraint in constraints:
        try:
            constraint.validate(Policy, policy)
        except ValidationError as error:
            refusal = refusals.get(constraint.name, Invalid)
            raise refusal() from error
    if errors := list(_faults_of_the_loans(policy)):
        raise Invalid(*errors)


def _faults(policy: Policy) -> Iterator[FieldError]:
    """What no CHECK can see: values of one column that don't belong together."""
    for field, known in _KNOWN.items():
        value = getattr(policy, field)
        if not set(value if isinstance(value, list | tuple) else [value]) <= {str(one) for one in known}:
            yield FieldError(field, "unknown_value", _("这一项要从给定的几种里选"))
    shares = policy.funding_shares.values()
    if sum(shares) != PPM_WHOLE or min(shares) < 0:
        yield FieldError("funding_shares", "shares_not_whole", _("各级分担加起来要正好是 100%"))
    for field in ("term_options", "method_options"):
        if not getattr(policy, field):
            yield FieldError(field, "nothing_offered", _("至少给一种可以选"))
    if policy.valid_to is not None and policy.valid_to < policy.valid_from:
        yield FieldError("valid_to", "ends_before_it_starts", _("失效日期要在生效日期之后"))


def _faults_of_the_loans(policy: Policy) -> Iterator[FieldError]:
    """Every loan that the policy offers has a schedule."""
    for term_months, method in product(policy.term_options, policy.method_options):
        try:
            quote_for(
                policy,
                amount_fen=policy.amount_max_fen,
                term_months=term_months,
                method=method,
                start_on=policy.valid_from,
            )
        except BadTerms as error:
            yield FieldError("term_options", error.code, WORDS[error.code])


def _refusals() -> dict[str, Callable[[], Refusal]]:
    """What the table's own constraints say, in people's words."""
    faults = {
        "policy_amounts_go_from_least_to_most_in_steps": FieldError(
            "amount_max_fen", "amounts_out_of_order", _("最高金额不能低于最低金额")
        ),
        "policy_ages_go_from_least_to_most": FieldError("age_max", "ages_out_of_order", _("最大年龄不能低于最小年龄")),
        "loss_share_is_at_most_the_whole": FieldError(
            "loss_share_ppm", "share_too_large", _("基金承担的比例不能超过 100%")
        ),
        "penalty_interest_is_at_most_the_contract_rate_again": FieldError(
            "penalty_margin_ppm", "penalty_too_large", _("罚息加收最多是合同利率的 100%")
        ),
        "a_payment_waits_a_month_at_most_for_its_due_date": FieldError(
            "held_before_due_days", "held_too_long", _("还款最多留 31 天，改小一点")
        ),
        "classes_of_risk_go_from_fewer_days_to_more": FieldError(
            "loss_from_days", "classes_out_of_order", _("五级分类的天数要一级比一级多")
        ),
        "a_claim_lapses_after_one_to_twenty_years": FieldError(
            "limitation_years", "limitation_out_of_range", _("诉讼时效写 1 到 20 年")
        ),
        "stage_budgets_fit_the_promise": FieldError(
            "promise_days", "stages_exceed_the_promise", _("各环节的天数加起来超过了承诺的天数")
        ),
    }
    refusals: dict[str, Callable[[], Refusal]] = {code: partial(Invalid, fault) for code, fault in faults.items()}
    # PostgreSQL names the constraint, SQLite its columns.
    doubles = (
        "a_policy_version_is_unique",
        "loans_policy.version",
        "one_policy_starts_a_day",
        "loans_policy.valid_from",
    )
    return refusals | dict.fromkeys(doubles, PolicyStartsTwice)
