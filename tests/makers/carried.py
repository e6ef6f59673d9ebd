"""What the moves of a case carry in tests: a visit, terms, reasons, a payment, all of one ordinary case."""

from datetime import date, datetime

from applicants.models.document import DocumentKind
from loans.guarantees import CounterGuaranteeGiven
from loans.models import Guarantee, Loan
from loans.models.guarantee import CounterGuaranteeKind
from tests.makers.people import SHANGHAI, Offices
from workflows.models import Application
from workflows.stages.disbursement import LoanTerms, Payment
from workflows.stages.eligibility import Reason
from workflows.stages.guarantee import GuaranteeTerms
from workflows.stages.intake import MissingItem
from workflows.stages.survey import Visit

MONDAY = datetime(2026, 9, 21, 9, 0, tzinfo=SHANGHAI)
FIRST_DAY = MONDAY.date()
FIFTY_THOUSAND_FEN = 5_000_000
REASONS = (Reason("project", "开棋牌室不在支持的项目里，这次贷不了。", "换成农家乐或种植，可以再来申请。"),)
MISSING = (MissingItem(DocumentKind.HOUSEHOLD_SELF, "户口本本人页拍糊了，重拍一张。"),)


def a_visit(offices: Offices, *, on: date = FIRST_DAY) -> Visit:
    return Visit(
        visited_on=on,
        visitors=(offices.town_reviewer, offices.town_reviewer2),
        met_in_person=True,
        identity_matches=True,
        was_asked_alone=True,
        voluntary="yes",
        family_knows=True,
        business_is_real=True,
        seen="院里有八张桌子，灶台正在修，菜地两亩。",
        suggested_amount_fen=FIFTY_THOUSAND_FEN,
    )


def guarantee_terms(case: Application, *, amount_fen: int | None = None) -> GuaranteeTerms:
    given = CounterGuaranteeGiven(CounterGuaranteeKind.PERSON, "堂兄，镇上开店，月收入五千元")
    return GuaranteeTerms(
        amount_fen=amount_fen or case.amount_fen or 0,
        letter_no=f"石担函 {case.number}-{case.version}",
        opinion="同意担保。",
        counter_guarantees=(given,),
    )


def loan_terms(case: Application, *, amount_fen: int | None = None, term_months: int | None = None) -> LoanTerms:
    return LoanTerms(
        amount_fen=amount_fen or case.amount_fen or 0,
        annual_rate_ppm=45_000,
        lpr_ppm=30_000,
        lpr_on=date(2026, 8, 20),
        term_months=term_months or case.term_months or 0,
        method="interest_only",
        credit_outcome="passed",
        credit_note="",
    )


def a_payment(case: Application, *, on: date = FIRST_DAY) -> Payment:
    return Payment(
        bank_serial=f"SN{case.pk:08d}", bank_loan_no=f"J{case.pk:08d}", value_on=on, amount_fen=loan_of(case).amount_fen
    )


def loan_of(case: Application) -> Loan:
    assert case.loan is not None
    return case.loan


def guarantee_of(case: Application) -> Guarantee:
    assert case.guarantee_given is not None
    return case.guarantee_given
