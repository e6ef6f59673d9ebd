"""The application and its machine: every state it waits in, every move that takes it on."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import RETURN_VALUE, FSMField, transition

from accounts.models import Organisation, Region, User
from applicants.models import Applicant
from loans.models import Guarantee, Loan, Policy, Programme
from loans.models.loan import Method
from records.models import Machine, Transition
from records.models.machine import Authority
from workflows import separation, sight
from workflows.states import BINDING, EXPIRING, FREEZABLE, HERS_ALONE, SUPPLEMENTED, State


class Source(models.TextChoices):
    SELF = "self", _("本人")
    HELPER = "helper", _("代办")


class CameBy(models.TextChoices):
    """By what way she came to the office; who fills in is another thing (Source)."""

    SELF = "self", _("本人")
    HELPER = "helper", _("代办")
    SURVEY = "survey", _("摸底")
    LETTER = "letter", _("来信来访")
    HOTLINE = "hotline", _("热线")
    COUNTER = "counter", _("柜台")


# Frozen before she has handed it in, a case binds her as little as it did before.
BINDS_NOW = Q(state__in=[str(state) for state in BINDING]) & ~Q(
    state=str(State.FROZEN), frozen_from__in=[str(state) for state in HERS_ALONE]
)


def _is_being_paid(application: Any) -> bool:
    return State.PAYOUT in (application.state, application.frozen_from)


class ApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, user: User | AnonymousUser) -> "ApplicationQuerySet":
        """The cases that a user may know of; everybody else's don't exist for her."""
        return self.filter(sight.of_cases(user))

    def with_places(self) -> "ApplicationQuerySet":
        """With what authority, clock and pages always ask for."""
        return self.select_related("applicant__village__parent__parent", "policy", "guarantor", "bank", "programme")


class Application(Machine):
    """One woman's request for one loan, from the first answer to the money, or to the reason why not."""

    number = models.CharField(_("申请编号"), max_length=20, unique=True)
    state = FSMField(_("环节"), max_length=20, choices=State, default=State.DRAFT, protected=True)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="applications")
    policy = models.ForeignKey(Policy, models.PROTECT, related_name="applications")
    applicant = models.ForeignKey(Applicant, models.PROTECT, related_name="applications")
    guarantor = models.ForeignKey(Organisation, models.PROTECT, related_name="guaranteed_applications")
    bank = models.ForeignKey(Organisation, models.PROTECT, related_name="lent_applications")
    source = models.CharField(_("来源"), max_length=8, choices=Source, default=Source.SELF)
    came_by = models.CharField(_("从哪里来"), max_length=8, choices=CameBy, default=CameBy.SELF)
    filled_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    # The blind index of her ID number, set by `submit`; it binds her in the states of BINDING only.
    person_index = models.CharField(max_length=64, blank=True, editable=False)

    amount_fen = models.PositiveBigIntegerField(_("申请金额（分）"), null=True)
    term_months = models.PositiveSmallIntegerField(_("期限（月）"), null=True)
    method = models.CharField(_("还款方式"), max_length=20, choices=Method, blank=True)
    use_rows = models.JSONField(_("用途"), default=list)  # [{"use": text, "amount_fen": int}], 1 to 6

    resume_state = models.CharField(max_length=20, choices=State, blank=True)
    frozen_from = models.CharField(max_length=20, choices=State, blank=True)
    guarantee_given = models.OneToOneField(Guarantee, models.PROTECT, null=True, related_name="application")
    loan = models.OneToOneField(Loan, models.PROTECT, null=True, related_name="application")

    created_at = models.DateTimeField()
    declared_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    promise_started_on = models.DateField(_("起算日"), null=True)
    ended_on = models.DateField(_("办结日"), null=True)
    # Caches for sorting; workflows.deadlines computes them and `verify` compares.
    due_on = models.DateField(_("承诺到期日"), null=True)
    stage_due_on = models.DateField(_("环节到期日"), null=True)

    objects = ApplicationQuerySet.as_manager()
    locked_with = ("applicant__village__parent__parent", "policy")

    class Meta:
        verbose_name = _("申请")
        constraints = [
            models.UniqueConstraint(
                name="one_live_application_for_each_person_and_programme",
                fields=["programme", "person_index"],
                condition=BINDS_NOW & ~Q(person_index=""),
            ),
            models.CheckConstraint(
                name="whoever_is_helped_came_by_another_way_than_alone",
                condition=~Q(source="helper", came_by="self") & Q(came_by__in=[str(way) for way in CameBy]),
            ),
            models.CheckConstraint(
                name="a_submitted_application_says_how_much_and_for_whom",
                condition=Q(state__in=["DRAFT", "AWAITING_CONSENT", "WITHDRAWN", "EXPIRED", "FROZEN"])
                | (
                    Q(amount_fen__isnull=False, term_months__isnull=False, submitted_at__isnull=False)
                    & ~Q(person_index="")
                ),
            ),
            models.CheckConstraint(
                name="a_supplement_remembers_where_it_was_asked",
                condition=~Q(state="SUPPLEMENT") | Q(resume_state__in=[str(state) for state in SUPPLEMENTED]),
            ),
            models.CheckConstraint(
                name="a_frozen_case_remembers_where_it_was",
                condition=~Q(state="FROZEN") | Q(frozen_from__in=[str(state) for state in FREEZABLE]),
            ),
            models.CheckConstraint(
                name="a_paid_application_has_its_loan",
                condition=~Q(state__in=["SIGNING", "TERMS_OFFERED", "PAYOUT", "DISBURSED"]) | Q(loan__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_on"]),
            models.Index(fields=["-created_at", "-id"]),
        ]

    def __str__(self) -> str:
        return self.number

    # Before acceptance

    @transition(state, source=State.DRAFT, target=State.SUBMITTED, permission="submit")
    def submit(self, *, person_index: str, submitted_at: datetime) -> None:
        """She hands the application in."""
        self.person_index, self.submitted_at, self.declared_at = person_index, submitted_at, submitted_at

    @transition(state, source=State.DRAFT, target=State.AWAITING_CONSENT, permission="request_consent")
    def request_consent(self) -> None:
        """The helper has filled it in and asks for her own yes."""

    @transition(state, source=State.AWAITING_CONSENT, target=State.SUBMITTED, permission="confirm")
    def confirm(self, *, person_index: str, submitted_at: datetime) -> None:
        """She herself says yes; only then is it handed in."""
        self.person_index, self.submitted_at, self.declared_at = person_index, submitted_at, submitted_at

    @transition(state, source=[State.SUBMITTED, State.AWAITING_CONSENT], target=State.DRAFT, permission="send_back")
    def send_back(self) -> None:
        """Something is missing or wrong: back to the form, with the whole list, once."""

    @transition(state, source=State.SUBMITTED, target=State.WAITLISTED, permission="waitlist")
    def waitlist(self) -> None:
        """The pool has no room: she keeps her place in the line."""

    @transition(state, source=State.WAITLISTED, target=State.SUBMITTED, permission="call_up")
    def call_up(self) -> None:
        """There is room again."""

    @transition(state, source=State.SUBMITTED, target=State.SURVEY, permission="accept")
    def accept(self) -> None:
        """The papers are complete: accepted, and by the usual policy the seven days begin."""

    # The federation's part

    @transition(state, source=State.SURVEY, target=State.ELIGIBILITY, permission="record_survey")
    def record_survey(self) -> None:
        """The visitors were there and wrote down what they saw."""

    @transition(
        state,
        source=State.ELIGIBILITY,
        target=RETURN_VALUE(State.PUBLICITY, State.GUARANTEE, State.DISBURSEMENT),
        permission="recommend",
    )
    def recommend(self) -> State:
        """The city recommends her. It neither guarantees nor lends. A stage that the policy hasn't is passed over."""
        if self.policy.publicity_days:
            return State.PUBLICITY
        return State.GUARANTEE if self.policy.has_guarantor_stage else State.DISBURSEMENT

    @transition(
        state,
        source=State.PUBLICITY,
        target=RETURN_VALUE(State.GUARANTEE, State.DISBURSEMENT),
        permission="end_publicity",
    )
    def end_publicity(self) -> State:
        """The days of notice are over and nobody objected."""
        return State.GUARANTEE if self.policy.has_guarantor_stage else State.DISBURSEMENT

    @transition(
        state,
        source=[State.SUBMITTED, State.SURVEY, State.ELIGIBILITY],
        target=State.DECLINED,
        permission="decline",
    )
    def decline(self) -> None:
        """The federation says no, with one to four reasons that she can read."""

    @transition(state, source=State.DECLINED, target=State.ELIGIBILITY, permission="overturn")
    def overturn(self, *, person_index: str) -> None:
        """A city leader who had no part in it finds for her; the promise starts afresh."""
        self.person_index, self.ended_on = person_index, None

    # The partners' part

    @transition(state, source=State.GUARANTEE, target=State.DISBURSEMENT, permission="guarantee")
    def guarantee(self, *, guarantee_given: Guarantee) -> None:
        """The guarantor promises; the pool's money is reserved."""
        self.guarantee_given = guarantee_given

    @transition(state, source=State.GUARANTEE, target=State.DECLINED, permission="refuse_guarantee")
    def refuse_guarantee(self) -> None:
        """The guarantor says no."""

    @transition(
        state,
        source=State.DISBURSEMENT,
        target=RETURN_VALUE(State.SIGNING, State.TERMS_OFFERED),
        permission="approve_loan",
    )
    def approve_loan(self, *, loan: Loan) -> State:
        """The bank approves; terms that differ from what she asked for are hers to accept first."""
        self.loan = loan
        return State.SIGNING if self.is_as_asked(loan) else State.TERMS_OFFERED

    @transition(state, source=State.DISBURSEMENT, target=State.DECLINED, permission="refuse_loan")
    def refuse_loan(self) -> None:
        """The bank says no."""

    @transition(state, source=State.TERMS_OFFERED, target=State.SIGNING, permission="accept_terms")
    def accept_terms(self) -> None:
        """She accepts the changed terms."""

    @transition(state, source=State.TERMS_OFFERED, target=State.WITHDRAWN, permission="decline_terms")
    def decline_terms(self) -> None:
        """She doesn't want the loan on these terms."""

    @transition(state, source=State.SIGNING, target=State.PAYOUT, permission="sign")
    def sign(self) -> None:
        """She has signed the contract."""

    @transition(
        state,
        source=[State.PAYOUT, State.FROZEN],
        target=State.DISBURSED,
        conditions=[_is_being_paid],
        permission="disburse",
    )
    def disburse(self) -> None:
        """The money is in her account. A payment that was on its way when the case was frozen wins."""

    @transition(state, source=State.PAYOUT, target=State.SIGNING, permission="payout_failed")
    def payout_failed(self) -> None:
        """The bank couldn't pay: the account is closed, or its number is wrong."""

    # Waiting, going back, stopping

    @transition(state, source=list(SUPPLEMENTED), target=State.SUPPLEMENT, permission="request_supplement")
    def request_supplement(self) -> None:
        """Everything that is missing is asked for, once a stage; the clock stops."""
        self.resume_state = self.state

    @transition(state, source=State.SUPPLEMENT, target=RETURN_VALUE(*SUPPLEMENTED), permission="supply")
    def supply(self) -> str:
        """She has handed in what was missing; the case goes on where it stopped."""
        return self.resume_state

    @transition(state, source=State.DISBURSEMENT, target=State.GUARANTEE, permission="return_for_rework")
    @transition(state, source=State.GUARANTEE, target=State.ELIGIBILITY, permission="return_for_rework")
    @transition(state, source=State.ELIGIBILITY, target=State.SURVEY, permission="return_for_rework")
    def return_for_rework(self) -> None:
        """Back to the office before, with reasons; the clock runs on, the days are that office's."""

    @transition(state, source=list(FREEZABLE), target=State.WITHDRAWN, permission="withdraw")
    def withdraw(self) -> None:
        """She doesn't want it any more."""

    @transition(state, source=list(FREEZABLE), target=State.FROZEN, permission="freeze")
    def freeze(self) -> None:
        """「不是我办的」: nobody may take it on until the city has looked."""
        self.frozen_from = self.state

    @transition(state, source=State.FROZEN, target=RETURN_VALUE(*FREEZABLE), permission="unfreeze")
    def unfreeze(self) -> str:
        """The city has looked: it goes on where it was."""
        return self.frozen_from

    @transition(state, source=list(EXPIRING), target=State.EXPIRED, permission="expire")
    def expire(self) -> None:
        """Nobody did what was waited for within the policy's time."""

    # What holds of it

    def is_as_asked(self, loan: Loan) -> bool:
        """Whether the bank lends what she asked for, at no more than the rate that she was quoted."""
        asked = (self.amount_fen, self.term_months, self.method)
        is_same = (loan.amount_fen, loan.term_months, loan.method) == asked
        return is_same and loan.annual_rate_ppm <= self.policy.annual_rate_ppm

    # Who stands where

    @property
    def town(self) -> Region:
        """Hers; the city, while she hasn't said in which village she lives."""
        village = self.applicant.village
        return village.parent if village and village.parent else self.city

    @property
    def city(self) -> Region:
        """Hers; that of the bank, while she hasn't said in which village she lives."""
        place = self.applicant.village or self.bank.region
        while place.parent is not None:
            place = place.parent
        return place

    def authority_of(self, user: User, permission: str) -> Authority | None:
        return sight.authority_over(self, user, permission)

    def check_separation(self, move: str, *, by: User) -> None:
        separation.check(self, move, by=by)


class ApplicationTransition(Transition):
    """One move of one application."""

    subject = models.ForeignKey(Application, models.PROTECT, related_name="log")

    class Meta(Transition.Meta):
        verbose_name = _("申请动作")
