from django.db import models
from django.utils.translation import gettext_lazy as _

from records.models import Permanent
from workflows.models.application import Application


class Escalation(Permanent):
    """One alarm of one clock of one case; each rings once."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="escalations")
    # What was due: the promise, or the stage with the version at which it was entered.
    clock = models.CharField(max_length=40)
    level = models.CharField(_("级别"), max_length=30)
    due_on = models.DateField()
    # The new date that she was told with the apology for a broken promise.
    new_on = models.DateField(null=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("催办")
        constraints = [
            models.UniqueConstraint(name="each_alarm_rings_once", fields=["application", "clock", "level", "due_on"])
        ]
