from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from workflows.models.application import Application


class Assignment(models.Model):
    """Whose turn it was from one moment to another: an office, and in it a person once somebody took it."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="assignments")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="assignments")
    owner = models.ForeignKey(User, models.PROTECT, null=True, related_name="assignments")
    assigned_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("分派")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_case_is_with_one_office_at_a_time",
                fields=["application"],
                condition=Q(ended_at__isnull=True),
            )
        ]
