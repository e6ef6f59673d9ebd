from django.apps import AppConfig

from loans.triggers import TRIGGERS
from records.triggers.guards import register


class LoansConfig(AppConfig):
    name = "loans"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register(TRIGGERS)
