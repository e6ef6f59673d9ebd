from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from applicants.models.applicant import Applicant
from applicants.models.document import Document
from applicants.models.party import PartyRole


class PartyChannel(models.TextChoices):
    LINK = "link", _("自己手机上点的")
    PAPER = "paper", _("纸上签的")


class PartyConsentQuerySet(models.QuerySet["PartyConsent"]):
    def live(self) -> "PartyConsentQuerySet":
        return self.filter(withdrawn_at__isnull=True)


class PartyConsent(models.Model):
    """Somebody's own yes to being named in her application, with the text that they read and the sum they answer for.

    It belongs to the person (by the blind index of the ID number), not to the row that names them: another number is
    another person, who hasn't agreed yet.
    """

    applicant = models.ForeignKey(Applicant, models.PROTECT, related_name="party_consents")
    role = models.CharField(max_length=10, choices=PartyRole)
    person_index = models.CharField(max_length=64)
    text_version = models.CharField(_("文本版本"), max_length=20)
    text_sha256 = models.CharField(max_length=64)
    # What was on the page when they said yes; null for a spouse, who doesn't answer for the loan.
    amount_fen = models.PositiveBigIntegerField(_("答应的金额（分）"), null=True)
    channel = models.CharField(_("方式"), max_length=10, choices=PartyChannel)
    paper = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects = PartyConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("别人的同意书")
        constraints = [
            models.UniqueConstraint(
                name="one_live_consent_of_each_party",
                fields=["applicant", "role", "person_index"],
                condition=Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="a_consent_on_paper_shows_the_paper",
                condition=Q(channel="link", paper__isnull=True, recorded_by__isnull=True)
                | Q(channel="paper", paper__isnull=False, recorded_by__isnull=False),
            ),
            models.CheckConstraint(
                name="who_answers_for_a_loan_agrees_to_a_sum",
                condition=Q(role="spouse", amount_fen__isnull=True)
                | (~Q(role="spouse") & Q(amount_fen__isnull=False, amount_fen__gt=0)),
            ),
        ]


class PartyLink(models.Model):
    """One link to somebody's own phone, good for one answer: yes, something is wrong, or 「不是我」."""

    applicant = models.ForeignKey(Applicant, models.PROTECT, related_name="party_links")
    role = models.CharField(max_length=10, choices=PartyRole)
    person_index = models.CharField(max_length=64)
    # SHA-256 of the token in the link: a stolen table opens nothing.
    token_sha256 = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_party_answers_yes_change_or_not_me",
                condition=Q(answer="", answered_at__isnull=True)
                | Q(answer__in=["yes", "change", "not_me"], answered_at__isnull=False),
            )
        ]
