from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from loans.models.loan import Loan
from records.models import Permanent


class ContactWay(models.TextChoices):
    PHONE = "phone", _("电话")
    VISIT = "visit", _("上门")
    MESSAGE = "message", _("短信")


class CollectionContact(Permanent):
    """One time that an office asked her for what is overdue: how, what she said, and what comes next."""

    loan = models.ForeignKey(Loan, models.PROTECT, related_name="contacts")
    made_on = models.DateField(_("哪一天"))
    way = models.CharField(_("怎么联系的"), max_length=10, choices=ContactWay)
    said = models.CharField(_("她怎么说"), max_length=200)
    next_step = models.CharField(_("下一步"), max_length=200)
    next_on = models.DateField(_("下一步哪一天"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("催收记录")
        ordering = ["-made_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="a_contact_says_what_she_said_and_what_comes_next", condition=~Q(said="") & ~Q(next_step="")
            ),
            models.CheckConstraint(
                name="the_next_step_comes_after_the_contact", condition=Q(next_on__gte=F("made_on"))
            ),
            models.CheckConstraint(
                name="a_contact_was_made_in_a_known_way", condition=Q(way__in=[str(one) for one in ContactWay])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.loan} {self.made_on}"
