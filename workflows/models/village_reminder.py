from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from loans.models import Instalment


class VillageReminder(models.Model):
    """One instalment of which a helper of her village reminded her, as she had agreed; said once."""

    instalment = models.OneToOneField(Instalment, models.PROTECT, related_name="village_reminder")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reminded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("村里提醒过")
