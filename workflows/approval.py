"""What the bank may approve: no more than she asked for and the guarantor promised, on terms that the policy offers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from loans import policies
from loans.models import Policy
from loans.models.loan import Method
from loans.money import percent
from records.refusals import FieldError, Invalid
from workflows.models import Application
from workflows.models.early_opinion import OpinionOutcome
from workflows.wording import money

REASON_LONGEST = 200


@dataclass(frozen=True)
class LoanTerms:
    """The bank's terms, with the LPR that the rate was made from, and what the credit check said."""

    amount_fen: int
    annual_rate_ppm: int
    lpr_ppm: int
    lpr_on: date
    term_months: int
    method: Method | str
    credit_outcome: OpinionOutcome | str
    credit_note: str


def check(terms: LoanTerms, case: Application, *, reason: str, on: date) -> None:
    """Raise Invalid with everything that won't do."""
    errors = [*_amount_errors(terms, case), *_term_errors(terms, case, on=on), *_reason_errors(terms, case, reason)]
    if errors:
        raise Invalid(*errors)


def contract_policy(case: Application, *, on: date) -> Policy:
    """Rates and subsidy go by the policy of the contract, eligibility by that of the application.

    A new policy that changes whether there is a guarantor is for new applications: this one has its stages already.
    """
    current = policies.policy_in_force(case.programme, on=on)
    return current if current.has_guarantor_stage == case.policy.has_guarantor_stage else case.policy


def _amount_errors(terms: LoanTerms, case: Application) -> Iterator[FieldError]:
    asked_fen = case.amount_fen or 0
    most_fen = min(asked_fen, case.guarantee_given.amount_fen) if case.guarantee_given else asked_fen
    if not 0 < terms.amount_fen <= most_fen:
        message = _("核定金额要大于 0，不超过申请和担保的 %(most)s") % {"most": money(most_fen)}
        yield FieldError("approved_amount", "amount_out_of_range", message, limits={"max": most_fen // 100})


def _term_errors(terms: LoanTerms, case: Application, *, on: date) -> Iterator[FieldError]:
    policy = case.policy
    if terms.term_months not in policy.term_options:
        yield FieldError("term_months", "term_not_offered", _("选一下贷多长时间"))
    if terms.method not in policy.method_options:
        yield FieldError("method", "method_not_offered", _("选一下怎么还"))
    ceiling_ppm = terms.lpr_ppm + contract_policy(case, on=on).margin_ppm
    if not 0 <= terms.annual_rate_ppm <= ceiling_ppm:
        message = _("年利率不能超过 LPR 加点后的 %(most)s%%") % {"most": percent(ceiling_ppm)}
        yield FieldError("rate", "rate_out_of_range", message, limits={"max": percent(ceiling_ppm)})
    if terms.lpr_on > on:
        yield FieldError("lpr_on", "lpr_in_the_future", _("LPR 日期不能晚于今天"))
    if terms.credit_outcome != OpinionOutcome.PASSED:
        yield FieldError("credit_result", "credit_not_passed", _("征信不符合，不能批准；写明原因，选不批"))


def _reason_errors(terms: LoanTerms, case: Application, reason: str) -> Iterator[FieldError]:
    asked = (case.amount_fen, case.term_months, case.method)
    is_same = (terms.amount_fen, terms.term_months, terms.method) == asked
    is_changed = not is_same or terms.annual_rate_ppm > case.policy.annual_rate_ppm
    if is_changed and not reason.strip():
        yield FieldError("reason", "reason_missing", _("和申请不一样，写明原因，她会看到"))
    if len(reason.strip()) > REASON_LONGEST:
        yield FieldError("reason", "reason_too_long", _("原因最多 200 个字"))
