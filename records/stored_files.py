"""Files that were handed in or issued: encrypted on disk, found by their row, never changed."""

import hashlib
import uuid
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accounts.models import User
from records.encryption import decrypt, encrypt
from records.models.stored_file import StoredFile


def store(content: bytes, *, content_type: str, by: User, at: datetime) -> StoredFile:
    """Write the bytes first, then the row: a row without its file can't exist, a file without its row is harmless."""
    digest = hashlib.sha256(content).hexdigest()
    name = f"{digest[:2]}/{uuid.uuid4().hex}.bin"
    written = default_storage.save(name, ContentFile(encrypt(content, context=digest)))
    return StoredFile.objects.create(
        sha256=digest,
        content_type=content_type,
        size_bytes=len(content),
        storage_name=written,
        stored_by=by,
        stored_at=at,
    )


def read(file: StoredFile) -> bytes:
    """The file's bytes. Raises CannotDecrypt where the file on disk isn't what was stored."""
    with default_storage.open(file.storage_name) as stored:
        return decrypt(stored.read(), context=file.sha256)
