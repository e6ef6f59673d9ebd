"""A no of any office: its reasons are kept, then the move is made, whose letter prints them."""

from collections.abc import Sequence
from datetime import datetime

from accounts.models import User
from records.models.machine import Move
from workflows import casework
from workflows import reasons as told
from workflows.models import Application
from workflows.reasons import Reason


def refuse(case: Application, move: Move, *, reasons: Sequence[Reason], by: User, at: datetime) -> Application:
    """Decline the case, which `casework.begin` has opened for the move. Raises Invalid where a reason won't do."""
    told.check(reasons)
    told.keep(case, reasons)
    return casework.advance(case, move, by=by, at=at, version=None, reason="；".join(one.words for one in reasons))
