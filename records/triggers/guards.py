"""The two kinds of trigger that we write, in SQL that both databases read the same."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Guard:
    """Refuses a change of a row: where `when` holds (with OLD and NEW), the statement fails with `code`.

    One `at_once` is asked on PostgreSQL after the whole statement, for all its rows in one query, so that many rows
    can be written at the pace of joins. Its `when` then finds the rows themselves in the table. INSERT or DELETE only.
    """

    name: str
    table: str
    event: str  # INSERT, DELETE, UPDATE, or UPDATE OF column, …
    when: str
    code: str
    at_once: bool = False


@dataclass(frozen=True)
class Effect:
    """Carries out one statement after a row was inserted; NEW is that row."""

    name: str
    table: str
    statement: str


Trigger = Guard | Effect

_registered: dict[str, Trigger] = {}


def register(triggers: Iterable[Trigger]) -> None:
    """Called by an app's `ready()` for what its tables need beyond machines and permanent rows."""
    for trigger in triggers:
        _registered[trigger.name] = trigger


def registered() -> list[Trigger]:
    return list(_registered.values())
