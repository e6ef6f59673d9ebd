from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from records.models import Permanent
from workflows.models.application import Application


class Recusal(Permanent):
    """One officer stepped back from one case, for good: 回避."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="recusals")
    officer = models.ForeignKey(User, models.PROTECT, related_name="+")
    handed_to = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("回避的原因"), max_length=200)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("回避")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="nobody_steps_back_twice_from_a_case", fields=["application", "officer"]),
            models.CheckConstraint(name="stepping_back_gives_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="a_case_is_not_handed_to_who_steps_back",
                condition=Q(handed_to__isnull=True) | ~Q(handed_to=models.F("officer")),
            ),
        ]
