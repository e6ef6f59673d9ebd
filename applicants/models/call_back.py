from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from applicants.identity import mask_mobile
from records.encryption import EncryptedTextField


class Outcome(models.TextChoices):
    EXPLAINED = "explained", _("说清楚了")
    BEGINS = "begins", _("有人帮她办了")
    UNREACHED = "unreached", _("打了几次没打通")
    NOT_ASKED = "not_asked", _("号码不是她的，或不用打了")


class CallBackQuerySet(models.QuerySet["CallBack"]):
    def open(self) -> "CallBackQuerySet":
        return self.filter(closed_at__isnull=True)


class CallBack(models.Model):
    """One request of somebody to be called back, the day by which she is, who took it and how it ended."""

    # Empty once the number has been forgotten.
    mobile = EncryptedTextField(_("手机号"), blank=True)
    mobile_index = models.CharField(max_length=64, blank=True, db_index=True)
    address_index = models.CharField(max_length=64, blank=True, db_index=True)
    asked_at = models.DateTimeField(_("什么时候说的"))
    due_on = models.DateField(_("哪天前回电"))
    taken_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("谁来打"))
    taken_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(_("没打通几次"), default=0)
    outcome = models.CharField(_("怎么样了"), max_length=10, choices=Outcome, blank=True)
    note = models.CharField(_("记一句"), max_length=100, blank=True)
    closed_at = models.DateTimeField(null=True)

    objects = CallBackQuerySet.as_manager()

    class Meta:
        verbose_name = _("回电")
        constraints = [
            models.UniqueConstraint(
                name="one_open_call_back_for_each_phone",
                fields=["mobile_index"],
                condition=Q(closed_at__isnull=True),
            ),
            models.CheckConstraint(
                name="an_open_call_back_has_a_number_to_call",
                condition=Q(closed_at__isnull=False) | (~Q(mobile="") & ~Q(mobile_index="")),
            ),
            models.CheckConstraint(
                name="a_call_back_is_taken_by_somebody_at_some_time",
                condition=Q(taken_by__isnull=True, taken_at__isnull=True)
                | Q(taken_by__isnull=False, taken_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_call_back_is_closed_by_whoever_took_it_with_an_outcome",
                condition=Q(closed_at__isnull=True, outcome="")
                | Q(closed_at__isnull=False, taken_by__isnull=False, outcome__in=[str(one) for one in Outcome]),
            ),
        ]

    @property
    def masked_mobile(self) -> str:
        return mask_mobile(self.mobile) if self.mobile else ""
