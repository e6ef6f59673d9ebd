"""Production starts with values of its own or not at all."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from accounts.models import Region
from config.demo_data import refuse_demo_data
from tests.makers.people import Offices

GOOD = {
    "SECRET_KEY": "k7QfW2vR9xLpZ4mN8bTgY6hJ3cUdE5sAaX1oViKwOyBzMnHqPrGl",
    "FIELD_KEYS": "2026=0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0",
    "INDEX_KEYS": "2026=1f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0",
    "DATABASE_URL": "postgres://loans@127.0.0.1:5432/loans",
    "STORAGE_URL": "file:///var/lib/loans/files",
    "ALLOWED_HOSTS": "loans.example",
    "SMS_BACKEND": "records.sms.HttpGateway",
    "OFFICE_NAME": "office",
    "OFFICE_HELP_PHONE": "1",
    "OFFICE_COMPLAINT_PHONE": "2",
    "OFFICE_STAFF_PHONE": "3",
    "OFFICE_URL": "https://loans.example",
}


def started(**changed: str | None) -> str:
    """What a Python that reads these settings says before it gives up; "" where it doesn't."""
    environment = {name: value for name, value in (GOOD | changed).items() if value is not None}
    run = subprocess.run(
        [sys.executable, "-c", "import config.settings.production"],
        env=environment | {"PATH": os.environ["PATH"]},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    return run.stderr.strip().splitlines()[-1] if run.returncode else ""


def test_it_starts_with_values_of_its_own():
    assert started() == ""


@pytest.mark.parametrize("name", sorted(GOOD))
def test_it_does_not_start_while_a_value_is_missing(name):
    assert name in started(**{name: None})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "demo-only-not-a-secret-demo-only-not-a-secret-0001"),
        ("SECRET_KEY", "short"),
        ("FIELD_KEYS", "demo=" + "11" * 32),
        ("FIELD_KEYS", "2026=abc"),
        ("INDEX_KEYS", "demo=" + "22" * 32),
        ("SMS_BACKEND", "records.sms.OutboxPage"),
        ("VOICE_BACKEND", "records.sms.OutboxPage"),
        ("STORAGE_URL", "s3://bucket"),
        ("DEBUG", "true"),
    ],
)
def test_it_does_not_start_with_a_value_of_the_demo(name, value):
    assert name in started(**{name: value})


def test_the_demo_office_is_not_served_in_real_use(offices: Offices):
    with pytest.raises(ImproperlyConfigured, match="demo office"):
        refuse_demo_data()


def test_an_office_of_its_own_is_served(db):
    Region.objects.create(code="370000000000", name="某市", level="city", valid_from="2026-01-01")
    refuse_demo_data()
