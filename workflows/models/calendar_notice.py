from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from records.models import Decision


class CalendarNotice(models.Model):
    """A file of working days that somebody handed in, as it came; it counts once another person has agreed."""

    file_name = models.CharField(_("文件名"), max_length=120)
    content = models.BinaryField(_("内容"))
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="calendar_notice")
    is_open = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("放假安排文件")
        ordering = ["-pk"]
        constraints = [
            # Two at once would each be previewed without the other.
            models.UniqueConstraint(
                name="one_notice_waits_for_a_second_person", fields=["is_open"], condition=Q(is_open=True)
            )
        ]
