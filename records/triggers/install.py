"""Dropping, creating and missing triggers."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from records.triggers import postgresql, sqlite
from records.triggers.guards import Trigger, registered
from records.triggers.machines import derived

DIALECTS: dict[str, Any] = {"sqlite": sqlite, "postgresql": postgresql}


def wanted() -> list[Trigger]:
    return derived() + registered()


def create_all(connection: BaseDatabaseWrapper) -> None:
    """Create every trigger whose table exists; those that stand already are made anew."""
    drop_all(connection)
    dialect = DIALECTS[connection.vendor]
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for trigger in wanted():
            if trigger.table in tables:
                for statement in dialect.create(trigger):
                    cursor.execute(statement)


def drop_all(connection: BaseDatabaseWrapper) -> None:
    dialect = DIALECTS[connection.vendor]
    with connection.cursor() as cursor:
        for name, table in installed(connection):
            for statement in dialect.drop(name, table):
                cursor.execute(statement)


def installed(connection: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    """(trigger, table) of each of ours that the database has."""
    with connection.cursor() as cursor:
        cursor.execute(DIALECTS[connection.vendor].INSTALLED)
        return [(str(name), str(table)) for name, table in cursor.fetchall()]


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of the triggers that should be there and are not."""
    there = {name for name, _table in installed(connection)}
    return sorted(trigger.name for trigger in wanted() if trigger.name not in there)
