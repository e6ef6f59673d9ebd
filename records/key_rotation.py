"""Puts everything under the first of FIELD_KEYS, so that an older key can be taken out of use."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.db.models.functions import Cast

from records.encryption import EncryptedTextField, encrypt
from records.models import StoredFile
from records.stored_files import read


def rotate_columns() -> int:
    """Re-encrypt every value that another key sealed, one row at a time; says how many. Safe to run again."""
    count = 0
    for model, column in _encrypted_columns():
        for pk, value in _sealed_otherwise(model, column):
            count += model._default_manager.filter(pk=pk).update(**{column: value})
    return count


def rotate_files() -> int:
    """Re-encrypt every stored file that another key sealed; each is replaced in one step."""
    count = 0
    for file in StoredFile.objects.iterator():
        path = Path(default_storage.path(file.storage_name))
        if not path.read_bytes().startswith(_first_key_id().encode() + b":"):
            renewed = path.with_suffix(".new")
            renewed.write_bytes(encrypt(read(file), context=file.sha256))
            os.replace(renewed, path)
            count += 1
    return count


def _encrypted_columns() -> Iterator[tuple[Any, str]]:
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, EncryptedTextField):
                yield model, field.name


def _sealed_otherwise(model: Any, column: str) -> Iterator[tuple[Any, str]]:
    """(primary key, value in plain) of the rows whose column was sealed with another key than the first."""
    # As plain text: an encrypted column answers no questions, and this one is about its seal.
    sealed = model._default_manager.annotate(sealed=Cast(column, models.TextField()))
    others = sealed.exclude(sealed="").exclude(sealed__startswith=f"{_first_key_id()}:")
    for pk in list(others.values_list("pk", flat=True)):
        yield pk, model._default_manager.values_list(column, flat=True).get(pk=pk)


def _first_key_id() -> str:
    return str(next(iter(settings.FIELD_KEYS)))
