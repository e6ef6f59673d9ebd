"""A no: the reasons in their order, each with what was found, the clause and what she can do; and her appeal."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from accounts.web.parts import Fact
from loans import rule_wording
from loans.rule_advice import OTHER_HELP
from workflows import matter_clock, matters
from workflows.deadlines import office_of
from workflows.models import Application, DeclineReason
from workflows.reasons import rules_of
from workflows.states import State
from workflows.web.moves.found_reasons import as_found
from workflows.web.my.calls import Call, call, city_federation
from workflows.web.my.said import Said, said


@dataclass(frozen=True)
class Reason:
    """One reason as she reads it. `facts`: what was found, what the policy asks, and where that is written."""

    title: str
    words: str
    advice: str
    facts: Sequence[Fact]


@dataclass(frozen=True)
class TurnedDown:
    """`appeal_until` is None where the no isn't the federation's to change; `may_appeal` until that day is over."""

    reasons: Sequence[Reason]
    asks: Call
    appeal_until: date | None
    may_appeal: bool
    appeal: Said | None
    appeal_to: Call
    other_help: Sequence[str]


def turned_down(application: Application, *, today: date) -> TurnedDown | None:
    if application.state != State.DECLINED:
        return None
    row = application.log.select_related("by", "acting_as__organisation").order_by("version").last()
    assert row is not None, "a declined case was moved there"
    office = row.acting_as.organisation if row.acting_as else office_of(application.town)
    until, made = matters.appeal_until(application), matter_clock.appeal_of(application)
    reasons = application.decline_reasons.filter(version=application.version).select_related("finding")
    return TurnedDown(
        reasons=[_reason(one, application) for one in reasons],
        asks=call(_("有疑问，打电话问"), office, row.by),
        appeal_until=until,
        may_appeal=until is not None and made is None and today <= until,
        appeal=said(made, today=today) if made else None,
        appeal_to=city_federation(application),
        other_help=[str(words) for words in OTHER_HELP],
    )


def _reason(reason: DeclineReason, application: Application) -> Reason:
    facts = list(_rests_on(reason, application))
    return Reason(str(reason.get_code_display()), reason.words, reason.advice, facts)


def _rests_on(reason: DeclineReason, application: Application) -> Iterator[Fact]:
    """Where a rule found it: what it found and asks for; else the clause that the reason belongs to."""
    kept = reason.finding
    if kept is not None:
        found = as_found(kept)
        yield Fact(_("看到的"), kept.note or rule_wording.found_words(found))
        yield Fact(_("规定"), rule_wording.required_words(found))
    clauses = application.policy.clauses
    clause = kept.clause if kept else next((clauses[rule] for rule in rules_of(reason.code) if rule in clauses), "")
    if clause:
        words = {"clause": clause, "version": kept.policy_version if kept else application.policy.version}
        yield Fact(_("依据"), _("%(clause)s（%(version)s）") % words)
