from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Region, User
from applicants.models import HelpedMother
from loans.models.policy import Programme
from records.models import Decision, Permanent


class MutualHelpFund(models.Model):
    """The money that people gave for mothers in need (贫困母亲互助金). No pool, bank or subsidy stands behind it.

    Its balance is moved by a trigger on the rows that explain it.
    """

    programme = models.OneToOneField(Programme, models.PROTECT, related_name="mutual_help_fund")
    keeper = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    balance_fen = models.BigIntegerField(_("余额（分）"), default=0)

    class Meta:
        verbose_name = _("互助金")
        constraints = [
            models.CheckConstraint(
                name="the_mutual_help_fund_never_gives_what_it_has_not", condition=Q(balance_fen__gte=0)
            )
        ]

    def __str__(self) -> str:
        return str(self.programme)


class MutualHelp(Permanent):
    """Help without interest for one mother as one officer proposed it; its decision tells whether another agreed."""

    fund = models.ForeignKey(MutualHelpFund, models.PROTECT, related_name="helps")
    village = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("村"))
    name = models.CharField(_("姓名"), max_length=50)
    need = models.CharField(_("困难情况"), max_length=200)
    purpose = models.CharField(_("用途"), max_length=40)
    amount_fen = models.PositiveBigIntegerField(_("金额（分）"))
    # The plan: equal parts a month, the last one takes what doesn't divide. Nothing is added.
    first_due_on = models.DateField(_("第一次还款日"))
    instalments = models.PositiveSmallIntegerField(_("分几个月还"))
    voucher_no = models.CharField(_("凭证号"), max_length=40)
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="mutual_help")

    class Meta:
        verbose_name = _("互助金帮扶")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="a_mother_is_helped_with_some_money", condition=Q(amount_fen__gt=0)),
            models.CheckConstraint(
                name="help_is_repaid_within_three_years", condition=Q(instalments__gte=1, instalments__lte=36)
            ),
            models.CheckConstraint(
                name="help_says_whom_for_what_and_why", condition=~Q(name="") & ~Q(purpose="") & ~Q(need="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.amount_fen}"


class MutualHelpMoveKind(models.TextChoices):
    DONATION = "donation", _("捐款")
    HELP = "help", _("帮扶支出")
    REPAYMENT = "repayment", _("归还")


class MutualHelpMove(Permanent):
    """One movement of the donors' money, signed: in is positive. Inserting it moves the fund's balance.

    A wrong one can't be edited. A donor without a name is 匿名.
    """

    fund = models.ForeignKey(MutualHelpFund, models.PROTECT, related_name="moves")
    kind = models.CharField(_("类别"), max_length=10, choices=MutualHelpMoveKind)
    amount_fen = models.BigIntegerField(_("金额（分）"))
    help = models.ForeignKey(MutualHelp, models.PROTECT, null=True, related_name="moves")
    # The line of the register that the help became.
    mother = models.OneToOneField(HelpedMother, models.PROTECT, null=True, related_name="mutual_help_move")
    donor = models.CharField(_("捐款人"), max_length=60, blank=True)
    purpose = models.CharField(_("捐款用途"), max_length=60, blank=True)
    value_on = models.DateField(_("日期"))
    voucher_no = models.CharField(_("凭证号"), max_length=40)
    posted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    posted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("互助金流水")
        ordering = ["value_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="gifts_and_repayments_come_in_and_help_goes_out",
                condition=Q(kind__in=["donation", "repayment"], amount_fen__gt=0) | Q(kind="help", amount_fen__lt=0),
            ),
            models.CheckConstraint(
                name="help_and_its_repayment_name_whom_was_helped",
                condition=Q(kind="donation", help__isnull=True)
                | Q(kind__in=["help", "repayment"], help__isnull=False, donor="", purpose=""),
            ),
            models.CheckConstraint(
                name="help_that_was_paid_stands_in_the_register",
                condition=Q(kind="help", mother__isnull=False)
                | Q(kind__in=["donation", "repayment"], mother__isnull=True),
            ),
            models.UniqueConstraint(name="a_mutual_help_voucher_is_booked_once", fields=["fund", "voucher_no"]),
            models.UniqueConstraint(name="help_is_paid_out_once", fields=["help"], condition=Q(kind="help")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount_fen}"
