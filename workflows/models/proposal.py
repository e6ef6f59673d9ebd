from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from records.models import Decision
from workflows.models.application import Application


class GuaranteeProposal(models.Model):
    """A guarantee so large that a second officer decides: what the first one proposed."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="guarantee_proposals")
    amount_fen = models.PositiveBigIntegerField(_("担保金额（分）"))
    letter_no = models.CharField(_("担保函号"), max_length=40)
    opinion = models.CharField(_("担保意见"), max_length=200)
    counter_guarantees = models.JSONField(_("反担保"))  # [{"kind": …, "description": …}]
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="guarantee_proposal")
    is_open = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("担保提请")
        constraints = [
            models.UniqueConstraint(
                name="a_case_has_one_open_guarantee_proposal",
                fields=["application"],
                condition=Q(is_open=True),
            )
        ]
