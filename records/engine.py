"""The one door: every state change of every machine goes through `perform`.

Lock, version, state before permission, separation of duties, transition, save, log row: all or nothing. The log row
moves the subject in the database (records/triggers), so a move without its log can't exist, and neither can a log
without its move.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, TypeVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django_fsm import can_proceed

from accounts.models import User
from records.models.machine import Authority, Machine, Move
from records.refusals import MoveNotOpen, NotPermitted, Stale

Subject = TypeVar("Subject", bound=Machine)


def perform(
    subject: Subject,
    move: Move,
    *,
    by: User,
    at: datetime,
    version: int | None = None,
    reason: str = "",
    **fields: Any,
) -> Subject:
    """Move the subject and return it as it is afterwards; the one passed in is stale from then on.

    `move` is the method of the machine (`Application.accept`); `fields` are what it carries. `version` is the one the
    person saw: where it isn't today's, somebody was quicker.

    Raises Stale, MoveNotOpen, NotPermitted, or what the machine's own separation of duties raises.
    """
    with transaction.atomic():
        locked = lock(subject)
        if version is not None and version != locked.version:
            raise Stale(locked.version)
        authority = authorise(locked, move, by=by)
        source, before = locked.state, fingerprint(locked)
        getattr(locked, move.__name__)(**fields)
        # The fields first: the log row sets the state, and the database checks what has to be known in it.
        locked.save(update_fields=_carried(locked))
        locked.log.create(
            version=locked.version + 1,
            move=move.__name__,
            source=source,
            target=locked.state,
            by=by,
            acting_as=authority.membership,
            at=at,
            reason=reason,
            before_sha256=before,
        )
        locked.version += 1
        return locked


def lock(subject: Subject) -> Subject:
    """The subject's row as it is now, held until the transaction ends."""
    # no_key: rows that point at the subject may still be added by others meanwhile.
    rows = type(subject)._default_manager.select_for_update(no_key=True, of=("self",))
    if subject.locked_with:  # without a name, select_related would follow every relation
        rows = rows.select_related(*subject.locked_with)
    return rows.get(pk=subject.pk)


def authorise(subject: Machine, move: Move, *, by: User) -> Authority:
    """Raise the refusal that keeps `by` from making the move, or return by what right it is made.

    State before permission: django-fsm answers "no permission" when the state is wrong, and "too late" would read as
    "forbidden".
    """
    if not can_proceed(getattr(subject, move.__name__)):
        raise MoveNotOpen(move.__name__, subject.state)
    authority = subject.authority_of(by, permission_of(type(subject), move.__name__))
    if authority is None:
        raise NotPermitted
    subject.check_separation(move.__name__, by=by)
    return authority


def open_moves(subject: Machine, *, by: User) -> Iterator[str]:
    """The moves that are open from here and that this person may make, in the order in which they are declared."""
    asked = {one.name: one.permission for one in transitions(type(subject))}
    for move, permission in asked.items():
        if can_proceed(getattr(subject, move)) and subject.authority_of(by, permission) is not None:
            yield move


def permission_of(machine: type[Machine], move: str) -> str:
    """The permission that a move asks for. Every move asks for one: a test sees to it."""
    permission = next(one.permission for one in transitions(machine) if one.name == move)
    assert isinstance(permission, str), f"{move} names no permission"
    return permission


def transitions(machine: type[Machine]) -> list[Any]:
    """Every transition of a machine, in the order of the class; django-fsm has them by the alphabet."""
    options: Any = machine._meta
    declared = list(vars(machine))
    found = options.get_field("state").get_all_transitions(machine)
    return sorted(found, key=lambda one: declared.index(one.name))


def fingerprint(subject: Machine) -> str:
    """SHA-256 of the subject's row, its concrete fields in order."""
    row = {field.attname: getattr(subject, field.attname) for field in subject._meta.concrete_fields}
    return hashlib.sha256(json.dumps(row, cls=DjangoJSONEncoder, sort_keys=True).encode()).hexdigest()


def _carried(subject: Machine) -> list[str]:
    """Every column but those that the log row drives."""
    driven = {"state", "version"}
    return [field.name for field in subject._meta.concrete_fields if not field.primary_key and field.name not in driven]
