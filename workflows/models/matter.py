from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from accounts.models import Organisation, Region, User
from accounts.permissions import acting_membership, live_memberships
from records.models import Machine, Transition
from records.models.machine import Authority
from workflows import separation
from workflows.matter_kinds import RULES, MatterKind, Rule
from workflows.models.application import Application


class MatterState(models.TextChoices):
    OPEN = "OPEN", _("等答复")
    GRANTED = "GRANTED", _("同意")
    REFUSED = "REFUSED", _("没同意")


class MatterQuerySet(models.QuerySet["Matter"]):
    def open(self) -> "MatterQuerySet":
        return self.filter(state=MatterState.OPEN)

    def answered_by_office_of(self, user: User | AnonymousUser) -> "MatterQuerySet":
        """Those that are hers to answer, by her place; whether she had a part in the case is asked of each."""
        theirs = Q(pk__in=[])
        if isinstance(user, User):
            for membership in live_memberships(user):
                for kind, rule in RULES.items():
                    if membership.grants(rule.permission):
                        theirs |= Q(kind=kind) & _within(membership.organisation, rule)
        return self.filter(theirs)


def _within(organisation: Organisation, rule: Rule) -> Q:
    if rule.office == "bank":
        return Q(application__bank=organisation)
    return Q(application__applicant__village__code__startswith=organisation.region.prefix)


class Matter(Machine):
    """One thing that she put to an office beside her application, in her own words, and what it answered."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="matters")
    kind = models.CharField(_("事项"), max_length=20, choices=MatterKind)
    state = FSMField(_("状态"), max_length=10, choices=MatterState, default=MatterState.OPEN, protected=True)
    # The version of the case when she said it: an appeal is against the refusal that made this version.
    about_version = models.PositiveIntegerField()
    words = models.CharField(_("她的话"), max_length=500)
    # She herself, or whoever took it down at the phone.
    said_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    said_at = models.DateTimeField()
    answer = models.CharField(_("答复"), max_length=500, blank=True)

    objects = MatterQuerySet.as_manager()
    locked_with = ("application__applicant__village__parent__parent", "application__policy", "application__bank")

    class Meta:
        verbose_name = _("诉求")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_appeal_against_each_refusal",
                fields=["application", "about_version"],
                condition=Q(kind="appeal"),
            ),
            models.CheckConstraint(name="a_matter_is_told_in_words", condition=~Q(words="")),
            models.CheckConstraint(name="what_is_settled_has_an_answer", condition=Q(state="OPEN") | ~Q(answer="")),
        ]

    def __str__(self) -> str:
        return f"{self.application.number} {self.kind}"

    @transition(state, source=MatterState.OPEN, target=MatterState.GRANTED, permission="answer_her")
    def grant(self, *, answer: str) -> None:
        """The office does what she asks."""
        self.answer = answer

    @transition(state, source=MatterState.OPEN, target=MatterState.REFUSED, permission="answer_her")
    def refuse(self, *, answer: str) -> None:
        """The office doesn't, and says why in words that she can read."""
        self.answer = answer

    @property
    def place(self) -> Organisation | Region:
        """Where somebody must stand to answer."""
        return self.application.bank if RULES[self.kind].office == "bank" else self.application.city

    def authority_of(self, user: User, permission: str) -> Authority | None:
        asked = (permission, RULES[self.kind].permission)
        memberships = [acting_membership(user, one, self.place) for one in asked]
        return Authority(memberships[-1]) if all(memberships) else None

    def check_separation(self, move: str, *, by: User) -> None:
        if RULES[self.kind].is_apart:
            separation.check_apart(self.application, through=self.about_version, by=by)


class MatterTransition(Transition):
    """One move of one matter."""

    subject: Any = models.ForeignKey(Matter, models.PROTECT, related_name="log")

    class Meta(Transition.Meta):
        verbose_name = _("诉求动作")
