"""The suite makes its tables from the models; an installation makes them by migrations. Both are the same tables."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection


def manage(url: str, *arguments: str, files: Path | None = None) -> str:
    """What manage.py says, run as an operator runs it, with a folder for stored files where it needs one."""
    storage = {"STORAGE_URL": f"file://{files}"} if files else {}
    run = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        env=os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings.demo"} | storage,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def installed(url: str) -> None:
    manage(url, "migrate", "--verbosity", "0")
    assert manage(url, "check", "--database", "default", "--fail-level", "WARNING").startswith(
        "System check identified no"
    )
    assert "都成立" in manage(url, "verify")
    assert "No migrations to apply" in manage(url, "migrate")


def test_an_empty_sqlite_file_becomes_an_installation(tmp_path: Path):
    installed(f"sqlite:///{tmp_path / 'new.sqlite3'}")


@pytest.fixture
def empty_database(db: None) -> Iterator[str]:
    """The URL of a database of its own beside that of the tests."""
    import psycopg

    at = connection.settings_dict
    name = f"{at['NAME']}_migrated"
    server = f"postgres://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as administration:
        administration.execute(f'DROP DATABASE IF EXISTS "{name}"')
        administration.execute(f'CREATE DATABASE "{name}"')
        yield f"{server}/{name}"
        administration.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.mark.postgresql
def test_an_empty_postgresql_database_becomes_an_installation(empty_database: str):
    installed(empty_database)
