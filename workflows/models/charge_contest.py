from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from records.models import Decision, Permanent
from workflows.models.application import Application


class ChargeContest(models.Model):
    """What an office says against days charged to it (计时异议); the city decides. Her promise stays as it is."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="charge_contests")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    words = models.CharField(_("为什么不该算"), max_length=200)
    evidence = models.CharField(_("凭据"), max_length=200)
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="charge_contest")
    # Upheld, the days go to another office, or to nobody.
    moved_to = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+", verbose_name=_("改算给"))

    class Meta:
        verbose_name = _("计时异议")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="a_contest_says_why_and_on_what_evidence", condition=~Q(words="") & ~Q(evidence="")
            ),
            models.CheckConstraint(
                name="days_are_not_moved_to_where_they_were",
                condition=Q(moved_to__isnull=True) | ~Q(moved_to=models.F("organisation")),
            ),
        ]


class ContestedDay(Permanent):
    """One of the days that a contest is about."""

    contest = models.ForeignKey(ChargeContest, models.PROTECT, related_name="days")
    application = models.ForeignKey(Application, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    day = models.DateField(_("哪天"))

    class Meta:
        verbose_name = _("有异议的一天")
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(name="an_office_contests_a_day_once", fields=["application", "organisation", "day"])
        ]
