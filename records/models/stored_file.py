from django.conf import settings
from django.db import models

from records.models.permanent import Permanent


class StoredFile(Permanent):
    """One file as it was handed in or issued: encrypted on disk, addressed by its SHA-256, never changed."""

    sha256 = models.CharField(max_length=64, db_index=True)
    # The longest that we keep, that of an Excel workbook, has 65 characters.
    content_type = models.CharField(max_length=100)
    size_bytes = models.PositiveIntegerField()
    storage_name = models.CharField(max_length=120)
    stored_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    stored_at = models.DateTimeField()
