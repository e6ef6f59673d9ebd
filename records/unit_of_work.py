"""The edge of every POST, command and task: one transaction, retried where the database asks for it."""

import random
import time
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.db import OperationalError, transaction

from accounts.models import User
from records.models.audit import AuditEntry
from records.refusals import Busy, Refusal

Result = TypeVar("Result")

ATTEMPTS = 3
# PostgreSQL: serialization failure, deadlock, lock not available. SQLite says "locked" in words.
RETRYABLE_SQLSTATES = frozenset({"40001", "40P01", "55P03"})


def unit_of_work(
    act: Callable[[], Result], *, by: User | None, at: datetime, action: str = "", about: str = ""
) -> Result:
    """Run `act` in one durable transaction; all of it happens or nothing does.

    A transaction that lost against another is tried again, three times in all, then raises Busy. A refusal is written
    to the audit log after the roll-back, and raised on.
    """
    try:
        return _with_retries(act)
    except Refusal as refusal:
        AuditEntry.objects.create(at=at, by=by, action=action, about=about, outcome=refusal.code)
        raise


def _with_retries(act: Callable[[], Result]) -> Result:
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with transaction.atomic(durable=True):
                return act()
        except OperationalError as error:
            if not _is_retryable(error):
                raise
            if attempt < ATTEMPTS:
                # Jitter, so that those who collided don't collide again.
                time.sleep(random.uniform(0.02, 0.2))  # noqa: S311 - not a secret
    raise Busy


def _is_retryable(error: OperationalError) -> bool:
    sqlstate = getattr(error.__cause__, "sqlstate", None)
    return sqlstate in RETRYABLE_SQLSTATES or "database is locked" in str(error)
