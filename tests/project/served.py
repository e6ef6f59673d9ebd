"""The site as a browser gets it: files hashed and compressed, answered by the server's own middleware."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django_htmx
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.db import connections
from django.test import override_settings
from django.test.testcases import LiveServerThread

OUR_FILES = [settings.BASE_DIR / "static", Path(django_htmx.__file__).parent / "static"]
STORAGES = settings.STORAGES | {
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve the database of the test; yields the address of the site."""
    with override_settings(
        STATIC_ROOT=folder,
        STORAGES=STORAGES,
        STATICFILES_DIRS=OUR_FILES,
        # The administration's files are many, and no page here uses them.
        STATICFILES_FINDERS=["django.contrib.staticfiles.finders.FileSystemFinder"],
    ):
        call_command("collectstatic", interactive=False, verbosity=0)
        yield from _running()


def _running() -> Iterator[str]:
    # A database in memory is seen by the server's thread only through the connection of this one.
    in_memory = {one.alias: one for one in connections.all() if one.vendor == "sqlite"}
    for connection in in_memory.values():
        connection.inc_thread_sharing()
    thread = LiveServerThread("127.0.0.1", static_handler=FilesByMiddleware, connections_override=in_memory)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    try:
        if thread.error:
            raise thread.error
        yield f"http://127.0.0.1:{thread.port}"
    finally:
        # The connections stay shared: a thread whose browser has just gone may still be closing its own.
        thread.terminate()


class FilesByMiddleware(WSGIHandler):
    """Instead of Django's handler of static files, which knows neither hashes nor compression."""

    def __init__(self, _application: WSGIHandler) -> None:
        super().__init__()
