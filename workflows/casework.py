"""What every move of a case brings with it: pauses, whose turn it is, due days, word to her, and its paper.

Stages call `begin`, check what is special to them, and `advance`; nothing else calls `engine.perform` for an
application.
"""

from datetime import datetime
from typing import Any

from accounts.models import User
from records import engine
from records.models.machine import Move
from records.refusals import Stale
from workflows import (
    assigning,
    commitments,
    deadlines,
    findings,
    notices,
    pausing,
    signing_appointments,
    visit_appointments,
)
from workflows.models import Application
from workflows.papers import issuing
from workflows.states import State


def begin(application: Application, move: Move, *, by: User, version: int | None) -> Application:
    """The case as it is now, locked, where the move is open and `by` may make it: the first line of every stage.

    Raises Stale, MoveNotOpen, NotPermitted, or what separation of duties raises, before anything else is looked at.
    """
    locked = engine.lock(application)
    if version is not None and version != locked.version:
        raise Stale(locked.version)
    engine.authorise(locked, move, by=by)
    return locked


def advance(
    application: Application,
    move: Move,
    *,
    by: User,
    at: datetime,
    version: int | None,
    reason: str = "",
    **fields: Any,
) -> Application:
    """Make the move and everything that follows from it, or nothing. Raises what `engine.perform` raises."""
    moved = engine.perform(application, move, by=by, at=at, version=version, reason=reason, **fields)
    commitments.follow(moved, move=move.__name__, by=by, at=at)
    if moved.state == State.ELIGIBILITY:
        findings.assess(moved, at=at)
    pausing.follow(moved, by=by, at=at)
    signing_appointments.follow(moved, move=move.__name__, by=by, at=at)
    visit_appointments.follow(moved, move=move.__name__, by=by, at=at)
    assigning.follow(moved, by=by, at=at)
    deadlines.refresh(moved, at=at)
    notices.tell_her(moved, move=move.__name__, at=at)
    issuing.issue_for(moved, move=move.__name__, by=by, at=at)
    return moved
