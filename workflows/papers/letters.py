"""What the letters say: notices to her, and the guarantor's letter to the bank."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils import timezone

from accounts.context import office as office_of_settings
from accounts.models import Organisation, User
from loans.models import Instalment, Loan
from loans.models.policy import SubsidyPayment
from loans.money import format_yuan
from records.clock import Reading
from workflows import deadlines
from workflows.assigning import current_assignment
from workflows.deadlines import calendar_for, office_of
from workflows.missing_items import open_request
from workflows.models import Application, ApplicationTransition
from workflows.models.refusal import ReasonCode
from workflows.papers import wording
from workflows.papers.wording import Words
from workflows.wording import STAGES, item_name


def acceptance(application: Application, row: ApplicationTransition) -> Words:
    """Accepted: the promise in days and dates, how they are counted, and who has it now."""
    promise = _promise(application, row)
    return _addressed(application, row) | {
        "accepted_on": wording.day(_day_of(row)),
        "days": application.policy.promise_days,
        "due_on": wording.day_and_weekday(promise.due_on) if promise and promise.due_on else "",
        "counted": wording.counted_days(promise.counted) if promise else "",
        "provisional": promise.provisional if promise else False,
        "town": office_of(application.town).name,
        **_now_with(application, row),
    }


def supplement(application: Application, row: ApplicationTransition) -> Words:
    """Everything that is missing, once; and that the clock stands still meanwhile."""
    asked = open_request(application)
    assert asked is not None, "a request is kept before the move that tells of it"
    promise = _promise(application, row)
    return _addressed(application, row) | {
        "stage": STAGES[asked.stage],
        "items": [{"name": item_name(item["kind"]), "why": item["why"]} for item in asked.items],
        "due_on": wording.day_and_weekday(asked.due_on),
        "left": promise.left if promise else None,
        "days": application.policy.promise_days,
        "is_second": asked.sequence > 1,
    }


def refusal(application: Application, row: ApplicationTransition) -> Words:
    """One to four reasons, the weightiest first, each with what she can do; and the way to appeal."""
    reasons = list(application.decline_reasons.filter(version=row.version))
    assert reasons, "the reasons are kept with the move that tells of them"
    refused_on = _day_of(row)
    city = office_of(application.city)
    return _addressed(application, row) | {
        "decided_on": wording.day(refused_on),
        "reasons": [
            {
                "title": ReasonCode(reason.code).label,
                "words": wording.ended(reason.words),
                "advice": wording.ended(reason.advice),
            }
            for reason in reasons
        ],
        # The federation can reverse its own no; that of a partner stands.
        "can_appeal": row.move == "decline",
        "appeal_until": wording.day(refused_on + timedelta(days=application.policy.appeal_calendar_days)),
        "city": city.name,
        "city_phone": city.phone,
    }


def guarantee(application: Application, row: ApplicationTransition) -> Words:
    """The guarantor's promise to the bank."""
    given = application.guarantee_given
    assert given is not None, "the move carries the guarantee"
    policy = application.policy
    return _addressed(application, row) | {
        "bank": application.bank.name,
        "city": office_of(application.city).name,
        "letter_no": given.letter_no,
        "guaranteed": wording.amount(given.amount_fen),
        "counter_guarantees": wording.counter_guarantees(given) or "无",
        "loss_share": wording.share(policy.loss_share_ppm),
        "compensation_after_days": policy.compensation_after_days,
        "opinion": wording.ended(row.reason) if row.reason else "",
    }


def disbursement(application: Application, row: ApplicationTransition) -> Words:
    """The money is out: how much, where to, what comes back when, and who pays the interest."""
    loan = application.loan
    assert loan is not None, "what is paid out is a loan"
    assert loan.disbursed_on is not None, "the loan is active before the case says so"
    assert loan.matures_on is not None
    instalments = _schedule(loan)
    return _addressed(application, row) | {
        "paid": wording.amount(loan.amount_fen),
        "paid_on": wording.day(loan.disbursed_on),
        "account": wording.account_tail(application.applicant),
        "bank": application.bank.name,
        "contract_no": loan.contract_no or "",
        "bank_loan_no": loan.bank_loan_no,
        "rate": wording.rate(annual_rate_ppm=loan.annual_rate_ppm, lpr_ppm=loan.lpr_ppm),
        "from_to": f"{wording.day(loan.disbursed_on)}至{wording.day(loan.matures_on)}，共{loan.term_months}个月",
        "method": wording.method(loan.method, frequency=loan.frequency),
        "subsidy": wording.subsidy(loan.policy),
        "is_refunded": loan.policy.subsidy_payment == SubsidyPayment.REFUND,
        "rows": [_instalment(one) for one in instalments],
        "total": _total(instalments),
    }


def _addressed(application: Application, row: ApplicationTransition) -> Words:
    """Whom a letter is about, which application, and who answers for it."""
    applicant = application.applicant
    assert application.amount_fen is not None, "what was handed in says how much"
    assert application.submitted_at is not None
    return {
        "programme": application.programme.name,
        "case_number": application.number,
        "name": applicant.full_name,
        "id_no": wording.starred(applicant.masked_id_no),
        "amount": wording.amount(application.amount_fen),
        "term_months": application.term_months,
        "submitted_on": wording.day(timezone.localdate(application.submitted_at)),
        "complaint_phone": office_of_settings().complaint_phone,
        **_made_by(application, row),
    }


def _made_by(application: Application, row: ApplicationTransition) -> Words:
    """Who made the move, and answers for it; the bank itself where its system did."""
    if row.acting_as is None:
        return _contact(application.bank, None)
    return _contact(row.acting_as.organisation, row.by)


def _now_with(application: Application, row: ApplicationTransition) -> Words:
    """Who has the case from here on."""
    assignment = current_assignment(application)
    return _contact(assignment.organisation, assignment.owner) if assignment else _made_by(application, row)


def _contact(office: Organisation, person: User | None) -> Words:
    return {
        "handler": f"{office.name}{person.name if person else ''}",
        "handler_phone": (person.phone if person else "") or office.phone,
    }


def _promise(application: Application, row: ApplicationTransition) -> Reading | None:
    return deadlines.read(application, today=_day_of(row), calendar=calendar_for(application)).promise


def _day_of(row: ApplicationTransition) -> date:
    return timezone.localdate(row.at)


def _schedule(loan: Loan) -> list[Instalment]:
    """The edition of the schedule that is in force."""
    instalments = list(loan.instalments.all())
    latest = max((one.edition for one in instalments), default=0)
    return [one for one in instalments if one.edition == latest]


def _instalment(one: Instalment) -> Words:
    return {
        "number": one.number,
        "due_on": wording.day(one.due_on),
        "principal": format_yuan(one.principal_fen),
        "interest": format_yuan(one.interest_fen),
        "subsidy": format_yuan(one.subsidy_fen),
        "due_from_her": format_yuan(one.due_from_her_fen),
    }


def _total(instalments: Sequence[Instalment]) -> Words:
    return {
        "principal": format_yuan(sum(one.principal_fen for one in instalments)),
        "interest": format_yuan(sum(one.interest_fen for one in instalments)),
        "subsidy": format_yuan(sum(one.subsidy_fen for one in instalments)),
        "due_from_her": format_yuan(sum(one.due_from_her_fen for one in instalments)),
    }
