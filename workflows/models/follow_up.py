from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from records.models import Permanent, StoredFile
from workflows.models.application import Application


class Going(models.TextChoices):
    NORMAL = "normal", _("正常")
    HARD = "hard", _("困难")
    STOPPED = "stopped", _("停业")


class MoneyUse(models.TextChoices):
    AS_PLANNED = "as_planned", _("照计划")
    PARTLY = "partly", _("部分照计划")
    NOT = "not", _("没有照计划")


class Need(models.TextChoices):
    SKILLS = "skills", _("技术")
    SALES = "sales", _("销路")
    TRAINING = "training", _("培训")
    MONEY = "money", _("资金")
    OTHER = "other", _("其他")


class Risk(models.TextChoices):
    LOW = "low", _("低")
    MIDDLE = "middle", _("中")
    HIGH = "high", _("高")


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def standing(self) -> "FollowUpQuerySet":
        """Those that no further row corrects."""
        return self.filter(corrected_by__isnull=True)


class FollowUp(Permanent):
    """One visit after the money, as the federation wrote it down. A mistake gets a further row that corrects it."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="follow_ups")
    visited_on = models.DateField(_("哪天去的"))
    visitors = models.CharField(_("谁去的"), max_length=60)
    going = models.CharField(_("经营"), max_length=10, choices=Going)
    money_use = models.CharField(_("钱用在"), max_length=12, choices=MoneyUse)
    jobs = models.PositiveSmallIntegerField(_("带动几个人"))
    jobs_women = models.PositiveSmallIntegerField(_("其中妇女"))
    needs = models.JSONField(_("需要什么"), default=list)  # values of Need
    promised = models.CharField(_("答应帮什么"), max_length=200, blank=True)
    risk = models.CharField(_("风险"), max_length=8, choices=Risk)
    risk_why = models.CharField(_("为什么"), max_length=200, blank=True)
    photo = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    # Who asked her and filled it in, where that was a helper of the village.
    prepared_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    corrects: Any = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("回访记录")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="a_follow_up_says_who_went", condition=~Q(visitors="")),
            models.CheckConstraint(
                name="no_more_women_than_people_have_work", condition=Q(jobs_women__lte=F("jobs"), jobs__lte=200)
            ),
            models.CheckConstraint(
                name="a_risk_that_is_not_low_says_why", condition=Q(risk=str(Risk.LOW)) | ~Q(risk_why="")
            ),
        ]


class FollowUpDraft(models.Model):
    """What has been answered of a visit that isn't written down yet, question by question; one for each case."""

    application = models.OneToOneField(Application, models.PROTECT, related_name="follow_up_draft")
    answers = models.JSONField(default=dict)  # as they were typed, by the name of the field
    prepared_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    # Handed to the town, which looks at it and writes it down.
    ready_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("回访草稿")
