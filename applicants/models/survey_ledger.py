import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Region, User
from applicants.identity import mask_mobile
from applicants.models.applicant import Applicant
from records.encryption import EncryptedTextField


class AgeBand(models.TextChoices):
    UNDER_30 = "under_30", _("30 岁以下")
    FROM_30 = "from_30", _("30 到 45 岁")
    FROM_46 = "from_46", _("46 到 60 岁")
    OVER_60 = "over_60", _("60 岁以上")


class Willing(models.TextChoices):
    YES = "yes", _("愿意申请")
    THINKS = "thinks", _("再想想")
    NO = "no", _("不贷")


class WishBand(models.TextChoices):
    TO_3 = "to_3", _("3 万元以内")
    TO_5 = "to_5", _("3 到 5 万元")
    TO_10 = "to_10", _("5 到 10 万元")
    UNKNOWN = "unknown", _("没想好")


class SurveyedWomanQuerySet(models.QuerySet["SurveyedWoman"]):
    def sent(self) -> "SurveyedWomanQuerySet":
        return self.filter(sent_at__isnull=False)

    def drafts(self) -> "SurveyedWomanQuerySet":
        return self.filter(sent_at__isnull=True)


class SurveyedWoman(models.Model):
    """One woman whom a helper asked at her door what she does and wants; a draft until the helper says it's whole."""

    # Made where the row is written, so that a row sent twice over a bad network is one row.
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    village = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("村"))
    full_name = models.CharField(_("她的姓名"), max_length=50, blank=True)
    place = models.CharField(_("组、门牌"), max_length=40, blank=True)
    age_band = models.CharField(_("年龄"), max_length=10, choices=AgeBand, blank=True)
    doing = models.CharField(_("在做什么"), max_length=60, blank=True)
    wants = models.CharField(_("想做什么"), max_length=60, blank=True)
    wish_band = models.CharField(_("想贷多少"), max_length=10, choices=WishBand, blank=True)
    learns = models.CharField(_("想学什么"), max_length=60, blank=True)
    willing = models.CharField(_("愿不愿意申请"), max_length=10, choices=Willing, blank=True)
    mobile = EncryptedTextField(_("电话"), blank=True, default="")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    # When the office asked the helper of her village to begin her application.
    invited_at = models.DateTimeField(null=True)
    invited_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    # Whom the helper then fills in for.
    applicant = models.OneToOneField(Applicant, models.PROTECT, null=True, related_name="surveyed")

    objects = SurveyedWomanQuerySet.as_manager()

    class Meta:
        verbose_name = _("摸底记录")
        constraints = [
            models.UniqueConstraint(name="a_survey_row_is_kept_once", fields=["by", "key"]),
            models.CheckConstraint(
                name="a_sent_survey_row_names_her_and_what_she_wants",
                condition=Q(sent_at__isnull=True) | (~Q(full_name="") & Q(willing__in=[str(one) for one in Willing])),
            ),
            models.CheckConstraint(
                name="an_invitation_is_for_a_sent_row_and_by_somebody",
                condition=Q(invited_at__isnull=True, invited_by__isnull=True)
                | Q(invited_at__isnull=False, invited_by__isnull=False, sent_at__isnull=False),
            ),
            models.CheckConstraint(
                name="an_application_begins_from_a_sent_row",
                condition=Q(applicant__isnull=True) | Q(sent_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def masked_mobile(self) -> str:
        return mask_mobile(self.mobile) if self.mobile else ""
