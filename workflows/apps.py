from django.apps import AppConfig

from records.triggers.guards import register


class WorkflowsConfig(AppConfig):
    name = "workflows"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from workflows.triggers import TRIGGERS  # noqa: PLC0415 - needs the models

        register(TRIGGERS)
