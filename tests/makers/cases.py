"""Cases in any state, brought there by the stages themselves: no test starts where the process can't come to.

`a_case_in(State.GUARANTEE, offices)` needs `programme` (makers/programme.py) to exist; who acts is who would.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from applicants import consents, mandates
from applicants.models import Applicant
from applicants.models.consent import Recipient
from applicants.models.document import DocumentKind
from applicants.models.mandate import Route
from records.models.decision import Outcome
from tests.makers.carried import FIFTY_THOUSAND_FEN as FIFTY_THOUSAND_FEN
from tests.makers.carried import FIRST_DAY as FIRST_DAY
from tests.makers.carried import MISSING as MISSING
from tests.makers.carried import MONDAY as MONDAY
from tests.makers.carried import REASONS as REASONS
from tests.makers.carried import a_payment as a_payment
from tests.makers.carried import a_visit as a_visit
from tests.makers.carried import guarantee_of as guarantee_of
from tests.makers.carried import guarantee_terms as guarantee_terms
from tests.makers.carried import loan_of as loan_of
from tests.makers.carried import loan_terms as loan_terms
from tests.makers.people import Offices
from tests.makers.women import a_woman, hand_in
from workflows import loan_request, matters
from workflows.loan_request import Use
from workflows.models import Application, Matter
from workflows.models.application import Source
from workflows.stages import disbursement, eligibility, guarantee, intake, interruptions, survey
from workflows.states import State

# The way to the money; the other states branch off from it.
_STRAIGHT = (
    State.SUBMITTED,
    State.SURVEY,
    State.ELIGIBILITY,
    State.GUARANTEE,
    State.DISBURSEMENT,
    State.SIGNING,
    State.PAYOUT,
    State.DISBURSED,
)


def a_draft(
    offices: Offices, *, applicant: Applicant | None = None, at: datetime = MONDAY, amount_fen: int = FIFTY_THOUSAND_FEN
) -> Application:
    """Filled in to the end by herself, not handed in."""
    woman = applicant or a_woman(offices)
    draft = intake.start(woman, by=woman.user, at=at)
    return with_request(draft, amount_fen=amount_fen)


def a_helped_draft(offices: Offices, *, at: datetime = MONDAY) -> Application:
    """Filled in by the helper of her village; her consents are still hers to give."""
    woman = a_woman(offices)
    for recipient in Recipient:
        consents.take_back(woman, recipient=recipient, at=at)
    mandates.give_mandate(
        woman, helper=offices.helper, route=Route.PAPER, valid_until_on=at.date() + timedelta(days=60), at=at
    )
    return with_request(intake.start(woman, by=offices.helper, at=at, source=Source.HELPER))


def with_request(draft: Application, *, amount_fen: int = FIFTY_THOUSAND_FEN) -> Application:
    loan_request.save_amount(draft, amount_fen=amount_fen, term_months=12, method="interest_only")
    stove_fen = amount_fen * 3 // 5
    uses = [Use("修灶台、买桌椅", stove_fen), Use("进货", amount_fen - stove_fen)]
    return loan_request.save_uses(draft, uses=uses)


def a_submitted_case(
    offices: Offices, *, applicant: Applicant | None = None, at: datetime = MONDAY, amount_fen: int = FIFTY_THOUSAND_FEN
) -> Application:
    return submit(a_draft(offices, applicant=applicant, at=at, amount_fen=amount_fen), at=at)


def a_case_in(
    state: State,
    offices: Offices,
    *,
    applicant: Applicant | None = None,
    at: datetime = MONDAY,
    amount_fen: int = FIFTY_THOUSAND_FEN,
) -> Application:
    """A case that waits in the state, everything done at one moment.

    PUBLICITY needs a policy that has it, WAITLISTED a pool without room.
    """
    if state == State.DRAFT:
        return a_draft(offices, applicant=applicant, at=at, amount_fen=amount_fen)
    if state == State.AWAITING_CONSENT:
        draft = a_helped_draft(offices, at=at)
        return intake.request_consent(draft, by=offices.helper, at=at, version=draft.version)
    before, last_step = _LAST_STEP.get(state, (state, None))
    case = a_submitted_case(offices, applicant=applicant, at=at, amount_fen=amount_fen)
    for reached in _STRAIGHT[1:]:
        if case.state == before:
            break
        case = STEP_TO[reached](case, offices, at)
    assert case.state == before, f"no way to {state}"
    return last_step(case, offices, at) if last_step else case


def submit(draft: Application, *, at: datetime = MONDAY) -> Application:
    return intake.submit(draft, by=draft.applicant.user, at=at, version=draft.version)


def confirm(case: Application, *, at: datetime = MONDAY) -> Application:
    """She says yes to her helper's form, and to everybody who will see it."""
    her = case.applicant.user
    consents.give(case.applicant, recipients=list(Recipient), channel="link", by=her, at=at)
    return intake.confirm(case, by=her, at=at, version=case.version)


def waitlist(case: Application, offices: Offices, at: datetime = MONDAY) -> Application:
    return intake.waitlist(case, by=offices.town_reviewer, at=at, version=case.version)


def accept(case: Application, offices: Offices, at: datetime = MONDAY) -> Application:
    return intake.accept(case, by=offices.town_reviewer, at=at, version=case.version)


def record_survey(case: Application, offices: Offices, at: datetime = MONDAY) -> Application:
    return survey.record_survey(
        case, visit=a_visit(offices, on=at.date()), by=offices.town_reviewer, at=at, version=case.version
    )


def recommend(case: Application, offices: Offices, at: datetime = MONDAY) -> Application:
    return eligibility.recommend(
        case, opinion="项目真实，同意推荐。", by=offices.city_reviewer, at=at, version=case.version
    )


def decline(case: Application, offices: Offices, at: datetime = MONDAY) -> Application:
    return eligibility.decline(case, reasons=REASONS, by=offices.city_reviewer, at=at, version=case.version)


def appeal(case: Application, *, at: datetime = MONDAY) -> Matter:
    """She asks the federation to look again."""
    her = case.applicant.user
    return matters.appeal(case, words="我做的是农家乐，不是棋牌室。", by=her, at=at, version=case.version)


def give_guarantee(case: Application, offices: Offices, at: datetime = MONDAY) -> Application:
    terms = guarantee_terms(case)
    return guarantee.guarantee(case, terms=terms, by=offices.guarantor_officer, at=at, version=case.version)


def approve(case: Application, offices: Offices, at: datetime = MONDAY) -> Application:
    return disbursement.approve_loan(
        case, terms=loan_terms(case), reason="", by=offices.bank_officer, at=at, version=case.version
    )


def approve_less(case: Application, offices: Offices, at: datetime = MONDAY) -> Application:
    """Ten thousand yuan less than she asked for."""
    terms = loan_terms(case, amount_fen=(case.amount_fen or 0) - 1_000_000)
    return disbursement.approve_loan(
        case, terms=terms, reason="流水偏少，先贷少一点。", by=offices.bank_officer, at=at, version=case.version
    )


def sign(case: Application, offices: Offices, at: datetime = MONDAY) -> Application:
    return disbursement.sign(
        case,
        contract_no=f"农信借字 {case.number}",
        signed_on=at.date(),
        by=offices.bank_officer,
        at=at,
        version=case.version,
    )


def release_payout(case: Application, offices: Offices, at: datetime = MONDAY) -> None:
    """Both officers of the bank have done their part; the money is on its way."""
    instruction = disbursement.instruct_payout(case, by=offices.bank_officer, at=at)
    disbursement.release_payout(instruction, outcome=Outcome.APPROVED, by=offices.bank_officer2, at=at)


def pay_out(case: Application, offices: Offices, at: datetime = MONDAY) -> Application:
    release_payout(case, offices, at)
    return report_payment(case, offices, at)


def report_payment(case: Application, offices: Offices, at: datetime = MONDAY) -> Application:
    return disbursement.disburse(
        case, payment=a_payment(case, on=at.date()), by=offices.bank_officer, at=at, version=case.version
    )


def ask_for_papers(case: Application, offices: Offices, at: datetime = MONDAY) -> Application:
    """The town, the city, the guarantor or the bank asks, whoever has the case."""
    asker = {
        State.SURVEY: offices.town_reviewer,
        State.ELIGIBILITY: offices.city_reviewer,
        State.GUARANTEE: offices.guarantor_officer,
        State.DISBURSEMENT: offices.bank_officer,
    }[State(case.state)]
    return interruptions.request_supplement(case, items=MISSING, by=asker, at=at, version=case.version)


def supply(case: Application, *, at: datetime) -> Application:
    """She hands in what MISSING asks for."""
    hand_in(case.applicant, DocumentKind.HOUSEHOLD_SELF, by=case.applicant.user, at=at)
    return interruptions.supply(case, by=case.applicant.user, at=at, version=case.version)


def withdraw(case: Application, offices: Offices, at: datetime = MONDAY) -> Application:
    return interruptions.withdraw(case, reason="", by=case.applicant.user, at=at, version=case.version)


def freeze(case: Application, offices: Offices, at: datetime = MONDAY) -> Application:
    return interruptions.freeze(case, reason="不是我办的", by=case.applicant.user, at=at, version=case.version)


def expire_unsigned(case: Application, offices: Offices, at: datetime = MONDAY) -> Application:
    later = at + timedelta(days=60)
    return interruptions.expire(case, by=offices.clock, at=later, version=case.version)


Step = Callable[[Application, Offices, datetime], Application]

STEP_TO: dict[State, Step] = {
    State.SURVEY: accept,
    State.ELIGIBILITY: record_survey,
    State.GUARANTEE: recommend,
    State.DISBURSEMENT: give_guarantee,
    State.SIGNING: approve,
    State.PAYOUT: sign,
    State.DISBURSED: pay_out,
}
# What leads to the states beside the straight way: where from, and by which step.
_LAST_STEP: dict[State, tuple[State, Step]] = {
    State.WAITLISTED: (State.SUBMITTED, waitlist),
    State.PUBLICITY: (State.ELIGIBILITY, recommend),
    State.TERMS_OFFERED: (State.DISBURSEMENT, approve_less),
    State.DECLINED: (State.ELIGIBILITY, decline),
    State.SUPPLEMENT: (State.ELIGIBILITY, ask_for_papers),
    State.WITHDRAWN: (State.SURVEY, withdraw),
    State.EXPIRED: (State.SIGNING, expire_unsigned),
    State.FROZEN: (State.SURVEY, freeze),
}
