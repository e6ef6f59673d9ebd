"""A request that moves money is carried out once, whatever the network does to its answer.

The key is claimed in a transaction of its own, so that a second request sees the first at work. The answer is stored
inside the business transaction: it exists if and only if the act does. A refused act gives the key back.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from accounts.models import User
from records.models.idempotency import IdempotencyKey
from records.refusals import InFlight, KeyMissing, KeyReused
from records.unit_of_work import unit_of_work

# Longer than any request lives: after it a claim without an answer is a crash, and the request may be tried again.
CLAIM = timedelta(seconds=60)
KEY_LENGTH_MAX = 255


class Answer(NamedTuple):
    status: int
    body: bytes


def answer_once(
    act: Callable[[], Answer], *, by: User, at: datetime, method: str, path: str, key: str, body: bytes
) -> Answer:
    """Carry `act` out once for this user, method, path and key; later calls get the same bytes.

    Raises KeyMissing, KeyReused (same key, other body), InFlight (the first is still at work), or what `act` raises.
    """
    if not 0 < len(key) <= KEY_LENGTH_MAX:
        raise KeyMissing
    claim = _claim(by=by, at=at, method=method, path=path, key=key, body=body)
    if claim.answer is not None and claim.status is not None:
        return Answer(claim.status, bytes(claim.answer))
    try:
        return unit_of_work(lambda: _answer(claim, act), by=by, at=at, action=f"{method} {path}"[:60])
    except BaseException:
        _ours(claim).delete()
        raise


def _claim(*, by: User, at: datetime, method: str, path: str, key: str, body: bytes) -> IdempotencyKey:
    digest = hashlib.sha256(body).hexdigest()
    try:
        with transaction.atomic():
            return IdempotencyKey.objects.create(
                user=by,
                method=method,
                path=path,
                key=key,
                body_sha256=digest,
                claimed_until=at + CLAIM,
                created_at=at,
            )
    except IntegrityError:
        found = IdempotencyKey.objects.filter(user=by, method=method, path=path, key=key).first()
    if found is None:  # given back this very moment
        raise InFlight
    if found.body_sha256 != digest:
        raise KeyReused
    if found.answer is None:
        _take_over(found, at=at)
    return found


def _take_over(claim: IdempotencyKey, *, at: datetime) -> None:
    """Make a claim ours whose first owner died. Raises InFlight while that one may be alive."""
    dead = IdempotencyKey.objects.filter(pk=claim.pk, answer__isnull=True, claimed_until__lt=at)
    if not dead.update(claimed_until=at + CLAIM):
        raise InFlight
    claim.claimed_until = at + CLAIM


def _answer(claim: IdempotencyKey, act: Callable[[], Answer]) -> Answer:
    answer = act()
    # Whoever was so slow that another took over gives way: the act is rolled back with this exception.
    if not _ours(claim).update(status=answer.status, answer=answer.body):
        raise InFlight
    return answer


def _ours(claim: IdempotencyKey) -> QuerySet[IdempotencyKey]:
    """The claim's row while it is without an answer and nobody has taken it over."""
    return IdempotencyKey.objects.filter(pk=claim.pk, answer__isnull=True, claimed_until=claim.claimed_until)
