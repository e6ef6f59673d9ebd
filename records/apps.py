from typing import Any

from django.apps import AppConfig
from django.core.checks import register
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


class RecordsConfig(AppConfig):
    name = "records"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models are loaded by now, not before.
        from records import checks  # noqa: PLC0415
        from records.triggers import decisions, guards, staff  # noqa: PLC0415

        guards.register(staff.TRIGGERS)
        guards.register(decisions.TRIGGERS)
        register(checks.every_trigger_is_installed, "database")
        # The only signals we have: on SQLite a rebuilt table loses its triggers, and they stop the rebuilding.
        pre_migrate.connect(_drop_triggers, sender=self, dispatch_uid="drop_triggers")
        post_migrate.connect(_create_triggers, dispatch_uid="create_triggers")


def _drop_triggers(*, using: str, plan: list[Any], **_kwargs: Any) -> None:
    from records.triggers import install  # noqa: PLC0415 - needs the models

    # With nothing to migrate they stay, so that a service at work isn't without them for a moment.
    if plan:
        install.drop_all(connections[using])


def _create_triggers(*, sender: AppConfig, using: str, **_kwargs: Any) -> None:
    from records.triggers import install  # noqa: PLC0415 - needs the models

    # Every app tells when it has migrated; the last of ours is enough.
    if sender.name == "reports":
        install.create_all(connections[using])
