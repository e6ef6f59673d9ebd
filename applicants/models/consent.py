from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from applicants.models.applicant import Applicant
from records.models import Permanent


class Recipient(models.TextChoices):
    FEDERATION = "federation", _("妇联审查资格")
    GUARANTOR = "guarantor", _("给担保公司")
    BANK = "bank", _("给农信")
    FINANCE = "finance", _("给财政局")


class ConsentQuerySet(models.QuerySet["Consent"]):
    def live(self) -> "ConsentQuerySet":
        return self.filter(withdrawn_at__isnull=True)


class Consent(models.Model):
    """Her yes to one recipient for one purpose, with the text that she read and the way in which she said it."""

    applicant = models.ForeignKey(Applicant, models.PROTECT, related_name="consents")
    recipient = models.CharField(_("给谁"), max_length=12, choices=Recipient)
    text_version = models.CharField(_("文本版本"), max_length=20)
    text_sha256 = models.CharField(max_length=64)
    channel = models.CharField(_("方式"), max_length=12)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("同意书")
        constraints = [
            models.UniqueConstraint(
                name="one_live_consent_for_each_recipient",
                fields=["applicant", "recipient"],
                condition=Q(withdrawn_at__isnull=True),
            )
        ]


class Disclosure(Permanent):
    """One handing over of a case to one office, under the consent that allows it."""

    applicant = models.ForeignKey(Applicant, models.PROTECT, related_name="disclosures")
    case_number = models.CharField(max_length=20)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    consent = models.ForeignKey(Consent, models.PROTECT, related_name="disclosures")
    disclosed_at = models.DateTimeField()
    disclosed_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_case_is_disclosed_once_to_an_office", fields=["case_number", "organisation"]
            )
        ]
