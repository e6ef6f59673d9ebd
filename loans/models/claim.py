from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from accounts.models import User
from accounts.permissions import acting_membership, live_memberships
from loans.models.pool import GuaranteePool
from records.models import Decision, IssuedPaper, Machine, Transition
from records.models.machine import Authority
from records.refusals import SamePerson


class ClaimState(models.TextChoices):
    DRAFT = "DRAFT", _("农信在填")
    SUBMITTED = "SUBMITTED", _("等担保公司意见")
    OPINED = "OPINED", _("等财政审核")
    RETURNED = "RETURNED", _("退回农信")
    REVIEWED = "REVIEWED", _("等拨付")
    PAID = "PAID", _("已拨付")


# The bank may still change what it asks for.
WITH_THE_BANK = (ClaimState.DRAFT, ClaimState.RETURNED)


class AdvancedBy(models.TextChoices):
    """Who paid before the treasury's own money came."""

    NOBODY = "nobody", _("没有垫付")
    CITY = "city", _("市财政垫付")
    FUND = "fund", _("担保基金垫付")
    BANK = "bank", _("农信垫付")


class ClaimQuerySet(models.QuerySet["SubsidyClaim"]):
    def visible_to(self, user: User | AnonymousUser) -> "ClaimQuerySet":
        """Those of her office; partners see one once the bank has handed it in."""
        seen = Q(pk__in=[])
        if not isinstance(user, User) or not user.is_active:
            return self.filter(seen)
        if user.acts_for is not None:
            return self.filter(pool__bank=user.acts_for)
        for one in live_memberships(user):
            if one.grants("view_claims"):
                office = one.organisation
                handed_in = (Q(pool__guarantor=office) | Q(pool__finance=office)) & ~Q(state=ClaimState.DRAFT)
                seen |= Q(pool__bank=office) | handed_in
        return self.filter(seen)


class SubsidyClaim(Machine):
    """What the bank asks the treasury for one quarter's interest of one programme's loans, and what became of it."""

    number = models.CharField(_("申报编号"), max_length=20, unique=True)
    state = FSMField(_("状态"), max_length=10, choices=ClaimState, default=ClaimState.DRAFT, protected=True)
    pool = models.ForeignKey(GuaranteePool, models.PROTECT, related_name="claims")
    from_on = models.DateField(_("从"))
    # The day after the interest date; not in the quarter any more.
    to_on = models.DateField(_("到"))
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    # Loans are computed in the order of their ids: so far it has come, and when it was through.
    computed_through = models.PositiveBigIntegerField(default=0)
    computed_at = models.DateTimeField(null=True)
    guarantor_agrees = models.BooleanField(_("担保公司同意"), null=True)
    guarantor_words = models.CharField(_("担保公司的意见"), max_length=500, blank=True)
    decision = models.OneToOneField(Decision, models.PROTECT, null=True, related_name="subsidy_claim")
    payment_order = models.OneToOneField(IssuedPaper, models.PROTECT, null=True, related_name="subsidy_claim")
    paid_on = models.DateField(_("拨付日期"), null=True)
    voucher_no = models.CharField(_("凭证号"), max_length=40, blank=True)
    advanced_by = models.CharField(_("谁先垫付"), max_length=8, choices=AdvancedBy, default=AdvancedBy.NOBODY)

    objects = ClaimQuerySet.as_manager()
    locked_with = ("pool__bank", "pool__guarantor", "pool__finance", "pool__programme", "decision")

    class Meta:
        verbose_name = _("贴息申报")
        ordering = ["-from_on", "pk"]
        constraints = [
            models.UniqueConstraint(name="a_quarter_is_claimed_once", fields=["pool", "from_on"]),
            models.CheckConstraint(name="a_claim_is_for_some_days", condition=Q(to_on__gt=F("from_on"))),
            models.CheckConstraint(
                name="a_paid_claim_names_its_payment",
                condition=~Q(state="PAID") | (Q(paid_on__isnull=False) & ~Q(voucher_no="")),
            ),
            models.CheckConstraint(
                name="a_claim_with_the_treasury_has_an_opinion",
                condition=~Q(state__in=["OPINED", "REVIEWED", "PAID"]) | Q(guarantor_agrees__isnull=False),
            ),
            models.CheckConstraint(
                name="a_reviewed_claim_was_decided_by_two",
                condition=~Q(state__in=["REVIEWED", "PAID"]) | Q(decision__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @transition(state, source=list(WITH_THE_BANK), target=ClaimState.SUBMITTED, permission="submit_claim")
    def submit(self) -> None:
        """A second officer of the bank hands it in."""

    @transition(state, source=ClaimState.SUBMITTED, target=ClaimState.OPINED, permission="opine_on_claim")
    def opine(self, *, agrees: bool, words: str) -> None:
        """The guarantor says whether these are its loans and days."""
        self.guarantor_agrees, self.guarantor_words = agrees, words

    @transition(state, source=ClaimState.OPINED, target=ClaimState.REVIEWED, permission="check_claim")
    def review(self) -> None:
        """Two officers of the treasury agree on what is paid."""

    @transition(
        state, source=[ClaimState.SUBMITTED, ClaimState.OPINED], target=ClaimState.RETURNED, permission="check_claim"
    )
    def send_back(self) -> None:
        """The bank has to mend something first."""

    @transition(state, source=ClaimState.REVIEWED, target=ClaimState.PAID, permission="pay_claim")
    def pay(self, *, paid_on: Any, voucher_no: str, advanced_by: str) -> None:
        """The treasury's money went to the bank."""
        self.paid_on, self.voucher_no, self.advanced_by = paid_on, voucher_no, advanced_by

    def authority_of(self, user: User, permission: str) -> Authority | None:
        places = {"submit_claim": self.pool.bank, "opine_on_claim": self.pool.guarantor}
        membership = acting_membership(user, permission, places.get(permission, self.pool.finance))
        return Authority(membership) if membership else None

    def check_separation(self, move: str, *, by: User) -> None:
        """Whoever made the claim doesn't hand it in, and whoever proposed the review doesn't agree to it."""
        if move == "submit" and self.made_by_id == by.pk:
            raise SamePerson


class ClaimTransition(Transition):
    """One move of one claim."""

    subject: Any = models.ForeignKey(SubsidyClaim, models.PROTECT, related_name="log")

    class Meta(Transition.Meta):
        verbose_name = _("贴息申报动作")
