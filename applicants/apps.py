from django.apps import AppConfig

from applicants.referral_triggers import TRIGGERS as REFERRAL_TRIGGERS
from applicants.triggers import TRIGGERS
from records.triggers.guards import register


class ApplicantsConfig(AppConfig):
    name = "applicants"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register(TRIGGERS)
        register(REFERRAL_TRIGGERS)
