"""Every move over HTTP: what it carries, and the stage function that makes it. The pages call the same functions."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import User
from workflows.api import inputs
from workflows.models import Application
from workflows.stages import disbursement, eligibility, guarantee, intake, interruptions, survey
from workflows.stages.disbursement import LoanTerms, Payment
from workflows.stages.eligibility import Reason
from workflows.stages.guarantee import CounterGuaranteeGiven, GuaranteeTerms
from workflows.stages.intake import MissingItem
from workflows.stages.survey import Visit

Given = dict[str, Any]
Act = Callable[[Application, Given, User, datetime], Application]


@dataclass(frozen=True)
class OpenMove:
    """One move of the API: the shape of its body, what it calls, and whether it moves money."""

    body: type[inputs.MoveInput]
    act: Act
    is_money: bool = False


def plain(stage_function: Callable[..., Application]) -> OpenMove:
    """A move that carries nothing but the version."""
    return OpenMove(
        inputs.MoveInput,
        lambda case, given, by, at: stage_function(case, by=by, at=at, version=given["version"]),
    )


def with_reason(stage_function: Callable[..., Application]) -> OpenMove:
    return OpenMove(
        inputs.WordsInput,
        lambda case, given, by, at: stage_function(
            case, reason=given["reason"], by=by, at=at, version=given["version"]
        ),
    )


def with_reasons(stage_function: Callable[..., Application]) -> OpenMove:
    return OpenMove(
        inputs.ReasonsInput,
        lambda case, given, by, at: stage_function(
            case,
            reasons=[Reason(**reason) for reason in given["reasons"]],
            by=by,
            at=at,
            version=given["version"],
        ),
    )


def with_missing(stage_function: Callable[..., Application]) -> OpenMove:
    return OpenMove(
        inputs.MissingInput,
        lambda case, given, by, at: stage_function(
            case,
            items=[MissingItem(**item) for item in given["missing"]],
            allowed_by=by if given["is_second"] else None,
            by=by,
            at=at,
            version=given["version"],
        ),
    )


def _record_survey(case: Application, given: Given, by: User, at: datetime) -> Application:
    visit = Visit(
        visited_on=given["visit_on"],
        visitors=tuple(given["visitors"]),
        met_in_person=given["met_in_person"],
        identity_matches=given["identity_matches"],
        was_asked_alone=given["was_asked_alone"],
        voluntary=given["voluntary"],
        family_knows=given["family_knows"],
        business_is_real=given["business_is_real"],
        seen=given["seen"],
        suggested_amount_fen=given["suggested_amount"],
    )
    return survey.record_survey(case, visit=visit, by=by, at=at, version=given["version"])


def _recommend(case: Application, given: Given, by: User, at: datetime) -> Application:
    return eligibility.recommend(case, opinion=given["opinion"], by=by, at=at, version=given["version"])


def _guarantee(case: Application, given: Given, by: User, at: datetime) -> Application:
    terms = GuaranteeTerms(
        amount_fen=given["cover"],
        letter_no=given["guarantee_no"],
        opinion=given["opinion"],
        counter_guarantees=tuple(CounterGuaranteeGiven(**one) for one in given["counter_guarantees"]),
    )
    return guarantee.guarantee(case, terms=terms, by=by, at=at, version=given["version"])


def _approve_loan(case: Application, given: Given, by: User, at: datetime) -> Application:
    terms = LoanTerms(
        amount_fen=given["approved_amount"],
        annual_rate_ppm=given["rate"],
        lpr_ppm=given["lpr"],
        lpr_on=given["lpr_on"],
        term_months=given["term_months"],
        method=given["method"],
        credit_outcome=given["credit_result"],
        credit_note=given["credit_note"],
    )
    return disbursement.approve_loan(case, terms=terms, reason=given["reason"], by=by, at=at, version=given["version"])


def _sign(case: Application, given: Given, by: User, at: datetime) -> Application:
    return disbursement.sign(
        case,
        contract_no=given["contract_no"],
        signed_on=given["signed_on"],
        account=given.get("account_no"),
        by=by,
        at=at,
        version=given["version"],
    )


def _disburse(case: Application, given: Given, by: User, at: datetime) -> Application:
    payment = Payment(
        bank_serial=given["bank_serial"],
        bank_loan_no=given["bank_loan_no"],
        value_on=given["paid_on"],
        amount_fen=given["amount"],
    )
    return disbursement.disburse(case, payment=payment, by=by, at=at, version=given["version"])


MOVES: dict[str, OpenMove] = {
    "submit": plain(intake.submit),
    "request_consent": plain(intake.request_consent),
    "confirm": plain(intake.confirm),
    "send_back": with_missing(intake.send_back),
    "waitlist": plain(intake.waitlist),
    "call_up": plain(intake.call_up),
    "accept": plain(intake.accept),
    "record_survey": OpenMove(inputs.VisitInput, _record_survey),
    "recommend": OpenMove(inputs.OpinionInput, _recommend),
    "end_publicity": plain(eligibility.end_publicity),
    "decline": with_reasons(eligibility.decline),
    "overturn": with_reason(eligibility.overturn),
    "guarantee": OpenMove(inputs.GuaranteeInput, _guarantee, is_money=True),
    "refuse_guarantee": with_reasons(guarantee.refuse_guarantee),
    "approve_loan": OpenMove(inputs.ApprovalInput, _approve_loan, is_money=True),
    "refuse_loan": with_reasons(disbursement.refuse_loan),
    "accept_terms": plain(disbursement.accept_terms),
    "decline_terms": plain(disbursement.decline_terms),
    "sign": OpenMove(inputs.SigningInput, _sign),
    "disburse": OpenMove(inputs.PaymentInput, _disburse, is_money=True),
    "payout_failed": with_reason(disbursement.payout_failed),
    "request_supplement": with_missing(interruptions.request_supplement),
    "supply": plain(interruptions.supply),
    "return_for_rework": with_reason(interruptions.return_for_rework),
    "withdraw": with_reason(interruptions.withdraw),
    "freeze": with_reason(interruptions.freeze),
    "unfreeze": with_reason(interruptions.unfreeze),
    "expire": plain(interruptions.expire),
}
