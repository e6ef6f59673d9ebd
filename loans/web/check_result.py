"""What the pre-check says: the verdict, every rule with what she answered and the clause, and what she can do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.web.parts import SummaryRow
from loans import eligibility, rule_advice, rule_wording
from loans.findings import Finding, Outcome, Verdict
from loans.policy_wording import term_words
from loans.spoken_money import money
from loans.web.answers import Answers
from loans.web.costs import CostBox, costs_of
from loans.web.other_help import OtherHelp, other_help

# The page of another app, which this one knows by address only.
APPLY = "/apply"


@dataclass(frozen=True)
class Line:
    """One rule in words: what it asks, where she stands, what she answered, the clause, what she can do."""

    title: str
    sentence: str
    found: str
    clause: str
    steps: tuple[str, ...]


@dataclass(frozen=True)
class Result:
    """The result page. `costs` is None where she can't apply now."""

    verdict: Verdict
    met: list[Line]
    asked: list[Line]
    unmet: list[Line]
    other_help: OtherHelp | None
    amount: str
    term: str
    promise_days: int
    costs: CostBox | None
    apply_url: str
    calc_url: str
    answered: list[SummaryRow]


def result_of(answers: Answers) -> Result:
    findings, policy = answers.findings(), answers.policy
    verdict = eligibility.verdict(findings)
    amount = answers.given["amount"]
    wanted = urlencode({"amount": amount.written()[0]})
    costs = costs_of(
        policy,
        amount_fen=amount.answer,
        term_months=policy.term_options[0],
        method=policy.method_options[0],
        start_on=answers.on,
    )
    return Result(
        verdict=verdict,
        met=_lines(findings, Outcome.MET),
        asked=_lines(findings, Outcome.ASK),
        unmet=_lines(findings, Outcome.NOT_MET),
        other_help=_other_help(findings, on=answers.on),
        amount=money(amount.answer),
        term=term_words(policy.term_options[0]),
        promise_days=policy.promise_days,
        costs=None if verdict == Verdict.NOT_YET else costs,
        apply_url=f"{APPLY}?{wanted}",
        calc_url=f"{reverse('calc')}?{wanted}",
        answered=list(_answered(answers)),
    )


def _other_help(findings: Sequence[Finding], *, on: date) -> OtherHelp | None:
    """The same help for every rule that isn't met; None where a correction of the form is enough."""
    words = next((words for finding in findings if (words := rule_advice.other_help(finding))), ())
    return other_help(words, on=on) if words else None


def _lines(findings: Sequence[Finding], outcome: Outcome) -> list[Line]:
    return [_line(finding) for finding in findings if finding.outcome == outcome]


def _line(finding: Finding) -> Line:
    clause = _("%(clause)s，%(version)s") % {"clause": finding.clause, "version": finding.policy_version}
    return Line(
        title=rule_wording.title(finding.rule),
        sentence=rule_advice.sentence(finding),
        found=rule_wording.found_words(finding),
        clause=clause if finding.clause else finding.policy_version,
        steps=rule_advice.own_steps(finding),
    )


def _answered(answers: Answers) -> Iterator[SummaryRow]:
    """Her answers, each with the way back to its question."""
    for name, form in answers.given.items():
        yield SummaryRow(str(form[name].label), form.in_words(), url=answers.url_of(name))
