from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from applicants.models.applicant import Applicant


class ReminderConsent(models.Model):
    """One woman's leave to the helpers of her village to know the days of her repayments, and to remind her."""

    applicant = models.ForeignKey(Applicant, models.PROTECT, related_name="reminder_consents")
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("同意村里提醒")
        constraints = [
            models.UniqueConstraint(
                name="one_live_reminder_consent_for_each_woman",
                fields=["applicant"],
                condition=Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="a_reminder_consent_ends_after_it_begins",
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("given_at")),
            ),
        ]
