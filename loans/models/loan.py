from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from accounts.models import Organisation, User
from accounts.models.user import UserKind
from accounts.permissions import acting_membership, may
from applicants.models import Applicant
from loans.models.guarantee import Guarantee
from loans.models.policy import Policy
from records.models import Machine, Transition
from records.models.machine import Authority


class LoanState(models.TextChoices):
    APPROVED = "APPROVED", _("已批准")
    ACTIVE = "ACTIVE", _("还款中")
    SETTLED = "SETTLED", _("已结清")
    COMPENSATED = "COMPENSATED", _("已代偿")
    CLOSED = "CLOSED", _("已结案")
    CANCELLED = "CANCELLED", _("已取消")


class Method(models.TextChoices):
    INTEREST_ONLY = "interest_only", _("先息后本")
    EQUAL_INSTALMENT = "equal_instalment", _("等额本息")
    EQUAL_PRINCIPAL = "equal_principal", _("等额本金")


class LoanQuerySet(models.QuerySet["Loan"]):
    def paid_out(self) -> "LoanQuerySet":
        return self.exclude(state__in=[LoanState.APPROVED, LoanState.CANCELLED])


class Loan(Machine):
    """One loan of the bank: made when the bank approves, active from the day on which the money arrived."""

    number = models.CharField(_("贷款编号"), max_length=20, unique=True)
    state = FSMField(_("状态"), max_length=20, choices=LoanState, default=LoanState.APPROVED, protected=True)
    applicant = models.ForeignKey(Applicant, models.PROTECT, related_name="loans")
    policy = models.ForeignKey(Policy, models.PROTECT, related_name="loans")
    guarantee = models.OneToOneField(Guarantee, models.PROTECT, null=True, related_name="loan")
    bank = models.ForeignKey(Organisation, models.PROTECT, related_name="loans")
    amount_fen = models.PositiveBigIntegerField(_("金额（分）"))
    annual_rate_ppm = models.PositiveIntegerField(_("年利率（百万分之一）"))
    lpr_ppm = models.PositiveIntegerField(_("LPR（百万分之一）"))
    lpr_on = models.DateField(_("LPR 日期"))
    term_months = models.PositiveSmallIntegerField(_("期限（月）"))
    method = models.CharField(_("还款方式"), max_length=20, choices=Method)
    frequency = models.CharField(_("还款频率"), max_length=10)
    settlement_day = models.PositiveSmallIntegerField(_("结息日"), null=True)
    day_count = models.CharField(_("计息基础"), max_length=12)
    contract_no = models.CharField(_("合同号"), max_length=40, null=True, unique=True)  # noqa: DJ001 - unique
    signed_on = models.DateField(_("签约日期"), null=True)
    bank_loan_no = models.CharField(_("借据号"), max_length=40, null=True, unique=True)  # noqa: DJ001 - unique
    bank_serial = models.CharField(_("银行流水号"), max_length=40, null=True, unique=True)  # noqa: DJ001 - unique
    disbursed_on = models.DateField(_("放款日期"), null=True)
    matures_on = models.DateField(_("到期日"), null=True)
    created_at = models.DateTimeField()

    objects = LoanQuerySet.as_manager()
    locked_with = ("applicant__village", "bank", "policy", "guarantee__pool__finance")

    class Meta:
        verbose_name = _("贷款")
        constraints = [
            models.CheckConstraint(name="a_loan_is_for_some_money", condition=Q(amount_fen__gt=0)),
            models.CheckConstraint(
                name="a_loan_matures_after_it_was_paid_out",
                condition=Q(matures_on__isnull=True) | Q(matures_on__gt=F("disbursed_on")),
            ),
            models.CheckConstraint(
                name="a_paid_loan_names_its_payment",
                condition=Q(state__in=["APPROVED", "CANCELLED"])
                | Q(
                    bank_loan_no__isnull=False,
                    bank_serial__isnull=False,
                    disbursed_on__isnull=False,
                    matures_on__isnull=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def authority_of(self, user: User, permission: str) -> Authority | None:
        """The bank's people and system; she herself and the office's clock may cancel what was not paid.

        What the fund pays for her, and that nothing more comes back, is the finance bureau's to decide.
        """
        if user.kind == UserKind.MACHINE:
            return Authority() if may(user, permission, self.bank) or self._clock_cancels(user, permission) else None
        if permission == "cancel" and self.applicant.user_id == user.pk:
            return Authority()
        is_claimed = permission == "close" and self.state == LoanState.COMPENSATED
        if (permission == "compensate" or is_claimed) and self.guarantee is not None:
            membership = acting_membership(user, "check_fund", self.guarantee.pool.finance)
        else:
            membership = acting_membership(user, permission, self.bank)
        return Authority(membership) if membership else None

    @transition(state, source=LoanState.APPROVED, target=LoanState.ACTIVE, permission="activate")
    def activate(self, *, bank_loan_no: str, bank_serial: str, disbursed_on: date, matures_on: date) -> None:
        """The money arrived: the bank's loan number and serial, the value date and the maturity."""
        self.bank_loan_no, self.bank_serial = bank_loan_no, bank_serial
        self.disbursed_on, self.matures_on = disbursed_on, matures_on

    @transition(state, source=LoanState.APPROVED, target=LoanState.CANCELLED, permission="cancel")
    def cancel(self) -> None:
        """It won't be paid out: she withdrew, didn't sign, or didn't accept the terms."""

    @transition(state, source=LoanState.ACTIVE, target=LoanState.ACTIVE, permission="extend")
    def extend(self, *, matures_on: date) -> None:
        """The last day is put off, with the consent of all who answer for it; the plan has a new edition."""
        self.matures_on = matures_on

    @transition(state, source=LoanState.ACTIVE, target=LoanState.ACTIVE, permission="recall")
    def recall(self, *, matures_on: date) -> None:
        """The bank wants all of it back on a day before the last one; the plan has a new edition."""
        self.matures_on = matures_on

    @transition(state, source=LoanState.ACTIVE, target=LoanState.SETTLED, permission="settle")
    def settle(self) -> None:
        """Everything is repaid."""

    @transition(state, source=LoanState.SETTLED, target=LoanState.ACTIVE, permission="reopen")
    def reopen(self) -> None:
        """A repayment that settled it was reversed."""

    @transition(state, source=LoanState.ACTIVE, target=LoanState.COMPENSATED, permission="compensate")
    def compensate(self) -> None:
        """The guarantor paid the bank for her."""

    @transition(state, source=[LoanState.SETTLED, LoanState.COMPENSATED], target=LoanState.CLOSED, permission="close")
    def close(self) -> None:
        """Nothing is left to do: papers returned, claims recovered or written off."""

    def _clock_cancels(self, user: User, permission: str) -> bool:
        village = self.applicant.village
        return permission == "cancel" and village is not None and may(user, "expire", village)


class LoanTransition(Transition):
    """One move of one loan."""

    subject = models.ForeignKey(Loan, models.PROTECT, related_name="log")

    class Meta(Transition.Meta):
        verbose_name = _("贷款动作")
