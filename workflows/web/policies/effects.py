"""What a draft would do, in the words of its page."""

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.web.parts import Stat
from loans import policy_drafts, rule_wording
from loans.findings import Finding, Verdict
from loans.models import PolicyDraft
from loans.spoken_money import money
from workflows import policy_replay
from workflows.models import Application
from workflows.policy_replay import CASES_MOST, Compared, Replayed

ROWS_SHOWN: Final = 50


class ChangedRow(NamedTuple):
    """One open case whose result would be another. `number` is empty for whoever may not know of the case."""

    number: str
    before: str
    after: str
    rules: list[str]


def open_cases(draft: PolicyDraft, user: User) -> dict[str, object]:
    """How many of the open cases would come out otherwise, and the first of them."""
    cases = list(policy_replay.open_cases(draft.programme)[:CASES_MOST])
    changed = policy_replay.compare(cases, policy_drafts.as_policy(draft))
    seen = _seen_by(user, changed[:ROWS_SHOWN])
    return {
        "open_count": len(cases),
        "changed_count": len(changed),
        "changed": [_row(one, seen) for one in changed[:ROWS_SHOWN]],
        "rows_shown": ROWS_SHOWN,
    }


def _seen_by(user: User, changed: Sequence[Compared]) -> set[int]:
    wanted = [one.application.pk for one in changed]
    return set(Application.objects.visible_to(user).filter(pk__in=wanted).values_list("pk", flat=True))


def _row(one: Compared, seen: set[int]) -> ChangedRow:
    case = one.application
    return ChangedRow(
        number=case.number if case.pk in seen else "",
        before=str(rule_wording.VERDICTS[one.before]),
        after=str(rule_wording.VERDICTS[one.after]),
        rules=[_rule_words(finding) for finding in one.changed],
    )


def _rule_words(finding: Finding) -> str:
    """金额符合：不满足，8 万元."""
    return _("%(rule)s：%(outcome)s，%(found)s") % {
        "rule": rule_wording.title(finding.rule),
        "outcome": rule_wording.OUTCOMES[finding.outcome],
        "found": rule_wording.found_words(finding),
    }


def past_cases(draft: PolicyDraft, *, today: date) -> list[Stat]:
    """Who would have passed of those decided in the last year, and what a year's subsidy comes to."""
    cases = policy_replay.decided_cases(draft.programme, today=today)[:CASES_MOST]
    replayed = policy_replay.replay(list(cases), policy_drafts.as_policy(draft))
    if not replayed:
        return []
    paid_fen = sum(one.paid_year_fen for one in replayed)
    after_fen = sum(one.after_year_fen for one in replayed)
    unit, paid = _("件"), sum(one.was_paid for one in replayed)
    return [
        Stat(_("一年内办结"), str(len(replayed)), unit, detail=_("发了款 %(paid)s 件") % {"paid": paid}),
        Stat(_("按新规则能过"), str(sum(_passes(one) for one in replayed)), unit, detail=_moves(replayed), tone="key"),
        Stat(_("贴息一年，实际"), money(paid_fen), detail=_("发了款的，按各自的政策")),
        Stat(_("贴息一年，按新规则"), money(after_fen), detail=_difference(after_fen - paid_fen)),
    ]


def _passes(one: Replayed) -> bool:
    return one.after == Verdict.ELIGIBLE


def _moves(replayed: Sequence[Replayed]) -> str:
    more = sum(_passes(one) and not one.was_paid for one in replayed)
    fewer = sum(one.was_paid and one.after == Verdict.NOT_YET for one in replayed)
    asked = sum(one.after == Verdict.ASK for one in replayed)
    return _("多过 %(more)s 件，少过 %(fewer)s 件，要人看 %(asked)s 件") % {
        "more": more,
        "fewer": fewer,
        "asked": asked,
    }


def _difference(more_fen: int) -> str:
    if more_fen == 0:
        return _("和实际一样多")
    return (_("一年多 %(sum)s") if more_fen > 0 else _("一年少 %(sum)s")) % {"sum": money(abs(more_fen))}
