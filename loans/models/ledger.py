from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from loans.models.loan import Loan
from loans.models.pool import GuaranteePool
from records.models import Permanent


class Account(models.TextChoices):
    POOL_DEPOSIT = "pool_deposit", _("担保基金存款")
    TREASURY = "treasury", _("财政")
    GUARANTEE_EXPOSURE = "guarantee_exposure", _("担保责任")
    GUARANTEE_CONTRA = "guarantee_contra", _("担保责任对方")
    LOAN_PRINCIPAL = "loan_principal", _("贷款本金")
    BANK_FUNDS = "bank_funds", _("银行资金")
    INTEREST_DUE = "interest_due", _("应收利息")
    INTEREST_EARNED = "interest_earned", _("利息收入")
    PENALTY_DUE = "penalty_due", _("应收罚息")
    PENALTY_EARNED = "penalty_earned", _("罚息收入")
    COMPOUND_DUE = "compound_due", _("应收复利")
    COMPOUND_EARNED = "compound_earned", _("复利收入")
    HELD_MONEY = "held_money", _("待到期入账的还款")
    SUBSIDY_RECEIVABLE = "subsidy_receivable", _("应收贴息")
    CLAIM_PRINCIPAL = "claim_principal", _("追偿债权")
    FUND_LOSS = "fund_loss", _("基金损失")
    BANK_LOSS = "bank_loss", _("银行损失")


class Reason(models.TextChoices):
    """Why money moves. Each reason has one pair of accounts: loans/ledger.py has the table."""

    DEPOSIT = "deposit", _("存入保证金")
    WITHDRAWAL = "withdrawal", _("退回保证金")
    FUND_INTEREST = "fund_interest", _("基金利息")
    GUARANTEE = "guarantee", _("担保生效")
    GUARANTEE_RELEASE = "guarantee_release", _("担保释放")
    PAYOUT = "payout", _("放款")
    PRINCIPAL_REPAID = "principal_repaid", _("归还本金")
    INTEREST_PAID = "interest_paid", _("支付利息")
    INTEREST = "interest", _("计收利息")
    SUBSIDY = "subsidy", _("应由财政贴息")
    SUBSIDY_PAID = "subsidy_paid", _("财政拨付贴息")
    SUBSIDY_BACK = "subsidy_back", _("退回多拨的贴息")
    PENALTY = "penalty", _("计收罚息")
    PENALTY_PAID = "penalty_paid", _("支付罚息")
    COMPOUND = "compound", _("计收复利")
    COMPOUND_PAID = "compound_paid", _("支付复利")
    HELD = "held", _("还款留到到期日")
    HELD_USED = "held_used", _("到期日入账")
    COMPENSATION = "compensation", _("基金代偿")
    CLAIM = "claim", _("转为追偿")
    RECOVERY = "recovery", _("追回本金")
    RECOVERY_SHARE = "recovery_share", _("追回款归还基金")
    FUND_LOSS = "fund_loss", _("核销，基金承担")
    BANK_LOSS = "bank_loss", _("核销，银行承担")


class LedgerEntry(Permanent):
    """One movement of money between two accounts. Never edited; a mistake is reversed by another entry."""

    pool = models.ForeignKey(GuaranteePool, models.PROTECT, null=True, related_name="entries")
    loan = models.ForeignKey(Loan, models.PROTECT, null=True, related_name="entries")
    debit = models.CharField(_("借"), max_length=20, choices=Account)
    credit = models.CharField(_("贷"), max_length=20, choices=Account)
    amount_fen = models.PositiveBigIntegerField(_("金额（分）"))
    value_on = models.DateField(_("起息日"))
    reason = models.CharField(_("事由"), max_length=20, choices=Reason)
    # What the entry books, so that the same fact is never booked twice.
    source = models.CharField(max_length=60)
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")
    posted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    posted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("分录")
        ordering = ["value_on", "pk"]
        constraints = [
            models.CheckConstraint(name="an_entry_moves_some_money", condition=Q(amount_fen__gt=0)),
            models.CheckConstraint(name="an_entry_goes_from_one_account_to_another", condition=~Q(debit=F("credit"))),
            models.CheckConstraint(
                name="an_entry_is_about_a_pool_or_a_loan", condition=Q(pool__isnull=False) | Q(loan__isnull=False)
            ),
            models.UniqueConstraint(name="a_fact_is_booked_once", fields=["source", "debit", "credit"]),
        ]
        indexes = [
            models.Index(
                name="principal_that_was_repaid",
                fields=["loan", "value_on"],
                condition=Q(reason="principal_repaid", reverses__isnull=True),
            )
        ]
