from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from applicants.models.applicant import Applicant


class Route(models.TextChoices):
    LINK = "link", _("她自己手机上的链接")
    PAPER = "paper", _("纸质委托书照片")
    IN_PERSON = "in_person", _("镇干部当面核实")


class Mandate(models.Model):
    """One woman's leave to one helper to fill in the form for her, until a day, and how she gave it."""

    applicant = models.ForeignKey(Applicant, models.PROTECT, related_name="mandates")
    helper = models.ForeignKey(User, models.PROTECT, related_name="mandates")
    route = models.CharField(_("怎么同意的"), max_length=10, choices=Route)
    # SHA-256 of the token in the link: a stolen table opens nothing.
    token_sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    token_expires_at = models.DateTimeField(null=True)
    valid_until_on = models.DateField(_("有效到"))
    created_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=10, blank=True)
    verified_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("委托")
        constraints = [
            models.CheckConstraint(
                name="a_mandate_is_answered_yes_change_or_not_mine",
                condition=Q(answer__in=["", "yes", "change", "not_mine"]),
            ),
            models.CheckConstraint(
                name="nobody_verifies_a_mandate_that_she_holds",
                condition=Q(verified_by__isnull=True) | ~Q(verified_by=models.F("helper")),
            ),
        ]


class ConfirmedPhone(models.Model):
    """One phone by which a woman said yes to what was filled in for her; it says yes for no other woman."""

    mobile_index = models.CharField(max_length=64, unique=True)
    applicant = models.ForeignKey(Applicant, models.PROTECT, related_name="confirmed_phones")
    confirmed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("本人确认用过的手机号")
        constraints = [
            models.CheckConstraint(name="a_phone_that_confirmed_is_a_phone", condition=~Q(mobile_index="")),
        ]
