from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from records.models import Permanent
from workflows.models.application import Application


class OpinionKind(models.TextChoices):
    CREDIT = "credit", _("征信结论")
    GUARANTEE = "guarantee", _("担保初步意见")


class OpinionOutcome(models.TextChoices):
    PASSED = "passed", _("符合")
    NOT_PASSED = "not_passed", _("不符合")


class EarlyOpinion(Permanent):
    """A partner's result, recorded in its stage or ahead of it, so that a joint visit saves days."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="early_opinions")
    kind = models.CharField(_("事项"), max_length=10, choices=OpinionKind)
    outcome = models.CharField(_("结论"), max_length=10, choices=OpinionOutcome)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("先行意见")
        ordering = ["pk"]
