from django.apps import AppConfig

from records.triggers.guards import register


class LoansConfig(AppConfig):
    name = "loans"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from loans.triggers import TRIGGERS  # noqa: PLC0415 - the ledger's table needs the models

        register(TRIGGERS)
