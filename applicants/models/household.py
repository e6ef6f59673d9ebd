from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from applicants.identity import mask_id_no
from applicants.models.applicant import Applicant
from records.encryption import EncryptedTextField


class Relation(models.TextChoices):
    SPOUSE = "spouse", _("爱人")
    PARENT = "parent", _("父母")
    IN_LAW = "in_law", _("公婆")
    CHILD = "child", _("子女")
    SIBLING = "sibling", _("兄弟姐妹")
    OTHER = "other", _("其他家人")


class Occupation(models.TextChoices):
    FARMING = "farming", _("种地、养殖")
    WAGES = "wages", _("打工")
    TRADE = "trade", _("做生意")
    PUBLIC = "public", _("吃财政工资")
    RETIRED = "retired", _("退休")
    PUPIL = "pupil", _("上学")
    AT_HOME = "at_home", _("在家，没上班")


class HouseholdMember(models.Model):
    """One person of her household, as far as the loan needs to know them.

    Her spouse by name, because his loans count like hers; of the others only who they are to her and what they live on,
    so that nobody is entered who hasn't been asked.
    """

    applicant = models.ForeignKey(Applicant, models.CASCADE, related_name="household")
    relation = models.CharField(_("关系"), max_length=10, choices=Relation)
    occupation = models.CharField(_("做什么"), max_length=10, choices=Occupation, blank=True)
    full_name = models.CharField(_("姓名"), max_length=50, blank=True)
    id_no = EncryptedTextField(_("身份证号"), blank=True, default="")
    id_index = models.CharField(max_length=64, blank=True, db_index=True)
    mobile = EncryptedTextField(_("手机号"), blank=True, default="")
    mobile_index = models.CharField(max_length=64, blank=True, db_index=True)

    class Meta:
        verbose_name = _("家庭成员")
        constraints = [
            models.UniqueConstraint(
                name="an_applicant_has_one_spouse",
                fields=["applicant"],
                condition=models.Q(relation="spouse"),
            ),
            models.CheckConstraint(name="a_spouse_is_named", condition=~Q(relation="spouse") | ~Q(full_name="")),
        ]

    def __str__(self) -> str:
        return self.full_name or str(self.get_relation_display())

    @property
    def masked_id_no(self) -> str:
        return mask_id_no(self.id_no)
