from django.db import models
from django.db.models import F, Q, Sum
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from applicants.models import Applicant
from loans.models.pool import GuaranteePool
from records.models import Decision, Permanent


class Guarantee(Permanent):
    """One promise of the pool for one woman's loan. What became of it is told by its moves."""

    pool = models.ForeignKey(GuaranteePool, models.PROTECT, related_name="guarantees")
    applicant = models.ForeignKey(Applicant, models.PROTECT, related_name="guarantees")
    case_number = models.CharField(_("申请编号"), max_length=20)
    letter_no = models.CharField(_("担保函号"), max_length=40, unique=True)
    amount_fen = models.PositiveBigIntegerField(_("担保金额（分）"))
    decision = models.OneToOneField(Decision, models.PROTECT, null=True, related_name="guarantee")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("担保")
        constraints = [models.CheckConstraint(name="a_guarantee_is_for_some_money", condition=Q(amount_fen__gt=0))]

    def __str__(self) -> str:
        return self.letter_no

    @property
    def committed_fen(self) -> int:
        """Exposure that is still out."""
        return self.moves.aggregate(total=Sum("committed_delta_fen"))["total"] or 0

    @property
    def reserved_fen(self) -> int:
        return self.moves.aggregate(total=Sum("reserved_delta_fen"))["total"] or 0


class GuaranteeMoveKind(models.TextChoices):
    RESERVE = "reserve", _("预留")
    POST = "post", _("生效")
    VOID = "void", _("撤销")
    EXPIRE = "expire", _("到期失效")
    RELEASE = "release", _("还本释放")
    CALL = "call", _("代偿")


class GuaranteeMove(Permanent):
    """One phase of a guarantee: reserve, then post or void or expire; after posting, release or call.

    Inserting it moves the pool's counters, in the same statement as the bound is checked.
    """

    guarantee = models.ForeignKey(Guarantee, models.PROTECT, related_name="moves")
    pool = models.ForeignKey(GuaranteePool, models.PROTECT, related_name="guarantee_moves")
    kind = models.CharField(max_length=8, choices=GuaranteeMoveKind)
    reserved_delta_fen = models.BigIntegerField(default=0)
    committed_delta_fen = models.BigIntegerField(default=0)
    value_on = models.DateField()
    posted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    posted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("担保流水")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_guarantee_is_reserved_once", fields=["guarantee"], condition=Q(kind="reserve")
            ),
            models.UniqueConstraint(
                name="a_guarantee_is_resolved_once",
                fields=["guarantee"],
                condition=Q(kind__in=["post", "void", "expire"]),
            ),
            models.UniqueConstraint(name="a_guarantee_is_called_once", fields=["guarantee"], condition=Q(kind="call")),
            models.CheckConstraint(
                name="each_kind_moves_its_own_counter",
                condition=Q(kind="reserve", reserved_delta_fen__gt=0, committed_delta_fen=0)
                | Q(
                    kind="post",
                    reserved_delta_fen__lt=0,
                    committed_delta_fen__gt=0,
                    committed_delta_fen__lte=-1 * F("reserved_delta_fen"),
                )
                | Q(kind__in=["void", "expire"], reserved_delta_fen__lt=0, committed_delta_fen=0)
                # Downwards as she repays, upwards where a repayment is reversed.
                | (Q(kind="release", reserved_delta_fen=0) & ~Q(committed_delta_fen=0))
                | Q(kind="call", reserved_delta_fen=0, committed_delta_fen__lt=0),
            ),
        ]
        # Covers the sums by which the pool's guard checks its counters (loans/triggers/pool.py).
        indexes = [
            models.Index(name="exposure_by_pool", fields=["pool", "reserved_delta_fen", "committed_delta_fen"]),
            models.Index(
                name="exposure_by_guarantee", fields=["guarantee", "reserved_delta_fen", "committed_delta_fen"]
            ),
        ]


class CounterGuaranteeKind(models.TextChoices):
    WAGE = "wage", _("工资担保")
    EMPLOYEE = "employee", _("企业员工担保")
    CADRE = "cadre", _("村干部担保")
    PERSON = "person", _("自然人担保")
    MORTGAGE = "mortgage", _("房产抵押")
    PLEDGE = "pledge", _("质押")
    GROUP = "group", _("联户联保")
    ENTERPRISE = "enterprise", _("企业担保")
    CREDIT_VILLAGE = "credit_village", _("信用村推荐")
    EXEMPT = "exempt", _("免反担保")


class CounterGuarantee(Permanent):
    """One thing or person that secures the guarantor, or the reason why nothing needs to."""

    guarantee = models.ForeignKey(Guarantee, models.PROTECT, related_name="counter_guarantees")
    kind = models.CharField(_("种类"), max_length=16, choices=CounterGuaranteeKind)
    description = models.CharField(_("说明"), max_length=200)

    class Meta:
        verbose_name = _("反担保")
        constraints = [models.CheckConstraint(name="a_counter_guarantee_says_what_it_is", condition=~Q(description=""))]
