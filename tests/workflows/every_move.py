"""Each move as a call of its stage, by whoever would make it; and the table of the process, written out by hand."""

from collections.abc import Callable
from datetime import datetime

from accounts.models import User
from tests.makers import cases
from tests.makers.people import Offices
from workflows.models import Application
from workflows.stages import disbursement, eligibility, guarantee, intake, interruptions, survey
from workflows.states import State

Act = Callable[[Application, Offices, User, datetime], Application]

OPEN_STATES = {
    "DRAFT", "AWAITING_CONSENT", "SUBMITTED", "WAITLISTED", "SURVEY", "ELIGIBILITY", "PUBLICITY", "GUARANTEE",
    "DISBURSEMENT", "TERMS_OFFERED", "SIGNING", "PAYOUT", "SUPPLEMENT",
}  # fmt: skip

# From where each move leads on (the design of the process, not the code of it).
SOURCES: dict[str, set[str]] = {
    "submit": {"DRAFT"},
    "request_consent": {"DRAFT"},
    "confirm": {"AWAITING_CONSENT"},
    "send_back": {"SUBMITTED", "AWAITING_CONSENT"},
    "waitlist": {"SUBMITTED"},
    "call_up": {"WAITLISTED"},
    "accept": {"SUBMITTED"},
    "record_survey": {"SURVEY"},
    "recommend": {"ELIGIBILITY"},
    "end_publicity": {"PUBLICITY"},
    "decline": {"SUBMITTED", "SURVEY", "ELIGIBILITY"},
    "overturn": {"DECLINED"},
    "guarantee": {"GUARANTEE"},
    "refuse_guarantee": {"GUARANTEE"},
    "approve_loan": {"DISBURSEMENT"},
    "refuse_loan": {"DISBURSEMENT"},
    "accept_terms": {"TERMS_OFFERED"},
    "decline_terms": {"TERMS_OFFERED"},
    "sign": {"SIGNING"},
    "disburse": {"PAYOUT"},  # and FROZEN, where it was frozen in PAYOUT
    "payout_failed": {"PAYOUT"},
    "request_supplement": {"SURVEY", "ELIGIBILITY", "GUARANTEE", "DISBURSEMENT"},
    "supply": {"SUPPLEMENT"},
    "return_for_rework": {"ELIGIBILITY", "GUARANTEE", "DISBURSEMENT"},
    "withdraw": OPEN_STATES,
    "freeze": OPEN_STATES,
    "unfreeze": {"FROZEN"},
    "expire": {"DRAFT", "AWAITING_CONSENT", "WAITLISTED", "SUPPLEMENT", "SIGNING"},
}

# Who may make each move, by the names of the fixture `offices`, "her" and the two machines.
TOWN = {"town_reviewer", "town_reviewer2", "city_reviewer", "city_reviewer2", "leader"}
CITY = {"city_reviewer", "city_reviewer2", "leader"}
GUARANTOR = {"guarantor_officer", "guarantor_officer2"}
BANK = {"bank_officer", "bank_officer2"}
ACTORS: dict[str, set[str]] = {
    "submit": {"her"},
    "request_consent": {"helper"},
    "confirm": {"her"},
    "send_back": TOWN,  # she herself too, before she has confirmed
    "waitlist": TOWN,
    "call_up": TOWN | {"clock"},
    "accept": TOWN,
    "record_survey": TOWN,
    "recommend": CITY,
    "end_publicity": CITY | {"clock"},
    "decline": TOWN,  # of what the city holds only the city's people
    "overturn": {"leader"},
    "guarantee": GUARANTOR,
    "refuse_guarantee": GUARANTOR,
    "approve_loan": BANK,
    "refuse_loan": BANK,
    "accept_terms": {"her"},
    "decline_terms": {"her"},
    "sign": BANK,
    "disburse": BANK | {"bank_system"},
    "payout_failed": BANK | {"bank_system"},
    "request_supplement": TOWN,  # and whoever else holds the case
    "supply": {"her"},  # her helper too, where she has one
    "return_for_rework": CITY,
    "withdraw": {"her"},
    "freeze": TOWN | {"her"},
    "unfreeze": CITY,
    "expire": {"clock"},
}

CALLS: dict[str, Act] = {
    "submit": lambda case, offices, by, at: intake.submit(case, by=by, at=at, version=None),
    "request_consent": lambda case, offices, by, at: intake.request_consent(case, by=by, at=at, version=None),
    "confirm": lambda case, offices, by, at: intake.confirm(case, by=by, at=at, version=None),
    "send_back": lambda case, offices, by, at: intake.send_back(case, items=cases.MISSING, by=by, at=at, version=None),
    "waitlist": lambda case, offices, by, at: intake.waitlist(case, by=by, at=at, version=None),
    "call_up": lambda case, offices, by, at: intake.call_up(case, by=by, at=at, version=None),
    "accept": lambda case, offices, by, at: intake.accept(case, by=by, at=at, version=None),
    "record_survey": lambda case, offices, by, at: survey.record_survey(
        case, visit=cases.a_visit(offices), by=by, at=at, version=None
    ),
    "recommend": lambda case, offices, by, at: eligibility.recommend(
        case, opinion="同意推荐。", by=by, at=at, version=None
    ),
    "end_publicity": lambda case, offices, by, at: eligibility.end_publicity(case, by=by, at=at, version=None),
    "decline": lambda case, offices, by, at: eligibility.decline(
        case, reasons=cases.REASONS, by=by, at=at, version=None
    ),
    "overturn": lambda case, offices, by, at: eligibility.overturn(
        _appealed(case, at), reason="项目其实在支持范围里。", by=by, at=at, version=None
    ),
    "guarantee": lambda case, offices, by, at: guarantee.guarantee(
        case, terms=cases.guarantee_terms(case), by=by, at=at, version=None
    ),
    "refuse_guarantee": lambda case, offices, by, at: guarantee.refuse_guarantee(
        case, reasons=cases.REASONS, by=by, at=at, version=None
    ),
    "approve_loan": lambda case, offices, by, at: disbursement.approve_loan(
        case, terms=cases.loan_terms(case), reason="", by=by, at=at, version=None
    ),
    "refuse_loan": lambda case, offices, by, at: disbursement.refuse_loan(
        case, reasons=cases.REASONS, by=by, at=at, version=None
    ),
    "accept_terms": lambda case, offices, by, at: disbursement.accept_terms(case, by=by, at=at, version=None),
    "decline_terms": lambda case, offices, by, at: disbursement.decline_terms(case, by=by, at=at, version=None),
    "sign": lambda case, offices, by, at: disbursement.sign(
        case, contract_no="农信借字 1", signed_on=cases.FIRST_DAY, by=by, at=at, version=None
    ),
    "disburse": lambda case, offices, by, at: disbursement.disburse(
        case,
        payment=disbursement.Payment("SN1", "J1", cases.FIRST_DAY, case.amount_fen or 0),
        by=by,
        at=at,
        version=None,
    ),
    "payout_failed": lambda case, offices, by, at: disbursement.payout_failed(
        case, reason="账户已销户", by=by, at=at, version=None
    ),
    "request_supplement": lambda case, offices, by, at: interruptions.request_supplement(
        case, items=cases.MISSING, by=by, at=at, version=None
    ),
    "supply": lambda case, offices, by, at: interruptions.supply(case, by=by, at=at, version=None),
    "return_for_rework": lambda case, offices, by, at: interruptions.return_for_rework(
        case, reason="走访写得不清楚。", by=by, at=at, version=None
    ),
    "withdraw": lambda case, offices, by, at: interruptions.withdraw(case, reason="", by=by, at=at, version=None),
    "freeze": lambda case, offices, by, at: interruptions.freeze(case, reason="不是我办的", by=by, at=at, version=None),
    "unfreeze": lambda case, offices, by, at: interruptions.unfreeze(
        case, reason="打过电话，是本人要办。", by=by, at=at, version=None
    ),
    "expire": lambda case, offices, by, at: interruptions.expire(case, by=by, at=at, version=None),
}


def person(name: str, case: Application, offices: Offices) -> User:
    """Somebody of the fixture by name, or the woman whose case it is."""
    found = case.applicant.user if name == "her" else getattr(offices, name)
    assert isinstance(found, User)
    # Memberships are read once for each user object; a test wants them as they are now.
    return User.objects.get(pk=found.pk)


def a_case_waiting_in(state: State, offices: Offices) -> Application:
    """Also in the two states that need another policy or a used-up pool, which the caller has arranged."""
    return cases.a_case_in(state, offices)


def _appealed(case: Application, at: datetime) -> Application:
    """A no is reversed on her appeal only."""
    if case.state == State.DECLINED:
        cases.appeal(case, at=at)
    return case
