"""The columns of a policy as people read them: in groups, each value in words."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applicants.models.business import ProjectType, Proof
from loans.models import Policy
from loans.models.policy import AllocationOrder, PromiseStart, ResidenceRule, RestDayRule, SubsidyPayment
from loans.money import format_yuan, percent
from loans.policy_wording import METHODS, SUBSIDY
from loans.rule_wording import LOAN_KINDS, TITLES
from loans.schedule import Frequency

Choices = Mapping[str, Promise | str]

FREQUENCIES: Final[Choices] = {
    Frequency.MONTHLY: gettext_lazy("每月一次"),
    Frequency.QUARTERLY: gettext_lazy("每季一次"),
}
DAY_COUNTS: Final[Choices] = {
    "30/360": gettext_lazy("每月按 30 天，一年 360 天"),
    "actual/360": gettext_lazy("按实际天数，一年 360 天"),
    "actual/365": gettext_lazy("按实际天数，一年 365 天"),
}
LEVELS: Final[Choices] = {
    "central": gettext_lazy("中央"),
    "province": gettext_lazy("省级"),
    "city": gettext_lazy("市级"),
    "county": gettext_lazy("县级"),
}


def _labels(choices: Any) -> Choices:
    return {str(value): label for value, label in choices.choices}


# One of these, by column.
ONE_OF: Final[Mapping[str, Choices]] = {
    "frequency": FREQUENCIES,
    "rest_day_rule": _labels(RestDayRule),
    "day_count": DAY_COUNTS,
    "residence_rule": _labels(ResidenceRule),
    "subsidy_regime": SUBSIDY,
    "subsidy_payment": _labels(SubsidyPayment),
    "allocation_order": _labels(AllocationOrder),
    "promise_start": _labels(PromiseStart),
}
# Any of these, by column.
ANY_OF: Final[Mapping[str, Choices]] = {
    "method_options": METHODS,
    "allowed_other_loans": {kind: words for kind, words in LOAN_KINDS.items() if kind not in ("none", "other")},
    "excluded_projects": _labels(ProjectType),
    "accepted_business_evidence": _labels(Proof),
}
# Names that one table holds by their keys.
SHARES, CLAUSES = "funding_shares", "clauses"


class Group(NamedTuple):
    """Columns that are read together."""

    title: Promise | str
    names: tuple[str, ...]


GROUPS: Final = (
    Group(gettext_lazy("版本"), ("version", "document_no", "valid_from", "valid_to")),
    Group(
        gettext_lazy("贷款条件"),
        (
            *("amount_min_fen", "amount_max_fen", "amount_step_fen", "term_options", "method_options", "frequency"),
            *("settlement_day", "rest_day_rule", "day_count", "lpr_ppm", "lpr_on", "margin_ppm"),
        ),
    ),
    Group(
        gettext_lazy("谁能申请"),
        (
            *("requires_woman", "age_min", "age_max", "age_at_maturity_max", "residence_rule"),
            *("excludes_public_payroll", "allowed_other_loans", "one_loan_per_household", "lifetime_loans_max"),
            *("partners_max", "excluded_projects", "excluded_industries", "accepted_business_evidence", CLAUSES),
        ),
    ),
    Group(
        gettext_lazy("贴息和担保"),
        (
            *("subsidy_regime", "subsidy_payment", SHARES, "loss_share_ppm", "compensation_after_days"),
            *("two_person_guarantee_from_fen", "counter_guarantee_from_fen"),
        ),
    ),
    Group(
        gettext_lazy("逾期和提前还款"),
        (
            *("penalty_margin_ppm", "charges_compound_interest", "allocation_order", "principal_first_after_days"),
            *("held_before_due_days", "special_mention_from_days", "substandard_from_days", "doubtful_from_days"),
            *("loss_from_days", "limitation_years"),
        ),
    ),
    Group(
        gettext_lazy("办理时限"),
        (
            *("promise_days", "promise_start", "intake_days", "survey_days", "eligibility_days", "guarantee_days"),
            *("bank_days", "publicity_days", "has_guarantor_stage", "visitors_min", "supplement_days"),
            *("signing_days", "draft_calendar_days", "consent_hours", "waitlist_calendar_days"),
            "appeal_calendar_days",
        ),
    ),
)


def label_of(name: str) -> str:
    """最高金额, without the unit in which it is stored."""
    label = str(Policy._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return label.partition("（")[0] if name.endswith(("_fen", "_ppm")) else label


def value_words(name: str, value: Any) -> str:
    """A column's value in words: 「100,000.00 元」「4.50%」「是」."""
    if value in (None, "", [], {}):
        return _("没有")
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if name.endswith("_fen"):
        return _("%(yuan)s 元") % {"yuan": format_yuan(value)}
    if name.endswith("_ppm"):
        return f"{percent(value)}%"
    if isinstance(value, date):
        return value.isoformat()
    return _chosen_words(name, value)


def _chosen_words(name: str, value: Any) -> str:
    if name in ONE_OF:
        return str(ONE_OF[name].get(value, value))
    if name == SHARES:
        return _("，").join(f"{LEVELS.get(level, level)} {percent(ppm)}%" for level, ppm in value.items())
    if name == CLAUSES:
        return _("；").join(f"{TITLES.get(rule, rule)} {clause}" for rule, clause in value.items())
    if isinstance(value, list):
        words = ANY_OF.get(name, {})
        return _("、").join(str(words.get(one, one)) for one in value)
    return str(value)


class Difference(NamedTuple):
    """One column that says something else."""

    label: str
    old: str
    new: str


def differences(old: Policy, new: Policy) -> list[Difference]:
    """What `new` says otherwise than `old`, in the order in which it is read."""
    found = []
    for name in (name for group in GROUPS for name in group.names):
        before, after = getattr(old, name), getattr(new, name)
        if before == after:
            continue
        if name == CLAUSES:
            found += _changed_clauses(before, after)
        else:
            found.append(Difference(label_of(name), value_words(name, before), value_words(name, after)))
    return found


def _changed_clauses(before: Mapping[str, str], after: Mapping[str, str]) -> list[Difference]:
    nothing = _("没有")
    return [
        Difference(_("条款：%(rule)s") % {"rule": title}, before.get(rule) or nothing, after.get(rule) or nothing)
        for rule, title in TITLES.items()
        if before.get(rule, "") != after.get(rule, "")
    ]
