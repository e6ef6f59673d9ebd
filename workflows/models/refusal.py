from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from records.models import Permanent
from workflows.models.application import Application
from workflows.models.finding import AssessedFinding


class ReasonCode(models.TextChoices):
    """Nine flat reasons; each comes with words for her and what she can do."""

    RESIDENCE = "residence", _("户口和住处都不在本市")
    AGE = "age", _("年龄超过规定")
    OTHER_LOANS = "other_loans", _("已有未还清的创业贷款")
    UNTRUE_PAPERS = "untrue_papers", _("材料不真实")
    PROJECT = "project", _("项目不在支持范围")
    USE_UNCLEAR = "use_unclear", _("用款计划说不清")
    NO_BUSINESS = "no_business", _("走访发现没有经营")
    NOT_VOLUNTARY = "not_voluntary", _("本人不愿意办")
    OTHER = "other", _("其他")


class DeclineReason(Permanent):
    """One reason for a no, in the order of its weight, in words for her."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="decline_reasons")
    # The version of the case at which it was declined: an overturned case may be declined again.
    version = models.PositiveIntegerField()
    position = models.PositiveSmallIntegerField()
    code = models.CharField(_("原因"), max_length=16, choices=ReasonCode)
    words = models.CharField(_("写给她的话"), max_length=200)
    advice = models.CharField(_("她可以怎么做"), max_length=200)
    # The rule that wasn't met, with what was found, where the reason rests on one.
    finding = models.ForeignKey(AssessedFinding, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("不予通过的原因")
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(name="reasons_are_ordered", fields=["application", "version", "position"]),
            models.CheckConstraint(
                name="a_refusal_has_four_reasons_at_most", condition=Q(position__gte=1, position__lte=4)
            ),
            models.CheckConstraint(name="a_reason_comes_with_words_and_advice", condition=~Q(words="") & ~Q(advice="")),
        ]
