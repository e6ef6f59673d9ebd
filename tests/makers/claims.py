"""A quarter's claim of 石榴市 at each step, made as the offices make it."""

from datetime import date, timedelta

from loans.claims import judging, making
from loans.claims.quarter import Quarter, quarter_of
from loans.models import GuaranteePool, SubsidyClaim
from records.models.decision import Outcome
from tests.makers.loans import moment
from tests.makers.people import Offices

SPRING = quarter_of(date(2026, 4, 1))
SUMMER = quarter_of(date(2026, 7, 1))


def made(pool: GuaranteePool, offices: Offices, quarter: Quarter = SPRING) -> SubsidyClaim:
    return making.make_claim(pool, quarter, by=offices.bank_officer, at=moment(quarter.to_on))


def submitted(pool: GuaranteePool, offices: Offices, quarter: Quarter = SPRING) -> SubsidyClaim:
    return handed_in(made(pool, offices, quarter), offices)


def handed_in(claim: SubsidyClaim, offices: Offices) -> SubsidyClaim:
    return making.submit_claim(claim, by=offices.bank_officer2, at=moment(claim.to_on, 15))


def opined(claim: SubsidyClaim, offices: Offices) -> SubsidyClaim:
    at = moment(claim.to_on + timedelta(days=1))
    return judging.give_opinion(claim, agrees=True, words="", by=offices.guarantor_officer, at=at)


def reviewed(claim: SubsidyClaim, offices: Offices) -> SubsidyClaim:
    at = moment(claim.to_on + timedelta(days=2))
    proposed = judging.propose_review(claim, by=offices.finance_officer, at=at)
    return judging.decide_review(proposed, outcome=Outcome.APPROVED, by=offices.finance_officer2, at=at)


def paid(pool: GuaranteePool, offices: Offices, quarter: Quarter = SPRING) -> SubsidyClaim:
    return paid_out(reviewed(opined(submitted(pool, offices, quarter), offices), offices), offices)


def paid_out(claim: SubsidyClaim, offices: Offices) -> SubsidyClaim:
    on = claim.to_on + timedelta(days=3)
    return judging.pay(claim, paid_on=on, voucher_no="财贴 1", by=offices.finance_officer, at=moment(on))
