from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from workflows.models.application import Application


class PauseReason(models.TextChoices):
    """Only these stop the clock. Our own queue, holidays and a colleague's leave never do."""

    PAPERS = "papers", _("等本人补材料")
    TERMS = "terms", _("等本人确认新条件")
    SIGNING = "signing", _("等本人签约")
    PUBLICITY = "publicity", _("公示期")
    FROZEN = "frozen", _("已冻结，等核实")
    OUTSIDE_CHECK = "outside_check", _("外部专项核查")
    FORCE_MAJEURE = "force_majeure", _("不可抗力")


class CasePause(models.Model):
    """One stretch of days in which the promise's clock stands still, and why."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="pauses")
    reason = models.CharField(_("原因"), max_length=15, choices=PauseReason)
    started_on = models.DateField(_("从"))
    expected_on = models.DateField(_("预计到"), null=True)
    ended_on = models.DateField(_("到"), null=True)
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    note = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("暂停")
        ordering = ["started_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_open_pause_for_each_reason",
                fields=["application", "reason"],
                condition=Q(ended_on__isnull=True),
            ),
            models.CheckConstraint(
                name="a_pause_ends_after_it_starts",
                condition=Q(ended_on__isnull=True, closed_by__isnull=True)
                | Q(ended_on__gte=F("started_on"), closed_by__isnull=False),
            ),
        ]
