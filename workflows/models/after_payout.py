from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from records.models import Permanent
from workflows.models.application import Application


class Arrival(models.TextChoices):
    MINE = "mine", _("到了，是我自己在用")
    NOT_ARRIVED = "not_arrived", _("钱没到")
    NOT_MINE = "not_mine", _("到了，不是我在用")


class PayoutReply(Permanent):
    """Her answer to 「钱到了吗？是您自己在用吗？」; the newest holds."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="payout_replies")
    outcome = models.CharField(_("钱到了吗"), max_length=12, choices=Arrival)
    said_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        verbose_name = _("到账回音")
        ordering = ["pk"]


class Stars(models.IntegerChoices):
    """The five grades of 好差评."""

    VERY_GOOD = 5, _("非常满意")
    GOOD = 4, _("满意")
    FAIR = 3, _("基本满意")
    BAD = 2, _("不满意")
    VERY_BAD = 1, _("非常不满意")


class Rating(Permanent):
    """What she thought of how her case was handled, once, when it was over."""

    application = models.OneToOneField(Application, models.PROTECT, related_name="rating")
    stars = models.PositiveSmallIntegerField(_("评价"), choices=Stars)
    words = models.CharField(_("想说的"), max_length=200, blank=True)
    rated_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    rated_at = models.DateTimeField()

    class Meta:
        verbose_name = _("评价")
        constraints = [
            models.CheckConstraint(name="a_rating_has_one_to_five_stars", condition=Q(stars__gte=1, stars__lte=5)),
        ]
