"""Papers: what was issued, the PDF that was made of it, and whether it still holds (docs/adr/0012-papers.md)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from records.models.permanent import Permanent
from records.models.stored_file import StoredFile


class IssuedPaper(Permanent):
    """One paper as it was issued: its number, its words, and the code by which anyone can check that it is ours."""

    kind = models.CharField(_("文书"), max_length=40)
    title = models.CharField(_("标题"), max_length=40)
    number = models.CharField(_("文号"), max_length=40, unique=True)
    verify_code = models.CharField(_("查验码"), max_length=14, unique=True)
    issuer = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("签发单位"))
    about = models.CharField(_("关于"), max_length=60)
    # The words themselves, as HTML: a later change of template, case or office never changes a paper that is out.
    sheet = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    # What whoever holds the paper may compare: [[label, value], …], masked as on the paper.
    confirms = models.JSONField(default=list)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(_("签发时间"))

    class Meta:
        verbose_name = _("文书")
        indexes = [models.Index(fields=["about", "kind"])]

    def __str__(self) -> str:
        return self.number


class PrintedPaper(Permanent):
    """The PDF of one paper, made when somebody first asked for it, and the same bytes ever after."""

    paper = models.OneToOneField(IssuedPaper, models.PROTECT, related_name="printed")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    printed_at = models.DateTimeField()


class VoidedPaper(Permanent):
    """One paper that doesn't hold any more, since when and why."""

    paper = models.OneToOneField(IssuedPaper, models.PROTECT, related_name="voided")
    reason = models.CharField(_("原因"), max_length=100)
    voided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    voided_at = models.DateTimeField()

    class Meta:
        verbose_name = _("作废")
        constraints = [models.CheckConstraint(name="a_voided_paper_says_why", condition=~Q(reason=""))]
