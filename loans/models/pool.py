from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from loans.models.policy import Programme
from records.models import Decision, Permanent


class GuaranteePool(models.Model):
    """The treasury's deposit and what it backs. Its counters are moved by triggers on the rows that explain them.

    In fen. `reserved` is promised and not paid out yet, `committed` is the guaranteed principal still out; both times
    the exposure weight. Capacity = fund balance × leverage.
    """

    name = models.CharField(_("名称"), max_length=60)
    programme = models.OneToOneField(Programme, models.PROTECT, related_name="pool")
    guarantor = models.ForeignKey(Organisation, models.PROTECT, related_name="guaranteed_pools")
    bank = models.ForeignKey(Organisation, models.PROTECT, related_name="lent_pools")
    finance = models.ForeignKey(Organisation, models.PROTECT, related_name="funded_pools")
    leverage = models.PositiveSmallIntegerField(_("放大倍数"))
    exposure_weight_ppm = models.PositiveIntegerField(_("占用比例（百万分之一）"), default=1_000_000)
    fund_balance_fen = models.BigIntegerField(_("基金余额（分）"), default=0, editable=False)
    reserved_fen = models.BigIntegerField(_("已预留（分）"), default=0, editable=False)
    committed_fen = models.BigIntegerField(_("在保余额（分）"), default=0, editable=False)
    over_limit_since = models.DateField(_("超限起"), null=True, editable=False)

    class Meta:
        verbose_name = _("担保基金")
        constraints = [
            models.CheckConstraint(
                name="pool_promises_no_more_than_its_capacity",
                condition=Q(over_limit_since__isnull=False)
                | Q(
                    fund_balance_fen__gte=0,
                    reserved_fen__lte=F("fund_balance_fen") * F("leverage") - F("committed_fen"),
                ),
            ),
            models.CheckConstraint(
                name="pool_counters_are_never_negative",
                condition=Q(reserved_fen__gte=0, committed_fen__gte=0),
            ),
            models.CheckConstraint(name="leverage_is_one_to_ten", condition=Q(leverage__gte=1, leverage__lte=10)),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def capacity_fen(self) -> int:
        return self.fund_balance_fen * self.leverage

    @property
    def headroom_fen(self) -> int:
        """What is left under the limit; negative while the pool is over it."""
        return self.capacity_fen - self.reserved_fen - self.committed_fen

    @property
    def available_fen(self) -> int:
        """What may be reserved today: nothing while the pool is over its limit."""
        return 0 if self.over_limit_since else max(0, self.headroom_fen)


class FundMoveKind(models.TextChoices):
    DEPOSIT = "deposit", _("存入")
    WITHDRAWAL = "withdrawal", _("退回")
    COMPENSATION = "compensation", _("代偿支出")
    RECOVERY = "recovery", _("追回")
    INTEREST = "interest", _("利息")


class FundMove(Permanent):
    """One movement of the fund's money, signed: in is positive. Inserting it moves the pool's balance."""

    pool = models.ForeignKey(GuaranteePool, models.PROTECT, related_name="fund_moves")
    kind = models.CharField(_("类别"), max_length=12, choices=FundMoveKind)
    amount_fen = models.BigIntegerField(_("金额（分）"))
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
            models.UniqueConstraint(name="a_voucher_is_booked_once", fields=["pool", "voucher_no"]),
        ]


def deposit_fen(pool: GuaranteePool, *, on: date) -> int:
    """What the treasury has put in and not taken back, in fen, as of the end of a day."""
    moves = pool.fund_moves.filter(kind__in=["deposit", "withdrawal"], value_on__lte=on)
    return moves.aggregate(total=models.Sum("amount_fen"))["total"] or 0
