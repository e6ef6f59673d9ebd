from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from accounts.models import Organisation, Region, User
from accounts.models.organisation import OrganisationKind
from accounts.permissions import acting_membership, live_memberships
from records.models import Machine, Transition
from records.models.machine import Authority
from workflows import separation
from workflows.matter_kinds import RULES, MatterKind, Rule
from workflows.models.application import Application


class MatterState(models.TextChoices):
    OPEN = "OPEN", _("等答复")
    SECONDED = "SECONDED", _("担保公司说过了，等农信")
    GRANTED = "GRANTED", _("同意")
    REFUSED = "REFUSED", _("没同意")
    ANSWERED = "ANSWERED", _("答复了")


# Somebody still has to answer.
UNSETTLED = (MatterState.OPEN, MatterState.SECONDED)


class MatterQuerySet(models.QuerySet["Matter"]):
    def open(self) -> "MatterQuerySet":
        return self.filter(state__in=UNSETTLED)

    def answered_by_office_of(self, user: User | AnonymousUser) -> "MatterQuerySet":
        """Those that are hers to answer, by her place; whether she had a part in the case is asked of each."""
        theirs = Q(pk__in=[])
        if isinstance(user, User):
            for membership in live_memberships(user):
                for kind, rule in RULES.items():
                    if membership.grants(rule.permission):
                        theirs |= Q(kind=kind) & _within(membership.organisation, rule)
                if membership.grants("second_extension"):
                    theirs |= Q(kind=MatterKind.EXTENSION, application__guarantor=membership.organisation)
        return self.filter(theirs)


def _within(organisation: Organisation, rule: Rule) -> Q:
    places = Q(pk__in=[])
    if "bank" in rule.offices:
        places |= Q(application__bank=organisation)
    if "city" in rule.offices and organisation.kind == OrganisationKind.FEDERATION:
        places |= Q(application__applicant__village__code__startswith=organisation.region.prefix)
    return places


class Matter(Machine):
    """One thing that she put to an office beside her application, in her own words, and what it answered."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="matters")
    kind = models.CharField(_("事项"), max_length=20, choices=MatterKind)
    state = FSMField(_("状态"), max_length=10, choices=MatterState, default=MatterState.OPEN, protected=True)
    # The version of the case when she said it: an appeal is against the refusal that made this version.
    about_version = models.PositiveIntegerField()
    words = models.CharField(_("她的话"), max_length=500)
    wanted_on = models.DateField(_("想要哪天"), null=True)
    # She herself, or whoever took it down at the phone.
    said_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    said_at = models.DateTimeField()
    guarantor_agrees = models.BooleanField(_("担保公司同意"), null=True)
    guarantor_words = models.CharField(_("担保公司的话"), max_length=500, blank=True)
    answer = models.CharField(_("答复"), max_length=500, blank=True)

    objects = MatterQuerySet.as_manager()
    locked_with = (
        "application__applicant__village__parent__parent",
        "application__policy",
        "application__bank",
        "application__guarantor",
    )

    class Meta:
        verbose_name = _("诉求")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_appeal_against_each_refusal",
                fields=["application", "about_version"],
                condition=Q(kind="appeal"),
            ),
            models.UniqueConstraint(
                name="one_open_matter_of_a_kind",
                fields=["application", "kind"],
                condition=Q(state__in=["OPEN", "SECONDED"]),
            ),
            models.CheckConstraint(
                name="a_request_about_the_loan_names_its_day",
                condition=~Q(kind__in=["early_repayment", "extension"]) | Q(wanted_on__isnull=False),
            ),
            models.CheckConstraint(
                name="an_extension_is_granted_with_the_guarantors_yes",
                condition=~Q(kind="extension", state="GRANTED")
                | Q(guarantor_agrees__isnull=False, guarantor_agrees=True),
            ),
            models.CheckConstraint(name="a_matter_is_told_in_words", condition=~Q(words="")),
            models.CheckConstraint(
                name="what_is_settled_has_an_answer", condition=Q(state__in=["OPEN", "SECONDED"]) | ~Q(answer="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application.number} {self.kind}"

    @transition(state, source=MatterState.OPEN, target=MatterState.SECONDED, permission="second_extension")
    def second(self, *, agrees: bool, words: str) -> None:
        """The guarantor says whether it goes on guaranteeing through the extension."""
        self.guarantor_agrees, self.guarantor_words = agrees, words

    @transition(state, source=list(UNSETTLED), target=MatterState.GRANTED, permission="answer_her")
    def grant(self, *, answer: str) -> None:
        """The office does what she asks."""
        self.answer = answer

    @transition(state, source=list(UNSETTLED), target=MatterState.REFUSED, permission="answer_her")
    def refuse(self, *, answer: str) -> None:
        """The office doesn't, and says why in words that she can read."""
        self.answer = answer

    @transition(state, source=MatterState.OPEN, target=MatterState.ANSWERED, permission="answer_her")
    def reply(self, *, answer: str) -> None:
        """The office has looked into it, and says what it found and did."""
        self.answer = answer

    @property
    def places(self) -> list[Organisation | Region]:
        """Where somebody may stand to answer, the first of them first."""
        by_name: dict[str, Organisation | Region] = {"city": self.application.city, "bank": self.application.bank}
        return [by_name[office] for office in RULES[self.kind].offices]

    def authority_of(self, user: User, permission: str) -> Authority | None:
        if permission == "second_extension":
            is_one = self.kind == MatterKind.EXTENSION
            guarantor = acting_membership(user, permission, self.application.guarantor) if is_one else None
            return Authority(guarantor) if guarantor else None
        asked = (permission, RULES[self.kind].permission)
        for place in self.places:
            memberships = [acting_membership(user, one, place) for one in asked]
            if all(memberships):
                return Authority(memberships[-1])
        return None

    def check_separation(self, move: str, *, by: User) -> None:
        if RULES[self.kind].is_apart:
            separation.check_apart(self.application, through=self.about_version, by=by)


class MatterTransition(Transition):
    """One move of one matter."""

    subject: Any = models.ForeignKey(Matter, models.PROTECT, related_name="log")

    class Meta(Transition.Meta):
        verbose_name = _("诉求动作")
