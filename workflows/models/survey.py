from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from records.models import Permanent
from workflows.models.application import Application


class Voluntary(models.TextChoices):
    YES = "yes", _("是，本人自愿")
    NO = "no", _("不是")
    UNSURE = "unsure", _("说不清")


class SurveyReport(Permanent):
    """One visit to her home and business, as the visitors wrote it down."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="survey_reports")
    visited_on = models.DateField(_("走访日期"))
    met_in_person = models.BooleanField(_("见到本人"))
    identity_matches = models.BooleanField(_("人证一致"))
    was_asked_alone = models.BooleanField(_("单独问过"))
    voluntary = models.CharField(_("本人自愿"), max_length=8, choices=Voluntary)
    family_knows = models.BooleanField(_("家人知道"))
    business_is_real = models.BooleanField(_("项目真实"))
    seen = models.TextField(_("看到了什么"))
    suggested_amount_fen = models.PositiveBigIntegerField(_("建议金额（分）"))
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("走访记录")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="a_visit_says_what_was_seen", condition=~Q(seen="")),
            models.CheckConstraint(name="a_visit_suggests_some_money", condition=Q(suggested_amount_fen__gt=0)),
        ]

    @property
    def carries_an_approval(self) -> bool:
        """Whether she herself was met, and is who her papers say."""
        return self.met_in_person and self.identity_matches


class SurveyVisitor(Permanent):
    """One person who was there."""

    report = models.ForeignKey(SurveyReport, models.PROTECT, related_name="visitors")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(name="a_visitor_is_listed_once", fields=["report", "user"])]
