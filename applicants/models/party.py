from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from applicants.identity import mask_id_no, mask_mobile
from applicants.models.applicant import Applicant
from records.encryption import EncryptedTextField


class PartyRole(models.TextChoices):
    """What somebody besides her is to an application that names them."""

    SPOUSE = "spouse", _("爱人")  # whose row is in the household
    PARTNER = "partner", _("合伙人")
    GUARANTOR = "guarantor", _("担保人")


class Liability(models.TextChoices):
    JOINT = "joint", _("一起还，哪个都要还清")
    SHARE = "share", _("各还各的一份")


class SuretyKind(models.TextChoices):
    """The kinds of counter-guarantee that are a person (the codes of loans.models.CounterGuaranteeKind)."""

    WAGE = "wage", _("有财政工资的人")
    EMPLOYEE = "employee", _("企业里上班的人")
    CADRE = "cadre", _("村干部")
    PERSON = "person", _("种地、做生意的")
    GROUP = "group", _("联保的姐妹")


class Tie(models.TextChoices):
    RELATIVE = "relative", _("亲戚")
    FRIEND = "friend", _("朋友")
    NEIGHBOUR = "neighbour", _("邻居、同村")
    COLLEAGUE = "colleague", _("同事、生意上的")


class Party(models.Model):
    """One person besides her household who answers for the loan: a partner of the business, or somebody who vouches.

    That he agreed is in PartyConsent.
    """

    applicant = models.ForeignKey(Applicant, models.CASCADE, related_name="parties")
    role = models.CharField(max_length=10, choices=PartyRole)
    full_name = models.CharField(_("姓名"), max_length=50)
    id_no = EncryptedTextField(_("身份证号"))
    id_index = models.CharField(max_length=64, db_index=True)
    mobile = EncryptedTextField(_("手机号"), blank=True, default="")
    mobile_index = models.CharField(max_length=64, blank=True, db_index=True)
    # Of a partner.
    share_percent = models.PositiveSmallIntegerField(_("占几成"), null=True)
    liability = models.CharField(_("怎么还"), max_length=10, choices=Liability, blank=True)
    # Asked of partners as of her; null is unknown.
    on_public_payroll = models.BooleanField(_("吃财政工资或已退休"), null=True)
    # Of somebody who vouches.
    kind = models.CharField(_("哪种担保"), max_length=10, choices=SuretyKind, blank=True)
    tie = models.CharField(_("关系"), max_length=10, choices=Tie, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = _("合伙人、担保人")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="a_person_is_named_once_in_an_application", fields=["applicant", "id_index"]),
            models.CheckConstraint(
                name="a_party_is_a_named_person", condition=~Q(full_name="") & ~Q(id_no="") & ~Q(id_index="")
            ),
            models.CheckConstraint(
                name="a_partner_has_a_share_and_a_surety_a_kind",
                condition=Q(
                    role="partner",
                    share_percent__isnull=False,
                    share_percent__gte=1,
                    share_percent__lte=99,
                    kind="",
                    tie="",
                )
                & ~Q(liability="")
                | Q(role="guarantor", share_percent__isnull=True, liability="") & ~Q(kind="") & ~Q(tie=""),
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
