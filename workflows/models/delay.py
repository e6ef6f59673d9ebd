from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from records.models import Permanent
from workflows.models.application import Application


class NudgeAbout(models.TextChoices):
    OVERDUE = "overdue", _("超期")
    PAUSED = "paused", _("暂停太久")


class Nudge(Permanent):
    """A nudge (督办): the city reminded whoever has a case, and the head there, to move it; once a day at most."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="nudges")
    about = models.CharField(_("事由"), max_length=8, choices=NudgeAbout)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    told = models.CharField(_("提醒了谁"), max_length=200)  # their names, as they were then
    words = models.CharField(_("督办的话"), max_length=200)
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    sent_on = models.DateField()

    class Meta:
        verbose_name = _("督办")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="a_case_is_nudged_once_a_day", fields=["application", "sent_on"]),
            models.CheckConstraint(name="a_nudge_says_something_to_somebody", condition=~Q(words="") & ~Q(told="")),
        ]


class DelayReason(models.TextChoices):
    """Flat, and all of them ours: where we wait for her the clock stands still."""

    TOO_MANY = "too_many", _("同时来的件太多")
    NOBODY_THERE = "nobody_there", _("经办人不在，没有人接")
    HANDED_ON_LATE = "handed_on_late", _("上一个单位转来得晚")
    DONE_AGAIN = "done_again", _("退回重办")
    VISIT = "visit", _("路断或约不上，没能走访")
    CREDIT = "credit", _("征信或核查结果没出来")
    HEADROOM = "headroom", _("额度或资金没到位")
    SYSTEM = "system", _("系统或网络出了问题")
    OTHER = "other", _("其他")


class DelayAccount(Permanent):
    """An account (超期说明) of why a promise was broken, in the words of whoever has the case, and the new day."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="delay_accounts")
    # The day that wasn't kept: the promise's, or the new one of an earlier account.
    broken_on = models.DateField(_("应办完的日子"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    reason = models.CharField(_("超期的原因"), max_length=16, choices=DelayReason)
    words = models.CharField(_("说明"), max_length=200)
    new_on = models.DateField(_("新的日子"))
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    given_on = models.DateField()

    class Meta:
        verbose_name = _("超期说明")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="a_broken_day_is_accounted_for_once", fields=["application", "broken_on"]),
            models.CheckConstraint(
                name="a_new_day_is_still_to_come",
                condition=Q(given_on__gt=F("broken_on"), new_on__gt=F("given_on")),
            ),
            models.CheckConstraint(name="a_delay_is_explained_in_words", condition=~Q(words="")),
        ]
