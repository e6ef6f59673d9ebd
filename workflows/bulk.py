"""One act on many cases: which of them it can be done with, and why not with the others. Never a no to her.

Each is done by the same function as alone, in a unit of work of its own, and looked at again there.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from accounts.models import User
from accounts.permissions import live_memberships, may
from records import engine
from records.refusals import MoveNotOpen, NotPermitted, Refusal, Stale
from workflows import assigning, looking, separation
from workflows.models import Application, AssessedFinding, Assignment, Matter
from workflows.models.finding import FindingOutcome
from workflows.models.matter import UNSETTLED
from workflows.refusals import FindingsOpen, HeldElsewhere, NotOpenedYet, SomethingWaits
from workflows.sight import place_of
from workflows.stages import eligibility
from workflows.states import State

# A page of the list.
MOST: Final = 50


@dataclass(frozen=True)
class Picked:
    """A case, and the version of it that the list showed. Its `held` is the assignment of today."""

    application: Any
    version: int


def not_assignable(picked: Sequence[Picked], *, by: User) -> dict[int, Refusal]:
    """By the case: why it can't be given to somebody of her office. Asks the database nothing more."""
    offices = {one.organisation_id for one in live_memberships(by)}
    return {one.application.pk: refusal for one in picked if (refusal := _not_assignable(one, offices, by=by))}


def not_recommendable(picked: Sequence[Picked], *, by: User) -> dict[int, Refusal]:
    """By the case: why it can't be recommended among others; eight queries however many they are.

    Alone it can be, where somebody looks: here only what she has opened, where every rule is met and nothing waits.
    """
    cases = [one.application for one in picked]
    if not cases:
        return {}
    found: dict[int, Refusal] = _with_something_waiting(cases)
    seen = looking.seen_as_they_are(cases, by=by)
    found |= {one.pk: NotOpenedYet() for one in cases if one.pk not in seen}
    found |= _with_findings_open(cases)
    found |= {pk: separation.SurveyedHerself() for pk in separation.surveyed(cases, by=by)}
    found |= separation.own_conflicts(cases, by=by)
    # What is said first is what has to be known first.
    return found | {one.application.pk: refusal for one in picked if (refusal := _not_in_eligibility(one, by=by))}


def assign(picked: Picked, *, owner: User, by: User, at: datetime) -> Assignment:
    """The same door as for one case. Raises Stale, MoveNotOpen, NotPermitted."""
    return assigning.assign(picked.application, owner=owner, by=by, at=at, version=picked.version)


@transaction.atomic
def recommend(picked: Picked, *, opinion: str, by: User, at: datetime) -> Application:
    """Recommend it, or leave it as it is where she has done so by the same press before.

    Raises what `not_recommendable` finds, and what `eligibility.recommend` raises.
    """
    locked: Application = engine.lock(picked.application)
    if locked.log.filter(version=picked.version + 1, move="recommend", by=by).exists():
        return locked
    refusal = not_recommendable([Picked(locked, picked.version)], by=by).get(locked.pk)
    if refusal is not None:
        raise refusal
    return eligibility.recommend(locked, opinion=opinion, by=by, at=at, version=picked.version)


def _not_assignable(one: Picked, offices: set[int], *, by: User) -> Refusal | None:
    case, held = one.application, getattr(one.application, "held", None)
    if case.version != one.version:
        return Stale(case.version)
    if held is None:
        return MoveNotOpen("assign", case.state)
    if held.organisation_id not in offices:
        return HeldElsewhere(str(held.organisation))
    return None if may(by, "assign", place_of(case, "assign")) else NotPermitted()


def _not_in_eligibility(one: Picked, *, by: User) -> Refusal | None:
    case = one.application
    if case.state != State.ELIGIBILITY:
        return MoveNotOpen("recommend", case.state)
    if case.version != one.version:
        return Stale(case.version)
    return None if case.authority_of(by, "recommend") else NotPermitted()


def _with_something_waiting(cases: Sequence[Application]) -> dict[int, Refusal]:
    """Her clock stands still, somebody's second word is asked for, or what she said has no answer yet."""
    paused = {one.pk for one in cases if any(pause.ended_on is None for pause in one.pauses.all())}
    matters = Matter.objects.filter(application__in=cases, state__in=UNSETTLED)
    seconds = AssessedFinding.objects.filter(
        application__in=cases, override__isnull=False, override__decided_at__isnull=True
    )
    unsettled = [*matters.values_list("application", flat=True), *seconds.values_list("application", flat=True)]
    return {pk: SomethingWaits() for pk in {*paused, *unsettled}}


def _with_findings_open(cases: Sequence[Application]) -> dict[int, Refusal]:
    """Of the latest round of each, as for one case; a case without any counts as open."""
    rounds: dict[int, dict[int, list[AssessedFinding]]] = defaultdict(lambda: defaultdict(list))
    for one in AssessedFinding.objects.filter(application__in=cases):
        rounds[one.application_id][one.round].append(one)
    found: dict[int, Refusal] = {}
    for case in cases:
        latest = rounds[case.pk][max(rounds[case.pk])] if rounds[case.pk] else []
        rules = [one.rule for one in latest if one.conclusion != FindingOutcome.MET]
        if rules or not latest:
            found[case.pk] = FindingsOpen(rules)
    return found
