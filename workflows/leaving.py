"""Leaving an office: what a member of staff has in hand goes to colleagues by name, or back to the office.

Nobody leaves with open cases: a trigger holds the same, also for Django's administration and for SQL.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from accounts.appointments import relieve
from accounts.models import Membership, User
from accounts.permissions import holds
from records import engine
from records.refusals import MoveNotOpen, NotPermitted
from workflows.assigning import caseworkers_of, check_heir, hand_over
from workflows.models import Assignment
from workflows.refusals import HandChanged


def in_hand(membership: Membership) -> QuerySet[Assignment]:
    """The open cases that are hers in this office, the oldest first."""
    hers = Assignment.objects.filter(
        owner=membership.user_id, organisation=membership.organisation_id, ended_at__isnull=True
    )
    return hers.select_related("application").order_by("pk")


def heirs_of(membership: Membership) -> list[User]:
    """The colleagues who handle cases in this office, by name."""
    colleagues = caseworkers_of(membership.organisation).exclude(user=membership.user_id).select_related("user")
    return list({one.user_id: one.user for one in colleagues.order_by("user__username")}.values())


@transaction.atomic
def leave(membership: Membership, *, heirs: Mapping[int, User | None], by: User, at: datetime) -> Membership:
    """Hand over what is in hand, by the assignment's key, and end the role. None gives a case back to the office.

    Raises NotPermitted, MoveNotOpen where it was ended before, HandChanged where other cases are in hand than those
    that were listed, and MustStepBack where something keeps an heir from a case.
    """
    if not holds(by, "manage_people"):
        raise NotPermitted
    locked = Membership.objects.select_for_update(no_key=True).get(pk=membership.pk)
    if locked.ended_at is not None:
        raise MoveNotOpen("leave", "ended")
    held = list(in_hand(locked))
    if {one.pk for one in held} != set(heirs):
        raise HandChanged
    for assignment in held:
        heir = heirs[assignment.pk]
        if heir is not None:
            if heir.pk == locked.user_id:
                raise NotPermitted
            check_heir(engine.lock(assignment.application), assignment.organisation, heir)
        hand_over(assignment, owner=heir, by=by, at=at)
    relieve(locked, at=at)
    return locked
