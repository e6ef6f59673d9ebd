from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from loans.models.loan import Loan
from records.models import Permanent


class Intent(models.TextChoices):
    """What she means a payment for; it matters shortly before a due date only."""

    INSTALMENT = "instalment", _("按期还款")
    EARLY = "early", _("提前还本金")


class Repayment(Permanent):
    """One payment on a loan as the bank received it, with its value date; a wrong one is reversed by another row."""

    loan = models.ForeignKey(Loan, models.PROTECT, related_name="repayments")
    value_on = models.DateField(_("还款日"))
    amount_fen = models.PositiveBigIntegerField(_("金额（分）"))
    intent = models.CharField(_("用途"), max_length=10, choices=Intent, default=Intent.INSTALMENT)
    bank_serial = models.CharField(_("银行流水号"), max_length=40, unique=True)
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")
    reason = models.CharField(_("冲正原因"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("还款")
        ordering = ["value_on", "pk"]
        constraints = [
            models.CheckConstraint(name="a_repayment_is_some_money", condition=Q(amount_fen__gt=0)),
            models.CheckConstraint(
                name="a_repayment_is_meant_for_something_known", condition=Q(intent__in=["instalment", "early"])
            ),
            models.CheckConstraint(
                name="a_reversal_says_why",
                condition=Q(reverses__isnull=True, reason="") | (Q(reverses__isnull=False) & ~Q(reason="")),
            ),
        ]
