"""What must be true of what was said and done, read again from the rows: one plain line for each thing that isn't."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import connection
from django.db.models import Count, F, Model, OuterRef, Q, Subquery, Window
from django.db.models.functions import Lag

from records.encryption import CannotDecrypt, EncryptedTextField
from records.models import Notice, StoredFile, Transition
from records.stored_files import read
from records.triggers import install
from records.triggers.machines import state_field, subject_of


def findings() -> Iterator[str]:
    """Every broken invariant of triggers, machines and their logs, encrypted columns and stored files."""
    for name in install.missing(connection):
        yield f"trigger {name} is missing or says something else: run manage.py migrate"
    for log in _models(Transition):
        yield from _of_states(log)
        yield from _of_chains(log)
    for model in apps.get_models():
        yield from _of_encryption(model)
    yield from _of_presence()


def findings_in_files() -> Iterator[str]:
    """Reads every stored file to the end; slow, so it is asked for."""
    for file in StoredFile.objects.iterator():
        try:
            content = read(file)
        except FileNotFoundError:
            continue  # told by `findings` already
        except CannotDecrypt:
            yield f"file {file.pk}: what is on disk isn't what was stored"
        else:
            if len(content) != file.size_bytes:
                yield f"file {file.pk}: {len(content)} bytes, its row says {file.size_bytes}"


def remarks() -> Iterator[str]:
    """What an operator should look at, and what breaks no invariant."""
    dead = Notice.objects.filter(dead_at__isnull=False).count()
    if dead:
        yield f"{dead} messages could not be delivered: manage.py outbox --dead"


def _of_states(log: Any) -> Iterator[str]:
    """State and version of a subject are its last log row's target and the number of its rows."""
    subject = subject_of(log)
    last = log._default_manager.filter(subject_id=OuterRef("pk")).order_by("-version").values("target")[:1]
    told = subject._default_manager.annotate(rows=Count("log"), last=Subquery(last))
    first = state_field(subject).get_default()
    wrong = told.filter(~Q(version=F("rows")) | Q(rows=0) & ~Q(state=first) | Q(rows__gt=0) & ~Q(state=F("last")))
    for one in wrong.order_by("pk"):
        logged = f"{one.rows} moves to {one.last or first}"
        yield f"{_label(subject)} {one}: {one.state} in version {one.version}, its log says {logged}"


def _of_chains(log: Any) -> Iterator[str]:
    """Each log row begins where the one before it ended, in the version after it."""
    linked = log._default_manager.annotate(came_from=_before("target"), after=_before("version", default=0))
    for row in linked.filter(~Q(version=F("after") + 1) | Q(came_from__isnull=False) & ~Q(source=F("came_from"))):
        yield f"{_label(log)} {row.pk}: {row.move} in version {row.version} doesn't follow from the row before"


def _before(column: str, default: int | None = None) -> Window:
    """The column as it is in the row before, of the same subject."""
    return Window(Lag(column, default=default), partition_by=F("subject_id"), order_by=F("version").asc())


def _of_encryption(model: type[Model]) -> Iterator[str]:
    """Every encrypted value can be read with the keys that we hold."""
    columns = [field.name for field in model._meta.concrete_fields if isinstance(field, EncryptedTextField)]
    for column in columns:
        values = model._default_manager.values_list(column, flat=True)
        try:
            for _value in values.iterator(chunk_size=2000):
                pass
        except CannotDecrypt as trouble:
            yield f"{_label(model)}.{column}: {trouble}"


def _of_presence() -> Iterator[str]:
    for pk, name in StoredFile.objects.values_list("pk", "storage_name").iterator():
        if not default_storage.exists(name):
            yield f"file {pk}: {name} is not in the store"


def _models(kind: type[Any]) -> list[Any]:
    return [model for model in apps.get_models() if issubclass(model, kind)]


def _label(model: type[Model]) -> str:
    return model._meta.object_name or ""
