from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from workflows.models.application import Application


class VisitOutcome(models.TextChoices):
    KEPT = "kept", _("去过了")
    CHANGED = "changed", _("改约了")
    CANCELLED = "cancelled", _("取消了")
    DROPPED = "dropped", _("不用去了")


class VisitAppointment(models.Model):
    """When the town comes to see her, and who comes. Another time is another row."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="visit_appointments")
    starts_at = models.DateTimeField(_("约在"))
    visitors = models.ManyToManyField(User, related_name="+", verbose_name=_("谁去"))
    booked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    booked_at = models.DateTimeField()
    outcome = models.CharField(_("结果"), max_length=10, choices=VisitOutcome, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("约走访")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_standing_visit_for_each_case", fields=["application"], condition=Q(closed_at__isnull=True)
            ),
            models.CheckConstraint(
                name="a_visit_is_agreed_on_before_its_time", condition=Q(starts_at__gt=F("booked_at"))
            ),
            models.CheckConstraint(
                name="an_agreed_visit_closes_with_an_outcome",
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, outcome="")
                | Q(closed_at__isnull=False, closed_by__isnull=False, outcome__in=VisitOutcome.values),
            ),
        ]
