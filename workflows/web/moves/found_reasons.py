"""Reasons that the rules have found already, in words for her: a start for whoever writes the refusal."""

from django.utils.translation import gettext as _

from loans import rule_advice
from loans.findings import Finding, Outcome, Statement
from workflows import findings
from workflows.models import Application, AssessedFinding
from workflows.models.finding import FindingOutcome
from workflows.reasons import REASON_OF


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
