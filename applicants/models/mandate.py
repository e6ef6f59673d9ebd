from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from applicants.models.applicant import Applicant


class Route(models.TextChoices):
    LINK = "link", _("她自己手机上的链接")
    PAPER = "paper", _("纸质委托书照片")
    IN_PERSON = "in_person", _("镇干部当面核实")


class PhoneOf(models.TextChoices):
    """Whose phone it is that stands in her application."""

    OWN = "own", _("她自己的")
    SPOUSE = "spouse", _("爱人的")
    CHILD = "child", _("子女的")
    PARENT = "parent", _("父母、公婆的")
    OTHER = "other", _("别人的")


class MandateQuerySet(models.QuerySet["Mandate"]):
    def standing(self) -> "MandateQuerySet":
        """Neither denied nor ended by her. Whether its day has come is another question: what was done stays seen."""
        return self.exclude(answer="not_mine").filter(ended_at__isnull=True)

    def open_after_handing_in(self) -> "MandateQuerySet":
        """Those by which the helper sees the case, once she has handed it in."""
        return self.filter(Q(may_follow=True) | Q(may_supply=True))


class Mandate(models.Model):
    """One woman's leave to one helper to fill in the form for her, until a day, and how she gave it."""

    applicant = models.ForeignKey(Applicant, models.PROTECT, related_name="mandates")
    helper = models.ForeignKey(User, models.PROTECT, related_name="mandates")
    route = models.CharField(_("怎么同意的"), max_length=10, choices=Route)
    # SHA-256 of the token in the link: a stolen table opens nothing.
    token_sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    token_expires_at = models.DateTimeField(null=True)
    phone_of = models.CharField(_("这个手机是谁的"), max_length=10, choices=PhoneOf, default=PhoneOf.OWN)
    # To fill in the form is what every mandate allows; these two she grants or not.
    may_supply = models.BooleanField(_("替她补材料"), default=True)
    may_follow = models.BooleanField(_("看办到哪一步"), default=True)
    valid_until_on = models.DateField(_("有效到"))
    ended_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=10, blank=True)
    verified_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("委托")
        constraints = [
            models.CheckConstraint(
                name="a_link_goes_to_her_own_phone_only",
                condition=~Q(route="link") | Q(phone_of="own"),
            ),
            models.CheckConstraint(
                name="an_ended_mandate_has_no_link",
                condition=Q(ended_at__isnull=True) | Q(token_expires_at__isnull=True),
            ),
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
