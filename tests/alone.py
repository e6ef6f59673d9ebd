"""A database and a site of their own for scripts: import this before anything that knows a model."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
os.environ.pop("TEST_DATABASE_URL", None)  # in memory, whoever set it
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps an event loop running in this thread
django.setup()

import time_machine  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import override_settings  # noqa: E402

from tests.project.served import served  # noqa: E402


@contextmanager
def a_site(at: datetime) -> Iterator[str]:
    """An empty database behind a site whose clock shows this moment and runs on; yields its address."""
    connection.settings_dict["TEST"]["MIGRATE"] = False  # tables from the models: half a minute faster
    with (
        time_machine.travel(at, tick=True),
        tempfile.TemporaryDirectory() as folder,
        override_settings(MEDIA_ROOT=f"{folder}/files"),
    ):
        connection.creation.create_test_db(verbosity=0, serialize=False)
        with served(Path(folder) / "static") as address:
            yield address
