from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from loans.models.loan import Loan
from loans.models.pool import GuaranteePool
from records.models import Decision, Permanent


class FundMoveKind(models.TextChoices):
    DEPOSIT = "deposit", _("存入")
    WITHDRAWAL = "withdrawal", _("退回")
    COMPENSATION = "compensation", _("代偿支出")
    RECOVERY = "recovery", _("追回")
    INTEREST = "interest", _("利息")


OUTGOING = frozenset({FundMoveKind.WITHDRAWAL, FundMoveKind.COMPENSATION})
# What follows from one loan that went wrong, and names it.
OF_A_LOAN = frozenset({FundMoveKind.COMPENSATION, FundMoveKind.RECOVERY})


class FundMove(Permanent):
    """One movement of the fund's money, signed: in is positive. Inserting it moves the pool's balance."""

    pool = models.ForeignKey(GuaranteePool, models.PROTECT, related_name="fund_moves")
    kind = models.CharField(_("类别"), max_length=12, choices=FundMoveKind)
    amount_fen = models.BigIntegerField(_("金额（分）"))
    loan = models.ForeignKey(Loan, models.PROTECT, null=True, related_name="fund_moves")
    value_on = models.DateField(_("日期"))
    voucher_no = models.CharField(_("凭证号"), max_length=40)
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="fund_move")
    posted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    posted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("基金流水")
        ordering = ["value_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="deposits_come_in_and_compensations_go_out",
                condition=Q(kind__in=["deposit", "recovery", "interest"], amount_fen__gt=0)
                | Q(kind__in=["withdrawal", "compensation"], amount_fen__lt=0),
            ),
            models.CheckConstraint(
                name="compensations_and_recoveries_name_their_loan",
                condition=Q(kind__in=["compensation", "recovery"], loan__isnull=False)
                | Q(kind__in=["deposit", "withdrawal", "interest"], loan__isnull=True),
            ),
            models.UniqueConstraint(name="a_voucher_is_booked_once", fields=["pool", "voucher_no"]),
            models.UniqueConstraint(
                name="a_loan_is_compensated_once", fields=["loan"], condition=Q(kind="compensation")
            ),
        ]


class FundProposal(Permanent):
    """One movement of the fund as one officer proposed it; its decision tells whether another agreed."""

    pool = models.ForeignKey(GuaranteePool, models.PROTECT, related_name="fund_proposals")
    kind = models.CharField(_("类别"), max_length=12, choices=FundMoveKind)
    amount_fen = models.PositiveBigIntegerField(_("金额（分）"))
    loan = models.ForeignKey(Loan, models.PROTECT, null=True, related_name="fund_proposals")
    # The whole principal that is paid for her or recovered from her; the amount is the fund's share of it.
    principal_fen = models.PositiveBigIntegerField(_("本金（分）"), null=True)
    value_on = models.DateField(_("日期"))
    voucher_no = models.CharField(_("凭证号"), max_length=40)
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="fund_proposal")

    class Meta:
        verbose_name = _("基金流水提请")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="a_fund_proposal_is_about_some_money", condition=Q(amount_fen__gt=0)),
            models.CheckConstraint(
                name="the_fund_bears_a_share_of_a_loans_principal",
                condition=Q(
                    kind__in=["compensation", "recovery"],
                    loan__isnull=False,
                    principal_fen__isnull=False,
                    principal_fen__gte=F("amount_fen"),
                )
                | Q(
                    kind__in=["deposit", "withdrawal", "interest"],
                    loan__isnull=True,
                    principal_fen__isnull=True,
                ),
            ),
        ]
