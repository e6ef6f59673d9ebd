from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from records.models.permanent import Permanent


class AuditEntry(Permanent):
    """One thing that was done or refused: who, when, what, about which case, with what outcome."""

    at = models.DateTimeField(_("何时"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    action = models.CharField(_("动作"), max_length=60)
    about = models.CharField(_("关于"), max_length=60, blank=True)
    outcome = models.CharField(_("结果"), max_length=40)

    class Meta:
        verbose_name = _("审计记录")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["about", "at"])]


class Access(Permanent):
    """One look at something personal: who saw what, when and why. The concrete log names whose it was."""

    at = models.DateTimeField(_("何时"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    acting_for = models.CharField(_("单位"), max_length=80)
    what = models.CharField(_("看了什么"), max_length=40)

    class Meta:
        abstract = True
        ordering = ["-pk"]
