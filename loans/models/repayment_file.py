from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from loans.models.repayment import Repayment
from records.models import Permanent, StoredFile


class Outcome(models.TextChoices):
    """What became of a row, and for the API its code."""

    MATCHED = "matched", _("匹配")
    AMOUNT = "amount_differs", _("金额不符")
    NOT_FOUND = "not_found", _("找不到")
    REPEATED = "repeated", _("重复")
    DATE = "date_out_of_range", _("日期不对")
    NOT_REPAYING = "not_repaying", _("不收还款")
    UNREADABLE = "unreadable", _("读不懂")


class RepaymentFile(Permanent):
    """One file of repayments that a bank handed in: the same bytes are taken once."""

    bank = models.ForeignKey(Organisation, models.PROTECT, related_name="repayment_files")
    name = models.CharField(_("文件名"), max_length=120)
    sha256 = models.CharField(max_length=64)
    row_count = models.PositiveIntegerField(_("行数"))
    stored = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    imported_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    imported_at = models.DateTimeField()

    class Meta:
        verbose_name = _("还款文件")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(name="a_bank_hands_a_repayment_file_in_once", fields=["bank", "sha256"]),
            models.CheckConstraint(name="a_repayment_file_has_some_rows", condition=Q(row_count__gt=0)),
        ]

    def __str__(self) -> str:
        return self.name


class RepaymentFileRow(Permanent):
    """One row of a file as it was written, and what became of it: a repayment, or a reason that somebody answers."""

    file = models.ForeignKey(RepaymentFile, models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField(_("行号"))
    bank_loan_no = models.CharField(_("借据号"), max_length=40, blank=True)
    value_on = models.CharField(_("还款日"), max_length=40, blank=True)
    amount = models.CharField(_("金额"), max_length=40, blank=True)
    bank_serial = models.CharField(_("流水号"), max_length=40, blank=True)
    reverses_serial = models.CharField(_("冲正原流水号"), max_length=40, blank=True)
    outcome = models.CharField(_("结果"), max_length=20, choices=Outcome)
    reason = models.CharField(_("原因"), max_length=200, blank=True)
    repayment = models.OneToOneField(Repayment, models.PROTECT, null=True, related_name="file_row")
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("还款文件的一行")
        ordering = ["file", "number"]
        constraints = [
            models.UniqueConstraint(name="a_row_of_a_repayment_file_is_booked_once", fields=["file", "number"]),
            models.CheckConstraint(
                name="a_file_row_is_a_repayment_or_says_why_not",
                condition=Q(outcome="matched", repayment__isnull=False, reason="")
                | (~Q(outcome="matched") & Q(repayment__isnull=True) & ~Q(reason="")),
            ),
            models.CheckConstraint(
                name="a_file_row_has_a_known_outcome", condition=Q(outcome__in=[str(one) for one in Outcome])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_id}/{self.number}"


class RepaymentRowAnswer(Permanent):
    """What the bank found out about a row that wasn't booked; with it nothing is left to do."""

    row = models.OneToOneField(RepaymentFileRow, models.PROTECT, related_name="answer")
    words = models.CharField(_("怎么处理的"), max_length=200)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("没入账那一行的处理")
        constraints = [
            models.CheckConstraint(name="an_answer_to_a_file_row_says_something", condition=~Q(words="")),
        ]

    def __str__(self) -> str:
        return self.words
