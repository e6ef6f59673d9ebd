from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from workflows.models.application import Application


class SupplementRequest(models.Model):
    """The one list of everything that is missing, asked for once a stage; a second takes a head."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="supplements")
    stage = models.CharField(_("环节"), max_length=20)
    sequence = models.PositiveSmallIntegerField(_("第几次"), default=1)
    items = models.JSONField(_("缺少的材料"))  # [{"kind": DocumentKind, "why": text}]
    due_on = models.DateField(_("补齐期限"))
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    allowed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    supplied_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("补正告知")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_stage_asks_once_then_once_more",
                fields=["application", "stage", "sequence"],
            ),
            models.CheckConstraint(
                name="a_second_request_is_allowed_by_a_head",
                condition=Q(sequence=1) | Q(sequence=2, allowed_by__isnull=False),
            ),
        ]
