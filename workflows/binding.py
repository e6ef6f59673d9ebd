"""One live application for each person and programme, from the day on which she hands it in."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from accounts.models import User
from records.models.machine import Move
from workflows import casework
from workflows.models import Application
from workflows.models.application import BINDS_NOW
from workflows.refusals import AlreadyApplying


def bind(case: Application, move: Move, *, by: User, at: datetime, reason: str = "", **fields: Any) -> Application:
    """Make a move that binds the person, whose blind index the case takes on. Raises AlreadyApplying.

    Asked first, and held by a unique constraint for two who come at the same moment.
    """
    person_index = case.applicant.id_index
    if _is_bound(case, person_index):
        raise AlreadyApplying
    try:
        with transaction.atomic():
            return casework.advance(
                case, move, by=by, at=at, version=None, reason=reason, person_index=person_index, **fields
            )
    except IntegrityError as error:
        if _is_bound(case, person_index):
            raise AlreadyApplying from error
        raise


def _is_bound(case: Application, person_index: str) -> bool:
    live = Application.objects.filter(BINDS_NOW, programme=case.programme, person_index=person_index)
    return live.exclude(pk=case.pk).exists()
