"""A backup holds what the database and the folder of files held, and says so by checksum."""

import hashlib
import shutil
import sqlite3
import subprocess
import tarfile
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from records.encryption import decrypt
from records.models import StoredFile
from records.stored_files import store
from tests.makers.people import Offices
from tests.records.test_engine import NOON


@pytest.fixture
def backup(offices: Offices, transactional_db, tmp_path: Path) -> Path:
    store(b"a paper", content_type="application/pdf", by=offices.helper, at=NOON)
    call_command("backup", to=tmp_path)
    return next(tmp_path.iterdir())


@pytest.mark.django_db(transaction=True)
def test_every_copy_is_what_its_checksum_says(backup: Path):
    lines = (backup / "SHA256SUMS").read_text().splitlines()
    assert len(lines) == 2
    for line in lines:
        digest, name = line.split("  ")
        assert hashlib.sha256((backup / name).read_bytes()).hexdigest() == digest


@pytest.mark.django_db(transaction=True)
def test_every_row_of_the_copy_has_its_file_in_the_copy(backup: Path, tmp_path: Path):
    file = StoredFile.objects.get()
    with tarfile.open(backup / "files.tar") as archive:
        member = archive.extractfile(f"files/{file.storage_name}")
        assert member is not None
        assert decrypt(member.read(), context=file.sha256) == b"a paper"


@pytest.mark.django_db(transaction=True)
def test_the_copy_of_the_database_can_be_read_and_still_guards_itself(backup: Path):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL's copy is tried below")
    copy = sqlite3.connect(backup / "database.sqlite3")
    assert copy.execute("SELECT count(*) FROM accounts_user").fetchone() == (18,)
    with pytest.raises(sqlite3.IntegrityError, match="row_is_permanent"):
        copy.execute("DELETE FROM records_storedfile")
    copy.close()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_the_copy_of_postgresql_lists_tables_and_triggers(backup: Path):
    program = shutil.which("pg_restore")
    assert program is not None
    listed = subprocess.run(
        [program, "--list", str(backup / "database.dump")], check=True, capture_output=True, text=True
    ).stdout
    assert "TABLE DATA public records_storedfile" in listed
    assert "TRIGGER public records_storedfile rule_records_storedfile_unchanged" in listed
