from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class WorkingDay(models.Model):
    """What one notice says of one day: worked or rested. Never edited; a later notice adds a row."""

    day = models.DateField(_("日期"))
    is_working = models.BooleanField(_("上班"))
    name = models.CharField(_("节日"), max_length=40)
    source = models.CharField(_("依据"), max_length=120)
    published_at = models.DateTimeField(_("公布时间"))
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("录入人"))
    entered_at = models.DateTimeField(_("录入时间"))

    class Meta:
        ordering = ["day", "published_at"]
        verbose_name = verbose_name_plural = _("工作日安排")
        constraints = [
            # Else "the newest row wins" would not say which.
            models.UniqueConstraint(name="a_notice_says_one_thing_of_a_working_day", fields=["day", "published_at"]),
            models.CheckConstraint(
                name="a_working_day_is_published_before_it_is_entered",
                condition=Q(published_at__lte=F("entered_at")),
            ),
            models.CheckConstraint(
                name="a_working_day_names_its_festival_and_source",
                condition=~Q(name="") & ~Q(source=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}（{self.name}）"
