from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from loans.models.claim import SubsidyClaim
from loans.models.loan import Loan
from loans.models.policy import SubsidyPayment
from records.models import Permanent


class ClaimLine(models.Model):
    """One loan in one claim: what the bank asks, what we compute, and what is agreed.

    A line that `adjusts` an older one corrects a quarter that is paid already: by a difference, of either sign.
    """

    claim = models.ForeignKey(SubsidyClaim, models.PROTECT, related_name="lines")
    loan = models.ForeignKey(Loan, models.PROTECT, related_name="claim_lines")
    adjusts = models.ForeignKey("self", models.PROTECT, null=True, related_name="adjusted_by")
    days = models.PositiveSmallIntegerField(_("贴息天数"))
    opening_fen = models.PositiveBigIntegerField(_("季初余额（分）"))
    closing_fen = models.PositiveBigIntegerField(_("季末余额（分）"))
    interest_fen = models.BigIntegerField(_("利息（分）"))
    ours_fen = models.BigIntegerField(_("系统算的贴息（分）"))
    bank_fen = models.BigIntegerField(_("农信报的贴息（分）"))
    bank_reason = models.CharField(_("为什么不一样"), max_length=200, blank=True)
    # 先付后退: the money is the bank's to hand on to her card. 直接免: it is the bank's own.
    payment = models.CharField(_("贴息方式"), max_length=8, choices=SubsidyPayment)
    agreed_fen = models.BigIntegerField(_("同意拨付（分）"), null=True)
    query = models.CharField(_("财政的疑问"), max_length=200, blank=True)
    answer = models.CharField(_("农信的答复"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("贴息明细")
        ordering = ["adjusts_id", "loan_id"]
        constraints = [
            models.UniqueConstraint(
                name="a_loan_stands_once_in_a_claim", fields=["claim", "loan"], condition=Q(adjusts__isnull=True)
            ),
            models.UniqueConstraint(
                name="a_line_is_adjusted_once_in_a_claim",
                fields=["claim", "adjusts"],
                condition=Q(adjusts__isnull=False),
            ),
            models.CheckConstraint(
                name="no_more_is_subsidised_than_the_interest",
                condition=Q(adjusts__isnull=False) | Q(ours_fen__gte=0, ours_fen__lte=F("interest_fen")),
            ),
            models.CheckConstraint(
                name="the_bank_says_why_it_asks_for_more",
                condition=Q(bank_fen__lte=F("ours_fen")) | ~Q(bank_reason=""),
            ),
            models.CheckConstraint(
                name="what_is_agreed_is_ours_or_the_banks",
                condition=Q(agreed_fen__isnull=True) | Q(agreed_fen=F("ours_fen")) | Q(agreed_fen=F("bank_fen")),
            ),
        ]

    @property
    def difference_fen(self) -> int:
        """What the bank asks beyond our figure; negative where it asks less."""
        return self.bank_fen - self.ours_fen

    @property
    def is_open(self) -> bool:
        """The treasury still has to say which figure it pays, or waits for an answer."""
        return self.agreed_fen is None


class ClaimSegment(models.Model):
    """Some days of one line with one balance: what the treasury pays of their interest, and why not all of it."""

    line = models.ForeignKey(ClaimLine, models.PROTECT, related_name="segments")
    # Its line's, which a trigger holds; beside it, so that the days of a loan are found in one step.
    loan = models.ForeignKey(Loan, models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    from_on = models.DateField(_("从"))
    to_on = models.DateField(_("到"))
    days = models.PositiveSmallIntegerField(_("天数"))
    balance_fen = models.PositiveBigIntegerField(_("本金（分）"))
    subsidised_fen = models.PositiveBigIntegerField(_("贴息本金（分）"))
    interest_fen = models.BigIntegerField(_("利息（分）"))
    subsidy_fen = models.BigIntegerField(_("贴息（分）"))
    why = models.CharField(_("不贴息的原因"), max_length=12, blank=True)

    class Meta:
        verbose_name = _("贴息分段")
        ordering = ["line_id", "from_on"]
        constraints = [
            models.CheckConstraint(name="a_segment_is_some_days", condition=Q(to_on__gt=F("from_on"))),
            models.CheckConstraint(
                name="what_is_not_subsidised_says_why", condition=Q(subsidised_fen=F("balance_fen")) | ~Q(why="")
            ),
            models.CheckConstraint(
                name="no_more_than_the_balance_is_subsidised", condition=Q(subsidised_fen__lte=F("balance_fen"))
            ),
        ]
        indexes = [models.Index(name="subsidised_days_of_a_loan", fields=["loan", "from_on"])]


class SubsidyStop(Permanent):
    """From this day on the treasury pays nothing for this loan: the money was misused, or the business closed."""

    loan = models.OneToOneField(Loan, models.PROTECT, related_name="subsidy_stop")
    stopped_on = models.DateField(_("从哪天起停"))
    reason = models.CharField(_("原因"), max_length=200)
    stopped_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    stopped_at = models.DateTimeField()

    class Meta:
        verbose_name = _("停止贴息")
        constraints = [models.CheckConstraint(name="a_stop_says_why_it_stops", condition=~Q(reason=""))]


class SubsidyRefund(Permanent):
    """One line's money on her card (先付后退): the bank put there what was agreed."""

    line = models.OneToOneField(ClaimLine, models.PROTECT, related_name="refund")
    refunded_on = models.DateField(_("退到卡上的日期"))
    bank_serial = models.CharField(_("银行流水号"), max_length=40)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("退贴息")
        constraints = [models.CheckConstraint(name="a_refund_names_its_payment", condition=~Q(bank_serial=""))]
