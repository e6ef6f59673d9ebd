from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from records.models.permanent import Permanent
from records.models.stored_file import StoredFile


class IssuedPaper(Permanent):
    """One paper as it was issued: its number, its file, and the code by which anyone can check that it is ours."""

    kind = models.CharField(_("文书"), max_length=40)
    number = models.CharField(_("文号"), max_length=40, unique=True)
    verify_code = models.CharField(_("验证码"), max_length=20, unique=True)
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="paper")
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    about = models.CharField(_("关于"), max_length=60)

    class Meta:
        verbose_name = _("文书")
