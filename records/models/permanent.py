from django.db import models


class Permanent(models.Model):
    """Rows that are only ever added. A trigger refuses every change and deletion; a mistake gets a second row."""

    class Meta:
        abstract = True
