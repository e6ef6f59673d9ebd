from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from loans.models.loan import Loan
from records.models import Decision


class PayoutInstruction(models.Model):
    """One order to pay one loan out to her account: one officer writes it, another releases it."""

    loan = models.ForeignKey(Loan, models.PROTECT, related_name="instructions")
    amount_fen = models.PositiveBigIntegerField(_("金额（分）"))
    account_index = models.CharField(max_length=64)
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="payout_instruction")
    released_at = models.DateTimeField(null=True)
    # Never sent: the second officer refused it, or the loan was cancelled first.
    dropped_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    failure = models.CharField(_("失败原因"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("放款指令")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_loan_has_one_instruction_out",
                fields=["loan"],
                condition=Q(failed_at__isnull=True, dropped_at__isnull=True),
            ),
            models.CheckConstraint(
                name="only_a_released_instruction_fails",
                condition=Q(failed_at__isnull=True) | Q(released_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_released_instruction_is_not_dropped",
                condition=Q(dropped_at__isnull=True) | Q(released_at__isnull=True),
            ),
        ]

    @property
    def is_out(self) -> bool:
        """The bank may be paying it this very moment, or has paid it."""
        return self.released_at is not None and self.failed_at is None
