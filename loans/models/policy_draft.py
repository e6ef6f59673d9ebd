from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import User
from loans.models.policy import Policy, Programme
from records.models import Decision


class PolicyDraft(models.Model):
    """A policy that is being written. Proposed, it stays as it was seen; its decision tells what became of it."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="policy_drafts")
    based_on = models.ForeignKey(Policy, models.PROTECT, related_name="drafts")
    # The columns of Policy from its version on, days as text; what isn't written yet is None or "".
    terms = models.JSONField(_("条款"))
    # Counts the changes, so that two who write at once don't overwrite each other.
    version = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True)
    decision = models.OneToOneField(Decision, models.PROTECT, null=True, related_name="policy_draft")

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("政策草稿")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_draft_of_a_policy_is_written_at_a_time",
                fields=["programme"],
                condition=Q(decision__isnull=True, dropped_at__isnull=True),
            ),
            models.CheckConstraint(
                name="a_dropped_draft_was_not_proposed",
                condition=Q(dropped_at__isnull=True) | Q(decision__isnull=True),
            ),
        ]

    @property
    def is_written(self) -> bool:
        """Whether it can still be changed."""
        return self.decision_id is None and self.dropped_at is None
