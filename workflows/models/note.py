from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from records.models import Permanent
from workflows.models.application import Application


class CaseNote(Permanent):
    """What somebody of an office writes down for her colleagues; the woman whose case it is never reads it."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="notes")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    words = models.CharField(_("内部备注"), max_length=500)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("内部备注")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(name="a_note_says_something", condition=~Q(words=""))]
