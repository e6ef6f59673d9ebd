"""An office answers what she said: with a yes that is carried out at once, or with a no that she can read."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from records import engine
from workflows import loan_requests, matters
from workflows.matter_kinds import OF_THE_LOAN
from workflows.models import Matter
from workflows.stages import eligibility


@transaction.atomic
def grant(matter: Matter, *, answer: str, by: User, at: datetime) -> Matter:
    """Do what she asks: an appeal brings her case back, and tells her so by that; a request is the bank's to grant.

    Raises MoveNotOpen, NotPermitted, WasInvolved, Kinship, HelperConflict, AlreadyApplying, Invalid.
    """
    locked = engine.lock(matter)
    engine.authorise(locked, Matter.grant, by=by)
    if locked.kind in OF_THE_LOAN:
        return loan_requests.grant(matter, answer=answer, by=by, at=at)
    eligibility.overturn(locked.application, reason=answer, by=by, at=at, version=locked.about_version)
    return engine.lock(matter)


@transaction.atomic
def reply(matter: Matter, *, answer: str, by: User, at: datetime) -> Matter:
    """Say what was found and done. Raises MoveNotOpen, NotPermitted, WasInvolved, Kinship, HelperConflict, Invalid."""
    settled = matters.settle(matter, Matter.reply, answer=answer, by=by, at=at)
    matters.tell_answer(settled, at=at)
    return settled


@transaction.atomic
def refuse(matter: Matter, *, answer: str, by: User, at: datetime) -> Matter:
    """Leave it as it is, and say why.

    Raises MoveNotOpen, NotPermitted, WasInvolved, Kinship, HelperConflict, Invalid.
    """
    settled = matters.settle(matter, Matter.refuse, answer=answer, by=by, at=at)
    matters.tell_answer(settled, at=at)
    return settled
