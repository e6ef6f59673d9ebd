from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from applicants.models.applicant import Applicant
from records.models import StoredFile


class DocumentKind(models.TextChoices):
    ID_FRONT = "id_front", _("身份证正面")
    ID_BACK = "id_back", _("身份证反面")
    HOUSEHOLD_FIRST = "household_first", _("户口本首页")
    HOUSEHOLD_SELF = "household_self", _("户口本本人页")
    LICENCE = "licence", _("营业执照")
    CONTRACT = "contract", _("承包或租赁合同")
    VILLAGE_CERTIFICATE = "village_certificate", _("村委会证明")
    SITE = "site", _("项目现场照片")
    MANDATE = "mandate", _("委托书")
    SPOUSE_ID = "spouse_id", _("爱人的身份证")
    MARRIAGE = "marriage", _("结婚证")
    PARTY_CONSENT = "party_consent", _("别人签的同意书")
    OTHER = "other", _("其他材料")


class DocumentQuerySet(models.QuerySet["Document"]):
    def kept(self) -> "DocumentQuerySet":
        return self.filter(removed_at__isnull=True)


class Document(models.Model):
    """One photograph or paper that she handed in. Taking it back marks it; the file stays what it was."""

    applicant = models.ForeignKey(Applicant, models.PROTECT, related_name="documents")
    kind = models.CharField(_("材料"), max_length=20, choices=DocumentKind)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    # Degrees clockwise at which it is shown: she turns the picture, not the file.
    turned = models.PositiveSmallIntegerField(default=0)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("材料")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="a_picture_is_turned_by_quarters", condition=Q(turned__in=[0, 90, 180, 270]))
        ]
