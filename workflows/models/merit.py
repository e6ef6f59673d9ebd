from typing import Final

from django.db import models
from django.db.models import F, Q, Value
from django.utils.translation import gettext_lazy as _

from accounts.models import Region, User
from records.models import Permanent

WHOLE: Final = 100


class TargetFigure(models.TextChoices):
    SURVEYED = "surveyed", _("摸底户数")
    DECLARED = "declared", _("申报件数")
    PAID = "paid", _("放款件数")


class Target(models.Model):
    """How many of one thing the city expects of one town or village in one year."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("地区"))
    # The year by its last day, after which the database takes no further word.
    year_ends_on = models.DateField()
    figure = models.CharField(_("指标"), max_length=10, choices=TargetFigure)
    number = models.PositiveIntegerField(_("目标"))
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    set_on = models.DateField()

    class Meta:
        verbose_name = _("目标")
        constraints = [
            models.UniqueConstraint(
                name="one_target_of_place_year_and_figure", fields=["region", "year_ends_on", "figure"]
            ),
            models.CheckConstraint(
                name="a_target_is_set_before_its_year_is_over", condition=Q(set_on__lte=F("year_ends_on"))
            ),
            models.CheckConstraint(
                name="a_target_counts_a_known_figure", condition=Q(figure__in=[str(one) for one in TargetFigure])
            ),
        ]


class ScoringPolicy(Permanent):
    """How much each measure weighs in the yearly scores, in hundredths of the whole; a change is a further version."""

    version = models.CharField(_("版本"), max_length=20, unique=True)
    valid_from = models.DateField(unique=True)
    is_assumption = models.BooleanField(_("演示假设"))
    target_weight = models.PositiveSmallIntegerField(_("目标完成"))
    on_time_weight = models.PositiveSmallIntegerField(_("按时办结"))
    supplement_weight = models.PositiveSmallIntegerField(_("少补第二次"))
    refusal_weight = models.PositiveSmallIntegerField(_("不批没被推翻"))
    follow_up_weight = models.PositiveSmallIntegerField(_("回访按时"))
    # With fewer cases due in the year a place isn't ranked: one woman would decide it.
    fewest_due = models.PositiveSmallIntegerField(_("至少几件到期才排名"))

    class Meta:
        verbose_name = _("考核办法")
        ordering = ["-valid_from"]
        constraints = [
            models.CheckConstraint(
                name="the_weights_of_a_scoring_come_to_the_whole",
                condition=Q(
                    target_weight=Value(WHOLE)
                    - F("on_time_weight")
                    - F("supplement_weight")
                    - F("refusal_weight")
                    - F("follow_up_weight")
                ),
            ),
            models.CheckConstraint(name="one_case_at_least_makes_a_rank", condition=Q(fewest_due__gte=1)),
        ]
