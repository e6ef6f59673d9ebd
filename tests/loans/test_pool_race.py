"""Nobody gets the fifty-first place. The racers are in tests/loans/race/."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings

from tests.loans.race.pool import PROCESSES, ROOM, TRIES
from tests.makers.loans import LOAN_FEN


def raced(database_url: str, who: str = "pool") -> dict[str, Any]:
    finished = subprocess.run(
        [sys.executable, "-m", "tests.loans.race", who],
        cwd=settings.BASE_DIR,
        env={**os.environ, "TEST_DATABASE_URL": database_url, "DJANGO_SETTINGS_MODULE": "config.settings.test"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    outcomes: dict[str, Any] = json.loads(finished.stdout)
    return outcomes


@pytest.fixture
def database_of_its_own() -> Iterator[str]:
    """An empty PostgreSQL database, dropped afterwards: the racers commit, so it can't be the suite's."""
    server = urlsplit(os.environ.get("TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/test"))
    name = f"pool_race_{uuid4().hex[:12]}"
    with psycopg.connect(server._replace(path="/postgres").geturl(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield server._replace(path=f"/{name}").geturl()
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def check(outcomes: dict[str, Any]) -> None:
    by_the_code = outcomes["by_the_code"]
    assert by_the_code["taken"] == by_the_code["rows"] == ROOM
    assert by_the_code["refused"] == {"pool_exhausted": PROCESSES * TRIES - ROOM}
    assert by_the_code["reserved_fen"] == ROOM * LOAN_FEN
    assert by_the_code["findings"] == []
    # Code that never thought of the others can't do harm while the triggers are there …
    careless = outcomes["naively_with_triggers"]
    assert careless["taken"] == careless["rows"] <= ROOM
    assert careless["findings"] == []
    # … and does without them; so the race is one.
    control = outcomes["naively_without_triggers"]
    assert control["rows"] > ROOM
    assert control["findings"] != []


@pytest.mark.postgresql
def test_sixteen_processes_take_exactly_what_is_there_on_postgresql(database_of_its_own):
    check(raced(database_of_its_own))


@pytest.mark.drill
def test_sixteen_processes_take_exactly_what_is_there_in_an_sqlite_file(tmp_path: Path):
    check(raced(f"sqlite:///{tmp_path / 'race.sqlite3'}"))
