"""Stage 4: the guarantor promises the pool's money for her, or says why not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from loans import guarantees
from loans.guarantees import CounterGuaranteeGiven as CounterGuaranteeGiven
from loans.models import Guarantee
from loans.models.guarantee import CounterGuaranteeKind
from records import decisions, engine
from records.models import Decision
from records.models.decision import Outcome
from records.refusals import FieldError, Invalid, NotPermitted
from workflows import casework, early_opinions, partners
from workflows.models import Application, EarlyOpinion, GuaranteeProposal
from workflows.models.early_opinion import OpinionKind, OpinionOutcome
from workflows.reasons import Reason as Reason
from workflows.refusals import ProposalOpen, SecondPersonNeeded
from workflows.refusing import refuse
from workflows.wording import money

TEXT_LONGEST = 200
NUMBER_LONGEST = 40


@dataclass(frozen=True)
class GuaranteeTerms:
    """What the guarantor promises, under which letter, and what secures it."""

    amount_fen: int
    letter_no: str
    opinion: str
    counter_guarantees: tuple[CounterGuaranteeGiven, ...]


@transaction.atomic
def record_preliminary(
    application: Application, *, outcome: OpinionOutcome | str, note: str, by: User, at: datetime
) -> EarlyOpinion:
    """The guarantor's opinion ahead of its stage. Raises MoveNotOpen, NotPermitted, Invalid."""
    return early_opinions.record(application, OpinionKind.GUARANTEE, outcome=outcome, note=note, by=by, at=at)


@transaction.atomic
def guarantee(
    application: Application, *, terms: GuaranteeTerms, by: User, at: datetime, version: int | None
) -> Application:
    """Promise so much of the pool for her and hand the case to the bank.

    Raises Invalid, SecondPersonNeeded from the policy's limit on, PoolExhausted, PoolOverLimit, LetterNumberUsed,
    NoLiveConsent.
    """
    case = casework.begin(application, Application.guarantee, by=by, version=version)
    _check(terms, case)
    if _takes_two(terms, case):
        raise SecondPersonNeeded
    return _promise(case, terms, decision=None, by=by, at=at)


@transaction.atomic
def propose(application: Application, *, terms: GuaranteeTerms, by: User, at: datetime) -> GuaranteeProposal:
    """Put a large guarantee forward; another officer decides. Raises Invalid, ProposalOpen."""
    case = casework.begin(application, Application.guarantee, by=by, version=None)
    _check(terms, case)
    if case.guarantee_proposals.filter(is_open=True).exists():
        raise ProposalOpen
    summary = f"{case.number} {terms.letter_no} {money(terms.amount_fen)}"
    return GuaranteeProposal.objects.create(
        application=case,
        amount_fen=terms.amount_fen,
        letter_no=terms.letter_no.strip(),
        opinion=terms.opinion.strip(),
        counter_guarantees=[
            {"kind": str(given.kind), "description": given.description.strip()} for given in terms.counter_guarantees
        ],
        decision=decisions.propose("guarantee", summary=summary, by=by, at=at),
    )


@transaction.atomic
def decide(
    proposal: GuaranteeProposal, *, outcome: Outcome, by: User, at: datetime, version: int | None
) -> Application:
    """The second officer's word: promise what was put forward, or leave the case where it is.

    Raises SamePerson, MoveNotOpen, and what `guarantee` raises.
    """
    case = casework.begin(proposal.application, Application.guarantee, by=by, version=version)
    if case.authority_of(by, "check_guarantee") is None:
        raise NotPermitted
    decision = decisions.decide(proposal.decision, outcome=outcome, by=by, at=at)
    GuaranteeProposal.objects.filter(pk=proposal.pk).update(is_open=False)
    if outcome != Outcome.APPROVED:
        return engine.lock(case)
    return _promise(case, _terms_of(proposal), decision=decision, by=by, at=at)


@transaction.atomic
def refuse_guarantee(
    application: Application, *, reasons: Sequence[Reason], by: User, at: datetime, version: int | None
) -> Application:
    """The guarantor says no, in words that she can use. Raises Invalid."""
    case = casework.begin(application, Application.refuse_guarantee, by=by, version=version)
    return refuse(case, Application.refuse_guarantee, reasons=reasons, by=by, at=at)


def _promise(
    case: Application, terms: GuaranteeTerms, *, decision: Decision | None, by: User, at: datetime
) -> Application:
    partners.disclose_to(case, case.bank, by=by, at=at)
    reserved: Guarantee = guarantees.reserve(
        case.programme.pool,
        applicant=case.applicant,
        case_number=case.number,
        amount_fen=terms.amount_fen,
        letter_no=terms.letter_no.strip(),
        counter_guarantees=terms.counter_guarantees,
        decision=decision,
        by=by,
        at=at,
    )
    return casework.advance(
        case,
        Application.guarantee,
        by=by,
        at=at,
        version=None,
        reason=terms.opinion.strip(),
        guarantee_given=reserved,
    )


def _takes_two(terms: GuaranteeTerms, case: Application) -> bool:
    return terms.amount_fen >= case.policy.two_person_guarantee_from_fen


def _terms_of(proposal: GuaranteeProposal) -> GuaranteeTerms:
    return GuaranteeTerms(
        amount_fen=proposal.amount_fen,
        letter_no=proposal.letter_no,
        opinion=proposal.opinion,
        counter_guarantees=tuple(
            CounterGuaranteeGiven(CounterGuaranteeKind(given["kind"]), given["description"])
            for given in proposal.counter_guarantees
        ),
    )


def _check(terms: GuaranteeTerms, case: Application) -> None:
    errors = list(_errors_of(terms, case))
    if errors:
        raise Invalid(*errors)


def _errors_of(terms: GuaranteeTerms, case: Application) -> Iterator[FieldError]:
    asked_fen = case.amount_fen or 0
    if not 0 < terms.amount_fen <= asked_fen:
        message = _("担保金额要大于 0，不超过申请的 %(most)s") % {"most": money(asked_fen)}
        yield FieldError("cover", "amount_out_of_range", message, limits={"max": asked_fen // 100})
    if not 1 <= len(terms.letter_no.strip()) <= NUMBER_LONGEST:
        yield FieldError("guarantee_no", "letter_no_missing", _("写上担保函号"))
    if len(terms.opinion.strip()) > TEXT_LONGEST:
        yield FieldError("opinion", "opinion_too_long", _("意见最多 200 个字"))
    if terms.amount_fen >= case.policy.counter_guarantee_from_fen and not terms.counter_guarantees:
        yield FieldError("counter_guarantees", "counter_guarantee_missing", _("写上反担保；免反担保的写明理由"))
    for position, given in enumerate(terms.counter_guarantees):
        if given.kind not in CounterGuaranteeKind.values:
            yield FieldError(f"counter_guarantees.{position}.kind", "unknown_kind", _("选一种反担保"))
        if not 1 <= len(given.description.strip()) <= TEXT_LONGEST:
            message = _("写明反担保的人或物，最多 200 个字")
            yield FieldError(f"counter_guarantees.{position}.description", "description_missing", message)
