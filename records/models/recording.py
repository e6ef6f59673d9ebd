from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from records.models.decision import Decision, Outcome
from records.models.permanent import Permanent
from records.models.stored_file import StoredFile

# What a phone fetches in a second on a slow network; about twenty seconds of speech at 16 kbit/s.
SIZE_BYTES_MAX = 40 * 1024


class RecordingQuerySet(models.QuerySet["Recording"]):
    def approved(self) -> "RecordingQuerySet":
        return self.filter(decision__outcome=Outcome.APPROVED)


class Recording(Permanent):
    """One page read aloud by somebody, for whoever would rather listen; heard once a second person has agreed."""

    page = models.SlugField(_("页面"), max_length=40)
    language = models.CharField(_("语言"), max_length=10, choices=settings.LANGUAGES)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    size_bytes = models.PositiveIntegerField()
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="recording")

    objects = RecordingQuerySet.as_manager()

    class Meta:
        verbose_name = _("录音")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="a_recording_has_something_and_forty_kilobytes_at_most",
                condition=Q(size_bytes__gt=0, size_bytes__lte=SIZE_BYTES_MAX),
            )
        ]
        indexes = [models.Index(name="recordings_by_page", fields=["page", "language"])]
