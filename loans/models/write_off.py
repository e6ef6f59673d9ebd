from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from loans.models.loan import Loan
from records.models import Decision, Permanent


class WriteOff(Permanent):
    """One proposal to give up what is left of a claim; its decision tells whether a second person agreed.

    `fund_fen` of it is the fund's loss, the rest the bank's.
    """

    loan = models.ForeignKey(Loan, models.PROTECT, related_name="write_offs")
    principal_fen = models.PositiveBigIntegerField(_("核销本金（分）"))
    fund_fen = models.PositiveBigIntegerField(_("基金承担（分）"))
    reason = models.CharField(_("核销理由"), max_length=200)
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="write_off")

    class Meta:
        verbose_name = _("核销")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="a_write_off_gives_up_some_money_and_the_fund_at_most_all_of_it",
                condition=Q(principal_fen__gt=0, fund_fen__lte=F("principal_fen")),
            ),
            models.CheckConstraint(name="a_write_off_says_why", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.loan} {self.principal_fen}"

    @property
    def bank_fen(self) -> int:
        return self.principal_fen - self.fund_fen
