"""Reasons that the rules have found already, in words for her: a start for whoever writes the refusal."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from loans import rule_advice
from loans.findings import Finding, Outcome, Statement
from workflows import findings
from workflows.models import Application, AssessedFinding
from workflows.models.finding import FindingOutcome
from workflows.models.refusal import ReasonCode

REASON_OF: Mapping[str, ReasonCode] = {
    "registered_or_resident": ReasonCode.RESIDENCE,
    "age": ReasonCode.AGE,
    "age_at_maturity": ReasonCode.AGE,
    "other_loans": ReasonCode.OTHER_LOANS,
    "one_loan_per_household": ReasonCode.OTHER_LOANS,
    "project_supported": ReasonCode.PROJECT,
    "use_of_funds_clear": ReasonCode.USE_UNCLEAR,
    "business_real": ReasonCode.NO_BUSINESS,
    "voluntary": ReasonCode.NOT_VOLUNTARY,
}


def found_reasons(application: Application) -> dict[str, str]:
    """Code and words of the rules that aren't met, the first of each code."""
    found: dict[str, str] = {}
    for finding in findings.current(application):
        if finding.conclusion == FindingOutcome.NOT_MET and finding.rule in REASON_OF:
            found.setdefault(REASON_OF[finding.rule], _in_words(finding))
    return found


def as_found(kept: AssessedFinding) -> Finding:
    """The finding as the rule made it, for its words."""
    return Finding(
        kept.rule,
        Outcome(kept.outcome),
        Statement.from_json(kept.found),
        Statement.from_json(kept.required),
        kept.clause,
        kept.policy_version,
    )


def _in_words(kept: AssessedFinding) -> str:
    if kept.outcome != FindingOutcome.NOT_MET:
        return kept.note  # a person found it, in words of her own
    sentence = rule_advice.sentence(as_found(kept))
    return (
        _("%(sentence)s（%(clause)s）。") % {"sentence": sentence, "clause": kept.clause} if kept.clause else sentence
    )
