"""Every rule beside what was found, and what this person can do about each."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.web.parts import FindingRow
from loans import rule_wording
from workflows import findings
from workflows.models import Application, AssessedFinding
from workflows.models.finding import FindingOutcome
from workflows.states import State
from workflows.web.moves.found_reasons import as_found

OUTCOMES: Mapping[str, Literal["met", "not_met", "ask"]] = {"met": "met", "not_met": "not_met", "ask": "ask"}


@dataclass(frozen=True)
class Judged:
    """One rule in words; `url` leads to the form by which she settles it, `action` says what that is."""

    row: FindingRow
    url: str = ""
    action: str = ""


@dataclass(frozen=True)
class Findings:
    rows: list[Judged]
    summary: str


def findings_of(application: Application, *, user: User) -> Findings | None:
    """None before the rules were run."""
    kept = list(findings.current(application).select_related("settled_by", "override__proposed_by"))
    if not kept:
        return None
    may_settle = application.state == State.ELIGIBILITY and application.authority_of(user, "settle_finding") is not None
    return Findings([_judged(application, one, may_settle=may_settle) for one in kept], _summary(kept))


def _judged(application: Application, kept: AssessedFinding, *, may_settle: bool) -> Judged:
    found = as_found(kept)
    row = FindingRow(
        rule=rule_wording.title(kept.rule),
        found=rule_wording.found_words(found),
        required=rule_wording.required_words(found),
        outcome=OUTCOMES[kept.conclusion],
        clause=kept.clause,
        note=" ".join(_notes(kept)),
    )
    action = _action(kept) if may_settle else ""
    return Judged(row, reverse("case_finding", args=[application.number, kept.pk]) if action else "", action)


def _action(kept: AssessedFinding) -> str:
    if kept.override is not None and kept.override.is_open:
        return _("复核")
    if kept.outcome == FindingOutcome.NOT_MET:
        return "" if kept.settled == FindingOutcome.MET else _("改")
    return _("来定") if kept.conclusion == FindingOutcome.ASK else _("改")


def _notes(kept: AssessedFinding) -> Iterator[str]:
    """Who settled it and why; who wants it settled otherwise."""
    if kept.override is not None and kept.override.is_open:
        yield _("%(name)s 提出改成满足：%(note)s，等另一个人复核") % {
            "name": kept.override.proposed_by,
            "note": kept.note,
        }
    elif kept.settled:
        yield _("%(name)s 定") % {"name": kept.settled_by}
        if kept.note:
            yield kept.note


def _summary(kept: list[AssessedFinding]) -> str:
    """5 条满足 · 1 条要人看; what there is none of isn't said."""
    counted = Counter(one.conclusion for one in kept)
    words = {
        FindingOutcome.MET: _("%(count)s 条满足"),
        FindingOutcome.NOT_MET: _("%(count)s 条不满足"),
        FindingOutcome.ASK: _("%(count)s 条要人看"),
    }
    return " · ".join(text % {"count": counted[outcome]} for outcome, text in words.items() if counted[outcome])
