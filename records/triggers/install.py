"""Dropping, creating and missing triggers."""

from typing import Any, NamedTuple

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from records.triggers import postgresql, sqlite
from records.triggers.guards import Trigger, registered
from records.triggers.machines import derived

DIALECTS: dict[str, Any] = {"sqlite": sqlite, "postgresql": postgresql}


class Installed(NamedTuple):
    """One trigger of ours that the database has, with what it says there."""

    name: str
    table: str
    text: str


def wanted() -> list[Trigger]:
    return derived() + registered()


def create_all(connection: BaseDatabaseWrapper) -> None:
    """Create every trigger whose table exists, anew where it stands; other connections see the old ones or all."""
    dialect = DIALECTS[connection.vendor]
    tables = set(connection.introspection.table_names())
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        drop_all(connection)
        for trigger in wanted():
            if trigger.table in tables:
                for statement in dialect.create(trigger):
                    cursor.execute(statement)


def drop_all(connection: BaseDatabaseWrapper) -> None:
    dialect = DIALECTS[connection.vendor]
    with connection.cursor() as cursor:
        for one in installed(connection):
            for statement in dialect.drop(one.name, one.table):
                cursor.execute(statement)


def installed(connection: BaseDatabaseWrapper) -> list[Installed]:
    """Those of ours that the database has, and that are switched on."""
    with connection.cursor() as cursor:
        cursor.execute(DIALECTS[connection.vendor].INSTALLED)
        return [Installed(*row) for row in cursor.fetchall()]


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of the triggers that should be there and are not, or say something else than they should."""
    dialect = DIALECTS[connection.vendor]
    there = {one.name: one.text for one in installed(connection)}
    return sorted(trigger.name for trigger in wanted() if there.get(trigger.name) != dialect.text(trigger))
