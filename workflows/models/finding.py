from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from records.models import Decision
from workflows.models.application import Application


class FindingOutcome(models.TextChoices):
    MET = "met", _("满足")
    NOT_MET = "not_met", _("不满足")
    ASK = "ask", _("要人看")


class AssessedFinding(models.Model):
    """What one rule found about one case on one day, and what a person made of it. Rules suggest; people settle."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="findings")
    # A case that comes back is assessed again; the earlier round stays as it was.
    round = models.PositiveSmallIntegerField(default=1)
    position = models.PositiveSmallIntegerField()
    rule = models.CharField(_("规则"), max_length=40)
    outcome = models.CharField(_("系统判断"), max_length=8, choices=FindingOutcome)
    found = models.JSONField(_("看到的"))
    required = models.JSONField(_("要求"))
    clause = models.CharField(_("依据"), max_length=60)
    policy_version = models.CharField(_("政策版本"), max_length=30)
    assessed_at = models.DateTimeField()
    settled = models.CharField(_("结论"), max_length=8, choices=FindingOutcome, blank=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    note = models.CharField(_("理由"), max_length=200, blank=True)
    # Calling met what the rule found not met takes a second person.
    override = models.OneToOneField(Decision, models.PROTECT, null=True, related_name="finding")

    class Meta:
        verbose_name = _("资格判断")
        ordering = ["round", "position"]
        constraints = [
            models.UniqueConstraint(name="a_rule_finds_once_a_round", fields=["application", "round", "rule"]),
            models.CheckConstraint(
                name="a_settled_finding_names_who_and_when",
                condition=Q(settled="", settled_by__isnull=True, settled_at__isnull=True)
                | Q(settled__in=["met", "not_met"], settled_by__isnull=False, settled_at__isnull=False),
            ),
            models.CheckConstraint(
                name="an_override_takes_two_people",
                condition=~Q(outcome="not_met", settled="met") | Q(override__isnull=False),
            ),
        ]

    @property
    def conclusion(self) -> str:
        """What holds: the person's word where there is one, else the rule's."""
        return self.settled or self.outcome
