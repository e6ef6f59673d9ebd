from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from workflows.models.application import Application


class CaseLook(models.Model):
    """That one member of staff had one case open: when last, and at which version. It keeps nobody out."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="looks")
    reader = models.ForeignKey(User, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    seen_at = models.DateTimeField(_("何时"))

    class Meta:
        verbose_name = _("谁在看")
        constraints = [
            models.UniqueConstraint(name="one_look_for_each_case_and_reader", fields=["application", "reader"]),
        ]
        indexes = [models.Index(fields=["application", "-seen_at"])]
