from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from workflows.models.application import Application


class AppointmentOutcome(models.TextChoices):
    KEPT = "kept", _("来签了")
    MISSED = "missed", _("没来")
    CHANGED = "changed", _("改约了")
    DROPPED = "dropped", _("不用来了")


class SigningAppointment(models.Model):
    """When and where she comes to the bank to sign, and what became of it. Another time is another row."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="signing_appointments")
    starts_at = models.DateTimeField(_("约在"))
    place = models.CharField(_("到哪里"), max_length=100)
    to_bring = models.CharField(_("带什么"), max_length=100)
    booked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    booked_at = models.DateTimeField()
    outcome = models.CharField(_("结果"), max_length=8, choices=AppointmentOutcome, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("预约签约")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_standing_appointment_for_each_case",
                fields=["application"],
                condition=Q(closed_at__isnull=True),
            ),
            models.CheckConstraint(
                name="an_appointment_is_made_before_its_time", condition=Q(starts_at__gt=F("booked_at"))
            ),
            models.CheckConstraint(
                name="an_appointment_closes_with_an_outcome",
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, outcome="")
                | Q(closed_at__isnull=False, closed_by__isnull=False, outcome__in=AppointmentOutcome.values),
            ),
            models.CheckConstraint(
                name="nobody_misses_an_appointment_before_its_time",
                condition=~Q(outcome=AppointmentOutcome.MISSED) | Q(closed_at__gte=F("starts_at")),
            ),
        ]
