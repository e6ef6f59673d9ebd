from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from loans.models.loan import Loan
from records.models import Decision


class PlanChangeKind(models.TextChoices):
    EXTENSION = "extension", _("展期")
    RECALL = "recall", _("提前收回")


class RecallGround(models.TextChoices):
    MISUSE = "misuse", _("贷款没有用在申请的用途上")
    STOP_EVENT = "stop_event", _("出现合同约定的停止情形")


class PlanChange(models.Model):
    """A new edition of a loan's plan as one officer of the bank proposed it; another decides.

    From `from_on` on nothing is subsidised: for an extension the old maturity, for a recall the day on which all
    principal is due.
    """

    loan = models.ForeignKey(Loan, models.PROTECT, related_name="plan_changes")
    kind = models.CharField(_("类别"), max_length=10, choices=PlanChangeKind)
    from_on = models.DateField(_("从哪天起"))
    extra_days = models.PositiveSmallIntegerField(_("展期几天"), default=0)
    asked_on = models.DateField(_("提出日期"))
    guarantor_consented_on = models.DateField(_("担保公司同意日期"), null=True)
    counter_consent = models.CharField(_("反担保人同意的说明"), max_length=200, blank=True)
    agreement_no = models.CharField(_("展期协议号"), max_length=40, blank=True)
    ground = models.CharField(_("收回原因"), max_length=12, choices=RecallGround, blank=True)
    words = models.CharField(_("说明"), max_length=200, blank=True)
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="plan_change")
    is_open = models.BooleanField(default=True)
    # Of the plan that carries it out.
    edition = models.PositiveSmallIntegerField(_("版次"), null=True)

    class Meta:
        verbose_name = _("还款计划变更")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="an_extension_is_asked_in_time_with_every_consent",
                condition=~Q(kind="extension")
                | Q(
                    Q(extra_days__gte=1, extra_days__lte=366, asked_on__lte=F("from_on"), ground=""),
                    ~Q(counter_consent=""),
                    ~Q(agreement_no=""),
                    guarantor_consented_on__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="a_recall_says_why",
                condition=~Q(kind="recall")
                | (Q(extra_days=0, ground__in=["misuse", "stop_event"], asked_on__lte=F("from_on")) & ~Q(words="")),
            ),
            models.CheckConstraint(
                name="a_plan_is_changed_in_a_known_way", condition=Q(kind__in=["extension", "recall"])
            ),
            models.CheckConstraint(
                name="what_is_carried_out_is_not_open", condition=Q(is_open=False) | Q(edition__isnull=True)
            ),
            models.UniqueConstraint(
                name="a_loan_is_extended_once_and_recalled_once",
                fields=["loan", "kind"],
                condition=Q(is_open=True) | Q(edition__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.loan} {self.kind}"
