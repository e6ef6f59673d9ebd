from django.apps import AppConfig

from records.triggers.guards import register


class WorkflowsConfig(AppConfig):
    name = "workflows"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from workflows import matter_triggers, reminder_triggers, triggers  # noqa: PLC0415 - need the models

        register(triggers.TRIGGERS)
        register(matter_triggers.TRIGGERS)
        register(reminder_triggers.TRIGGERS)
