from django.db import models
from django.utils.translation import gettext_lazy as _

from applicants.identity import mask_id_no
from applicants.models.applicant import Applicant
from records.encryption import EncryptedTextField


class Relation(models.TextChoices):
    SPOUSE = "spouse", _("爱人")
    PARENT = "parent", _("父母")
    CHILD = "child", _("子女")
    OTHER = "other", _("其他家人")


class HouseholdMember(models.Model):
    """One person of her household, as far as the loan needs to know them: her spouse above all."""

    applicant = models.ForeignKey(Applicant, models.CASCADE, related_name="household")
    relation = models.CharField(_("关系"), max_length=10, choices=Relation)
    full_name = models.CharField(_("姓名"), max_length=50)
    id_no = EncryptedTextField(_("身份证号"), blank=True, default="")
    id_index = models.CharField(max_length=64, blank=True, db_index=True)
    mobile_index = models.CharField(max_length=64, blank=True, db_index=True)

    class Meta:
        verbose_name = _("家庭成员")
        constraints = [
            models.UniqueConstraint(
                name="an_applicant_has_one_spouse",
                fields=["applicant"],
                condition=models.Q(relation="spouse"),
            )
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def masked_id_no(self) -> str:
        return mask_id_no(self.id_no)
