"""What gunicorn loads, loaded as gunicorn does: by a Python that knows nothing yet."""

import os
import subprocess
import sys

from django.conf import settings

from tests.config.test_production import GOOD


def loaded(**environment: str) -> str:
    run = subprocess.run(
        [sys.executable, "-c", "import config.wsgi"],
        env={"PATH": os.environ["PATH"]} | environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    return run.stderr.strip().splitlines()[-1] if run.returncode else ""


def test_the_demo_is_served():
    assert loaded(DJANGO_SETTINGS_MODULE="config.settings.demo", DATABASE_URL="sqlite://:memory:") == ""


def test_production_is_what_is_served_by_default():
    assert "SECRET_KEY" in loaded()


def test_production_looks_into_its_database_first():
    assert loaded(**GOOD | {"DATABASE_URL": "sqlite://:memory:"}) == ""
