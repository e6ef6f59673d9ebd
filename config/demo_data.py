"""Keeps the demo office, whose passwords everybody knows, out of real use."""

from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from accounts.models import Region

# No place on earth has these; the demo office and the women of the tests live there.
MADE_UP_AREA = "990000"


def refuse_demo_data() -> None:
    """Raise ImproperlyConfigured where the database holds the demo office. An empty database passes."""
    if Region._meta.db_table not in connection.introspection.table_names():
        return
    if Region.objects.filter(code__startswith=MADE_UP_AREA).exists():
        raise ImproperlyConfigured("this database holds the demo office; real use begins with an empty one")
