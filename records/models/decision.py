from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    APPROVED = "approved", _("同意")
    REFUSED = "refused", _("不同意")


class Decision(models.Model):
    """One act that takes two people: one proposed it, another decides. What it is about holds the key to it."""

    kind = models.CharField(_("事项"), max_length=30)
    summary = models.CharField(_("内容"), max_length=200)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    reason = models.TextField(_("理由"), blank=True)

    class Meta:
        verbose_name = _("两人事项")
        constraints = [
            models.CheckConstraint(
                name="whoever_proposes_does_not_decide",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="decided_by_at_and_outcome_are_set_together",
                condition=Q(decided_by__isnull=True, decided_at__isnull=True, outcome="")
                | Q(decided_by__isnull=False, decided_at__isnull=False, outcome__in=["approved", "refused"]),
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.decided_at is None
