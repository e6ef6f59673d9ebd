"""manage.py backup [--to FOLDER]: the database and every stored file, in a folder of their own, with checksums.

The database first: files are only ever added, so each row of the copy has its file. docs/operations.md says how to
restore.
"""

import hashlib
import shutil
import subprocess
import tarfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

CHUNK_BYTES = 1024 * 1024


class Command(BaseCommand):
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.description = _("备份数据库和全部文件")
        parser.add_argument("--to", type=Path, default=settings.BASE_DIR / "var" / "backups", help=_("放在哪个目录"))

    def handle(self, *args: object, to: Path, **options: object) -> None:
        folder = to / timezone.localtime(timezone.now()).strftime("%Y-%m-%dT%H%M%S")
        folder.mkdir(parents=True)
        copies = [_copy_of_database(folder), _copy_of_files(folder)]
        sums = [f"{_sha256(path)}  {path.name}\n" for path in copies]
        (folder / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")
        self.stdout.write(_("备份在 %(folder)s，拷到别处存好。") % {"folder": folder})


def _copy_of_database(folder: Path) -> Path:
    if connection.vendor == "sqlite":
        path = folder / "database.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(path)])
        return path
    path = folder / "database.dump"
    _pg_dump(path)
    return path


def _pg_dump(path: Path) -> None:
    program = shutil.which("pg_dump")
    if program is None:
        raise CommandError(_("没有 pg_dump：apt install postgresql-client"))
    at: dict[str, Any] = connection.settings_dict
    places = {"PGHOST": at["HOST"], "PGPORT": at["PORT"], "PGUSER": at["USER"], "PGDATABASE": at["NAME"]}
    environment = {name: str(value) for name, value in (places | {"PGPASSWORD": at["PASSWORD"]}).items() if value}
    try:
        command = [program, "--format=custom", f"--file={path}"]
        subprocess.run(command, env=environment, check=True, capture_output=True, text=True)  # noqa: S603
    except subprocess.CalledProcessError as trouble:
        raise CommandError(str(trouble.stderr).strip()) from trouble


def _copy_of_files(folder: Path) -> Path:
    path = folder / "files.tar"
    stored = Path(settings.MEDIA_ROOT)
    with tarfile.open(path, "w") as archive:
        if stored.exists():
            archive.add(stored, arcname="files")
    return path


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as opened:
        while chunk := opened.read(CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()
