"""Straight into the tables, past the engine: what the database itself refuses."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import User
from tests.makers.cases import MONDAY
from workflows.models import Application
from workflows.models.application import ApplicationTransition


@contextmanager
def refused(code: str) -> Iterator[None]:
    with pytest.raises(IntegrityError, match=code), transaction.atomic():
        yield


def insert_move(
    case: Application, move: str, target: str, *, by: User, source: str = "", version: int = 0
) -> ApplicationTransition:
    return ApplicationTransition.objects.create(
        subject=case,
        version=version or case.version + 1,
        move=move,
        source=source or case.state,
        target=target,
        by=by,
        at=MONDAY,
        before_sha256="0" * 64,
    )


def run(statement: str, *values: str | int | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
