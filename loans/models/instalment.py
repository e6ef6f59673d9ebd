from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from loans.models.loan import Loan
from records.models import Permanent


class Instalment(Permanent):
    """One row of a loan's stored schedule. A changed schedule is a new edition; the old one stays."""

    loan = models.ForeignKey(Loan, models.PROTECT, related_name="instalments")
    edition = models.PositiveSmallIntegerField(_("版次"), default=1)
    number = models.PositiveSmallIntegerField(_("期次"))
    due_on = models.DateField(_("应还日"))
    principal_fen = models.PositiveBigIntegerField(_("本金（分）"))
    interest_fen = models.PositiveBigIntegerField(_("利息（分）"))
    # Of the interest, what the treasury bears in the end; whether it is refunded or waived is the policy's.
    subsidy_fen = models.PositiveBigIntegerField(_("贴息（分）"))
    due_from_her_fen = models.PositiveBigIntegerField(_("她应付（分）"))

    class Meta:
        verbose_name = _("还款计划")
        ordering = ["edition", "number"]
        constraints = [
            models.UniqueConstraint(name="an_instalment_is_planned_once", fields=["loan", "edition", "number"]),
            models.CheckConstraint(
                name="the_treasury_bears_no_more_than_the_interest",
                condition=Q(subsidy_fen__lte=F("interest_fen")),
            ),
        ]
