from django.db import models
from django.utils.translation import gettext_lazy as _

from records.models import IssuedPaper, Permanent
from workflows.models.application import Application


class CasePaper(Permanent):
    """One issued paper of one case."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="papers")
    paper = models.OneToOneField(IssuedPaper, models.PROTECT, related_name="case")

    class Meta:
        verbose_name = _("案卷文书")
        ordering = ["pk"]
