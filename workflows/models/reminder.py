from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from workflows.models.application import Application

# So many days before an instalment she is reminded, unless she wants it otherwise.
DAYS_BEFORE: Final = (7, 3, 0)


class ReminderChoice(models.Model):
    """On which days before an instalment she wants a message. Who has chosen nothing gets all of them."""

    application = models.OneToOneField(Application, models.PROTECT, related_name="reminder_choice")
    days_before = models.JSONField(_("提前几天"), default=list)
    chosen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("还款提醒")
