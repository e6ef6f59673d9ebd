from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from applicants.models.applicant import Applicant


class ProjectType(models.TextChoices):
    PLANTING = "planting", _("种植")
    RAISING = "raising", _("养殖")
    PROCESSING = "processing", _("加工·家纺")
    FARM_STAY = "farm_stay", _("农家乐·渔家乐")
    SHOP = "shop", _("商店·网店")
    CRAFT = "craft", _("手工")
    OTHER = "other", _("其他")


class Since(models.TextChoices):
    NOT_YET = "not_yet", _("还没开始")
    UNDER_ONE_YEAR = "under_1", _("不到 1 年")
    ONE_TO_THREE = "1_to_3", _("1 到 3 年")
    OVER_THREE = "over_3", _("3 年以上")


class IncomeBand(models.TextChoices):
    UNKNOWN = "unknown", _("不清楚")
    UP_TO_20K = "up_to_20k", _("2 万元以下")
    UP_TO_50K = "20k_to_50k", _("2 万到 5 万元")
    UP_TO_100K = "50k_to_100k", _("5 万到 10 万元")
    OVER_100K = "over_100k", _("10 万元以上")


class Proof(models.TextChoices):
    """What shows that the business is hers: many rural women have no licence, and need none."""

    LICENCE = "licence", _("营业执照")
    CONTRACT = "contract", _("承包或租赁合同")
    VILLAGE_CERTIFICATE = "village_certificate", _("村委会证明")


class Business(models.Model):
    """What she does or wants to do: trade, place, since when, and what shows it."""

    applicant = models.OneToOneField(Applicant, models.CASCADE, related_name="business")
    project_type = models.CharField(_("做什么"), max_length=12, choices=ProjectType, blank=True)
    site = models.CharField(_("在哪里做"), max_length=60, blank=True)
    started = models.CharField(_("做了多久"), max_length=10, choices=Since, blank=True)
    income_band = models.CharField(_("一年大概能挣多少"), max_length=12, choices=IncomeBand, blank=True)
    jobs = models.PositiveSmallIntegerField(_("能带动几个人"), null=True)
    proof = models.CharField(_("证明"), max_length=20, choices=Proof, blank=True)
    licence_no = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    # Null until she is asked, which she is only where the policy lets partners borrow together.
    has_partners = models.BooleanField(_("合伙"), null=True)

    class Meta:
        verbose_name = _("项目")
        constraints = [
            models.CheckConstraint(
                name="jobs_are_at_most_two_hundred", condition=Q(jobs__isnull=True) | Q(jobs__lte=200)
            )
        ]
