"""What this person can do with this case now; what keeps her from one of them is said before she begins."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone

from accounts.models import User
from applicants.models import Disclosure
from loans.models import PayoutInstruction
from records import engine
from records.models import Decision
from records.refusals import Refusal, SamePerson
from workflows import matters, signing_appointments, visit_appointments
from workflows.early_opinions import RECORDED_IN
from workflows.models import Application, GuaranteeProposal
from workflows.models.early_opinion import OpinionKind
from workflows.partners import INVITED_IN
from workflows.separation import NOT_CHECKED
from workflows.states import State
from workflows.web.case.seconds import instruction_of, open_proposal_of
from workflows.web.moves import appointing, guaranteeing, intake, interrupting, judging, lending, visiting
from workflows.web.moves.acts import Act
from workflows.who_can import in_words, who_can

# On first, then around, then back, then no.
ORDER = (
    "accept",
    "record_survey",
    "book_visit",
    "cancel_visit",
    "recommend",
    "end_publicity",
    "guarantee",
    "check_guarantee",
    "approve_loan",
    "sign",
    "book_signing",
    "record_no_show",
    "instruct_payout",
    "release_payout",
    "disburse",
    "payout_failed",
    "call_up",
    "unfreeze",
    "appeal",
    "request_supplement",
    "send_back",
    "return_for_rework",
    "waitlist",
    "invite_partners",
    "record_preliminary",
    "record_credit",
    "decline",
    "refuse_guarantee",
    "refuse_loan",
    "freeze",
)
_ROOMS = (intake, visiting, judging, guaranteeing, lending, appointing, interrupting)
_BY_NAME = {act.name: act for room in _ROOMS for act in room.ACTS}
ACTS: dict[str, Act] = {name: _BY_NAME[name] for name in ORDER}

# Separation asks of these more than it asks of all.
_ASKED_APART = ("recommend",)


@dataclass(frozen=True)
class Offer:
    """One act that is open now; `blocked` says why this person can't do it, where she can't."""

    act: Act
    blocked: str = ""
    who_can: str = ""  # instead of her, where she is kept from it


def offers(application: Application, *, by: User) -> list[Offer]:
    """The acts that are open to her, in their order."""
    desk = _Desk(application, by)
    names = {*desk.moves(), *desk.early_acts()}
    return [Offer(act, *desk.blocked(name)) for name, act in ACTS.items() if name in names]


@dataclass(frozen=True)
class _Desk:
    """One case before one person; what has to be looked up is looked up once."""

    application: Application
    by: User

    def moves(self) -> Iterator[str]:
        """The moves of the machine, where an act takes two people the half of it that is due."""
        for name in engine.open_moves(self.application, by=self.by):
            if name == "guarantee":
                yield "check_guarantee" if self._proposal else name
            elif name in ("disburse", "payout_failed"):
                yield from self._payout(name)
            else:
                yield name

    def early_acts(self) -> Iterator[str]:
        """What partners may record ahead of their stage, and the invitation to do so."""
        state = self.application.state
        if state in RECORDED_IN[OpinionKind.GUARANTEE] and state != State.GUARANTEE and self._may("guarantee"):
            yield "record_preliminary"
        if state in RECORDED_IN[OpinionKind.CREDIT] and state != State.DISBURSEMENT and self._may("approve_loan"):
            yield "record_credit"
        if state in INVITED_IN and state != State.GUARANTEE and self._may("accept") and not self._bank_knows():
            yield "invite_partners"
        if state == State.SURVEY and self._may("record_survey"):
            yield from self._visit()
        if state == State.SIGNING and self._may("sign"):
            yield from self._appointment()
        if self._may_take_down_an_appeal():
            yield "appeal"

    def _visit(self) -> Iterator[str]:
        """A day to come can always be agreed on; only what was agreed on can be cancelled."""
        yield "book_visit"
        if visit_appointments.standing(self.application) is not None:
            yield "cancel_visit"

    def _appointment(self) -> Iterator[str]:
        """A time to come can always be agreed on; nobody has missed one whose hour hasn't come."""
        yield "book_signing"
        booked = signing_appointments.standing(self.application)
        if booked is not None and booked.starts_at <= timezone.now():
            yield "record_no_show"

    def blocked(self, name: str) -> tuple[str, str]:
        """What keeps her from it, and who can do it instead; nothing of both where she can."""
        refusal = self._refusal(name)
        if refusal is None:
            return "", ""
        return str(refusal), self._instead(refusal, name)

    def _refusal(self, name: str) -> Refusal | None:
        if name in NOT_CHECKED:
            return None
        if self._always is not None:
            return self._always
        if name in _ASKED_APART:
            return self._refusal_of(name)
        if name == "check_guarantee" and self._proposal:
            return self._own(self._proposal.decision)
        if name == "release_payout" and self._instruction:
            return self._own(self._instruction.decision)
        return None

    def _instead(self, refusal: Refusal, name: str) -> str:
        """Where everything is closed to her, it is said once, of the first thing that is to be done."""
        if refusal is self._always and self._said:
            return ""
        self._said.append(name)
        return in_words(refusal, who_can(self.application, name, besides=self.by))

    def _own(self, decision: Decision) -> Refusal | None:
        """Whoever proposed doesn't decide."""
        return SamePerson() if decision.proposed_by_id == self.by.pk else None

    def _payout(self, name: str) -> Iterator[str]:
        """Written by one, released by another; only then is there a payment to record."""
        if self._instruction is not None and self._instruction.released_at is not None:
            yield name
        elif self.application.state == State.PAYOUT:
            yield "release_payout" if self._instruction is not None else "instruct_payout"

    def _may(self, permission: str) -> bool:
        return self.application.authority_of(self.by, permission) is not None

    def _may_take_down_an_appeal(self) -> bool:
        case = self.application
        return case.state == State.DECLINED and self._may("say") and matters.may_appeal(case, on=timezone.localdate())

    def _bank_knows(self) -> bool:
        application = self.application
        return Disclosure.objects.filter(case_number=application.number, organisation=application.bank).exists()

    def _refusal_of(self, move: str) -> Refusal | None:
        try:
            self.application.check_separation(move, by=self.by)
        except Refusal as refusal:
            return refusal
        return None

    @cached_property
    def _always(self) -> Refusal | None:
        """What keeps her from every move of this case."""
        return self._refusal_of("accept")

    @cached_property
    def _said(self) -> list[str]:
        return []

    @cached_property
    def _proposal(self) -> GuaranteeProposal | None:
        return open_proposal_of(self.application)

    @cached_property
    def _instruction(self) -> PayoutInstruction | None:
        return instruction_of(self.application)
