"""What every move of a case brings with it: the move itself, pauses, whose turn it is, due days, word to her.

Stages call `advance`; nothing else calls `engine.perform` for an application.
"""

from datetime import datetime
from typing import Any

from accounts.models import User
from records import engine
from records.models.machine import Move
from workflows import assigning, deadlines, notices, pausing
from workflows.models import Application


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
    pausing.follow(moved, by=by, at=at)
    assigning.follow(moved, by=by, at=at)
    deadlines.refresh(moved, at=at)
    notices.tell_her(moved, move=move.__name__, at=at)
    return moved
