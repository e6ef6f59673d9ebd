from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from loans.models.guarantee import CounterGuarantee
from records.encryption import EncryptedTextField
from records.models import Permanent


class Security(Permanent):
    """What was checked of one counter-guarantee, and the paper that proves it. The newest row holds.

    `facts` are those of its kind (loans/securities.py): `_fen` whole fen, `_on` ISO days, the others text.
    """

    counter_guarantee = models.ForeignKey(CounterGuarantee, models.PROTECT, related_name="securities")
    facts = models.JSONField(_("内容"))
    evidence = models.CharField(_("凭据"), max_length=200)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("反担保登记")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(name="a_security_names_its_evidence", condition=~Q(evidence=""))]


class SecurityPerson(models.Model):
    """Somebody who answers for the loan with what he has."""

    security = models.ForeignKey(Security, models.PROTECT, related_name="persons")
    full_name = models.CharField(_("姓名"), max_length=50)
    id_no = EncryptedTextField(_("身份证号"))
    id_index = models.CharField(max_length=64, db_index=True)

    class Meta:
        verbose_name = _("反担保人")
        constraints = [
            models.UniqueConstraint(name="a_person_stands_once_in_a_security", fields=["security", "id_index"]),
            models.CheckConstraint(
                name="whoever_stands_surety_has_a_name_and_a_number", condition=~Q(full_name="") & ~Q(id_index="")
            ),
        ]

    def __str__(self) -> str:
        return self.full_name


class SecurityRelease(Permanent):
    """The thing or the person is free again: deeds returned, registrations taken off."""

    counter_guarantee = models.OneToOneField(CounterGuarantee, models.PROTECT, related_name="release")
    released_on = models.DateField(_("解除日期"))
    words = models.CharField(_("怎么解除的"), max_length=200)
    released_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    released_at = models.DateTimeField()

    class Meta:
        verbose_name = _("反担保解除")
        constraints = [models.CheckConstraint(name="a_release_says_what_was_done", condition=~Q(words=""))]
