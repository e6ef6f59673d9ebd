"""Acts that take two people: one proposes, another decides."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from records.models.decision import Decision, Outcome
from records.refusals import MoveNotOpen, SamePerson


def propose(kind: str, *, summary: str, by: User, at: datetime) -> Decision:
    return Decision.objects.create(kind=kind, summary=summary, proposed_by=by, proposed_at=at)


def decide(decision: Decision, *, outcome: Outcome, by: User, at: datetime, reason: str = "") -> Decision:
    """Settle an open decision. Raises SamePerson for its proposer and MoveNotOpen where it was settled before.

    Whether `by` holds the role of a checker is asked by whoever owns what the decision is about.
    """
    with transaction.atomic():
        locked = Decision.objects.select_for_update(no_key=True).get(pk=decision.pk)
        if not locked.is_open:
            raise MoveNotOpen("decide", locked.outcome)
        if locked.proposed_by_id == by.pk:
            raise SamePerson
        locked.outcome, locked.decided_by, locked.decided_at, locked.reason = outcome, by, at, reason
        locked.save()
        return locked
