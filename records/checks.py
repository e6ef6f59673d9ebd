"""System checks of this app."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage
from django.core.checks import Warning as CheckWarning
from django.db import connections

from records.triggers import install


def every_trigger_is_installed(
    app_configs: Sequence[Any] | None, databases: Sequence[str] | None = None, **_kwargs: Any
) -> list[CheckMessage]:
    """Runs where the database is checked (`check --database default`, `migrate`), not on every start.

    A warning, not an error: `migrate` runs it first, and `migrate` is the cure.
    """
    messages: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        # Before the first migrate there is nothing to guard.
        if "records_auditentry" not in connection.introspection.table_names():
            continue
        for name in install.missing(connection):
            messages.append(CheckWarning(f"trigger {name} is missing: run manage.py migrate", id="records.W001"))
    return messages
