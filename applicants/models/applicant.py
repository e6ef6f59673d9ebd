from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Region, User
from applicants.identity import mask_account, mask_id_no, mask_mobile
from records.encryption import EncryptedTextField


class Phone(models.Model):
    """One mobile number that signs in. It isn't an identity: it may serve several women."""

    user = models.OneToOneField(User, models.PROTECT, related_name="phone_number")
    mobile = EncryptedTextField(_("手机号"))
    mobile_index = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return mask_mobile(self.mobile)


class MaritalStatus(models.TextChoices):
    SINGLE = "single", _("未婚")
    MARRIED = "married", _("已婚")
    DIVORCED = "divorced", _("离异")
    WIDOWED = "widowed", _("丧偶")


class SuretyWay(models.TextChoices):
    """How she means to secure the guarantor, who has the last word on it."""

    PERSON = "person", _("有人替我担保")
    PROPERTY = "property", _("用房子、存款担保")
    TALK = "talk", _("还没有，想和担保公司商量")


class Applicant(models.Model):
    """One woman who applies or was helped to: who she is, where she lives, where the money goes."""

    user = models.ForeignKey(User, models.PROTECT, related_name="applicants")
    full_name = models.CharField(_("姓名"), max_length=50, blank=True)
    id_no = EncryptedTextField(_("身份证号"), blank=True, default="")
    id_index = models.CharField(max_length=64, blank=True, db_index=True)
    mobile = EncryptedTextField(_("手机号"), blank=True, default="")
    mobile_index = models.CharField(max_length=64, blank=True, db_index=True)
    village = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+", verbose_name=_("村"))
    address = models.CharField(_("组、门牌"), max_length=80, blank=True)
    # Facts of the eligibility rules; null is unknown, and unknown is a question for a person.
    registered_in_city = models.BooleanField(_("户口在本市"), null=True)
    resides_in_city = models.BooleanField(_("常住本市"), null=True)
    on_public_payroll = models.BooleanField(_("吃财政工资或已退休"), null=True)
    other_loans = models.JSONField(_("现有贷款"), null=True)
    has_overdue_debt = models.BooleanField(_("有还不上的贷款"), null=True)
    marital_status = models.CharField(_("婚姻"), max_length=10, choices=MaritalStatus, blank=True)
    # Asked from the amount on from which the policy wants a counter-guarantee.
    surety_way = models.CharField(_("反担保"), max_length=10, choices=SuretyWay, blank=True)
    account_no = EncryptedTextField(_("收款账户"), blank=True, default="")
    account_index = models.CharField(max_length=64, blank=True, db_index=True)
    account_bank = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("申请人")
        constraints = [
            models.CheckConstraint(
                name="an_id_number_comes_with_its_index",
                condition=Q(id_no="", id_index="") | (~Q(id_no="") & ~Q(id_index="")),
            ),
            models.CheckConstraint(
                name="an_account_comes_with_its_index",
                condition=Q(account_no="", account_index="") | (~Q(account_no="") & ~Q(account_index="")),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def masked_id_no(self) -> str:
        return mask_id_no(self.id_no)

    @property
    def masked_mobile(self) -> str:
        return mask_mobile(self.mobile)

    @property
    def masked_account(self) -> str:
        return mask_account(self.account_no)

    @property
    def birth_on(self) -> date | None:
        """Digits 7 to 14 of the ID number; it is never asked for."""
        if not self.id_no:
            return None
        return date(int(self.id_no[6:10]), int(self.id_no[10:12]), int(self.id_no[12:14]))
