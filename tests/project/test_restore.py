"""The operator's page, carried out: an office is backed up, lost, restored, and found whole. `make drill` runs it."""

import shutil
import subprocess
import tarfile
from pathlib import Path

import psycopg
import pytest

from tests.project.test_migrations import empty_database, manage

__all__ = ["empty_database"]
pytestmark = pytest.mark.drill


def made_and_backed_up(url: str, folder: Path) -> Path:
    """An office with half a year of cases; its files are lost right after the backup."""
    manage(url, "migrate", "--verbosity", "0")
    manage(url, "demo", files=folder / "lost")
    manage(url, "backup", "--to", str(folder / "backups"), files=folder / "lost")
    shutil.rmtree(folder / "lost")
    return next((folder / "backups").iterdir())


def found_whole(url: str, backup: Path, folder: Path) -> None:
    with tarfile.open(backup / "files.tar") as archive:
        archive.extractall(folder, filter="data")
    manage(url, "migrate", "--verbosity", "0")
    assert "都成立" in manage(url, "verify", "--files", files=folder / "files")


def test_an_sqlite_office_comes_back(tmp_path: Path):
    backup = made_and_backed_up(f"sqlite:///{tmp_path / 'lost.sqlite3'}", tmp_path)
    (tmp_path / "lost.sqlite3").unlink()
    shutil.copy(backup / "database.sqlite3", tmp_path / "found.sqlite3")
    found_whole(f"sqlite:///{tmp_path / 'found.sqlite3'}", backup, tmp_path)


@pytest.mark.postgresql
def test_a_postgresql_office_comes_back(empty_database: str, tmp_path: Path):
    backup = made_and_backed_up(empty_database, tmp_path)
    server, _slash, name = empty_database.rpartition("/")
    with psycopg.connect(f"{server}/postgres", autocommit=True) as administration:
        administration.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        administration.execute(f'CREATE DATABASE "{name}"')
    subprocess.run(["pg_restore", f"--dbname={empty_database}", str(backup / "database.dump")], check=True)
    found_whole(empty_database, backup, tmp_path)
