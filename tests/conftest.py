"""What all tests share: databases that refuse deletion, marks that need something installed, files that go away."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import TransactionTestCase, override_settings
from hypothesis import settings
from playwright.sync_api import Browser, Page

from records.triggers import install
from tests.makers.people import Offices, office_tree

# What a property costs on a busy machine says nothing about the property; durations are `make bench`'s business.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

CHROMIUM = shutil.which("chromium") or ""
CHROMIUM_SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]

DATABASE_FIXTURES = frozenset({"db", "transactional_db", "django_db_setup"})


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test that can't run here says why; where everything has to be installed (CI=1) it fails instead."""
    if item.get_closest_marker("postgresql") and connection.vendor != "postgresql":
        _not_here("needs PostgreSQL: set TEST_DATABASE_URL=postgres://user@host:5432/name")
    if item.get_closest_marker("browser") and not CHROMIUM:
        _not_here("needs a browser: apt install chromium")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What touches no database was tried on SQLite's turn, and would say the same on PostgreSQL's."""
    if connection.vendor != "postgresql":
        return
    touching = [item for item in items if _touches_a_database(item)]
    if untouched := [item for item in items if not _touches_a_database(item)]:
        config.hook.pytest_deselected(items=untouched)
        items[:] = touching


def _touches_a_database(item: pytest.Item) -> bool:
    marked = any(item.get_closest_marker(mark) for mark in ("django_db", "postgresql"))
    return marked or bool(DATABASE_FIXTURES.intersection(getattr(item, "fixturenames", ())))


def _not_here(reason: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session", autouse=True)
def flushing_with_triggers() -> Iterator[None]:
    """SQLite empties tables by DELETE, which our triggers refuse: they step aside while a test is cleared away."""
    plain = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def without_triggers(self: TransactionTestCase) -> None:
        if connection.vendor != "sqlite":
            plain(self)
            return
        install.drop_all(connection)
        try:
            plain(self)
        finally:
            install.create_all(connection)

    TransactionTestCase._fixture_teardown = without_triggers  # type: ignore[attr-defined]
    yield
    TransactionTestCase._fixture_teardown = plain  # type: ignore[attr-defined]


@pytest.fixture(scope="session", autouse=True)
def files_that_go_away(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("files")):
        yield


@pytest.fixture
def offices(db: None) -> Offices:
    """石榴市 with everybody who works there."""
    return office_tree()


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], database_beside_the_browser: None
) -> dict[str, Any]:
    """The system's Chromium, without sandbox (tests run as root in containers) and without calls home."""
    return browser_type_launch_args | {"executable_path": CHROMIUM, "args": CHROMIUM_SWITCHES}


@pytest.fixture(scope="session")
def database_beside_the_browser() -> Iterator[None]:
    """Playwright keeps an event loop running in this thread, and Django refuses the database inside one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """An empty page for one script by itself."""
    page = browser.new_page()
    yield page
    page.close()
