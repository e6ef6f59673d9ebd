from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.organisation import Organisation


class UserKind(models.TextChoices):
    APPLICANT = "applicant", _("申请人")
    STAFF = "staff", _("工作人员")
    MACHINE = "machine", _("系统")


class User(AbstractUser):
    """Someone or something that signs in: a phone that women apply from, a member of staff, or a partner's system."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField(_("姓名"), max_length=50, blank=True)
    phone = models.CharField(_("办公电话"), max_length=20, blank=True)
    kind = models.CharField(_("类别"), max_length=10, choices=UserKind, default=UserKind.STAFF)
    # Blind indexes of her own ID number and mobile: an officer whose household a case is about steps back.
    id_index = models.CharField(max_length=64, blank=True, editable=False)
    mobile_index = models.CharField(max_length=64, blank=True, editable=False)
    # A machine speaks for one organisation; people get theirs by membership.
    acts_for = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="machines")

    class Meta:
        verbose_name = verbose_name_plural = _("用户")
        constraints = [
            models.CheckConstraint(
                name="user_is_applicant_staff_or_machine",
                condition=Q(kind__in=["applicant", "staff", "machine"]),
            ),
            models.CheckConstraint(
                name="only_a_machine_acts_for_an_organisation_by_itself",
                condition=Q(kind="machine", acts_for__isnull=False) | (~Q(kind="machine") & Q(acts_for__isnull=True)),
            ),
            models.CheckConstraint(
                name="only_staff_enter_the_administration",
                condition=Q(kind="staff") | Q(is_staff=False, is_superuser=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.username

    @property
    def is_applicant(self) -> bool:
        return self.kind == UserKind.APPLICANT
