from django.apps import AppConfig

from records.triggers.guards import register


class WorkflowsConfig(AppConfig):
    name = "workflows"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from workflows import (  # noqa: PLC0415 - need the models
            appointment_triggers,
            calendar_triggers,
            charge_triggers,
            follow_up_triggers,
            leaving_triggers,
            matter_triggers,
            recusal_triggers,
            reminder_triggers,
            triggers,
            visit_triggers,
        )

        register(triggers.TRIGGERS)
        register(visit_triggers.TRIGGERS)
        register(matter_triggers.TRIGGERS)
        register(recusal_triggers.TRIGGERS)
        register(reminder_triggers.TRIGGERS)
        register(follow_up_triggers.TRIGGERS)
        register(appointment_triggers.TRIGGERS)
        register(calendar_triggers.TRIGGERS)
        register(leaving_triggers.TRIGGERS)
        register(charge_triggers.TRIGGERS)
