from datetime import date

from django.db import models
from django.db.models import F, Q, Sum
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
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
            models.CheckConstraint(
                name="a_guarantee_counts_for_something_and_at_most_for_all",
                condition=Q(exposure_weight_ppm__gte=1, exposure_weight_ppm__lte=1_000_000),
            ),
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

    def exposure_fen(self, principal_fen: int) -> int:
        """What so much principal counts for against the pool, rounded up to the fen."""
        return -(-principal_fen * self.exposure_weight_ppm // 1_000_000)


class LeverageChange(Permanent):
    """One proposal to set a pool's leverage; once a second person has approved it, the pool may take that figure."""

    pool = models.ForeignKey(GuaranteePool, models.PROTECT, related_name="leverage_changes")
    leverage = models.PositiveSmallIntegerField(_("放大倍数"))
    grounds = models.CharField(_("依据"), max_length=200)
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="leverage_change")

    class Meta:
        verbose_name = _("放大倍数变更")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="a_new_leverage_is_one_to_ten", condition=Q(leverage__gte=1, leverage__lte=10)),
        ]


def deposit_fen(pool: GuaranteePool, *, on: date) -> int:
    """What the treasury has put in and not taken back, in fen, as of the end of a day."""
    moves = pool.fund_moves.filter(kind__in=["deposit", "withdrawal"], value_on__lte=on)
    return moves.aggregate(total=Sum("amount_fen"))["total"] or 0
