from dataclasses import replace
from datetime import date, timedelta

import pytest

from accounts.calendars import calendar_in_force
from applicants.identity import read_account_no
from applicants.profiles import save_account
from loans.models import GuaranteePool
from loans.models.loan import LoanState
from loans.refusals import InstructionWaits, NoPayoutAccount, PayoutNotReleased
from records.models.decision import Outcome
from records.refusals import Invalid, MoveNotOpen, NotPermitted, SamePerson
from tests.makers import cases
from tests.makers.cases import MONDAY, REASONS, loan_of
from tests.makers.programme import a_programme
from workflows import deadlines, offers, partners
from workflows.models import Application
from workflows.refusals import PaymentDiffers
from workflows.stages import disbursement, guarantee
from workflows.states import State


@pytest.fixture
def case(offices, programme):
    return cases.a_case_in(State.DISBURSEMENT, offices)


@pytest.fixture
def signed(offices, programme):
    return cases.a_case_in(State.PAYOUT, offices)


def approve(case, offices, *, reason="", **changes):
    terms = replace(cases.loan_terms(case), **changes)
    return disbursement.approve_loan(case, terms=terms, reason=reason, by=offices.bank_officer, at=MONDAY, version=None)


def test_terms_as_asked_lead_to_signing(offices, case):
    approved = approve(case, offices)
    assert approved.state == State.SIGNING
    assert loan_of(approved).state == LoanState.APPROVED
    assert approved.early_opinions.get(kind="credit").outcome == "passed"


@pytest.mark.parametrize(
    "changes",
    [{"amount_fen": 4_000_000}, {"term_months": 24}, {"method": "equal_instalment"}],
)
def test_anything_that_differs_is_hers_to_accept_and_has_a_reason(offices, case, changes):
    with pytest.raises(Invalid) as refused:
        approve(case, offices, **changes)
    assert [error.field for error in refused.value.errors] == ["reason"]
    offered = approve(case, offices, reason="流水偏少，先贷少一点。", **changes)
    assert offered.state == State.TERMS_OFFERED
    assert len(offers.changed_terms(offered)) == 1


def test_what_changed_is_told_old_and_new(offices, case):
    offered = approve(case, offices, reason="流水偏少。", amount_fen=4_000_000, term_months=24)
    told = [(one.name, one.asked, one.offered) for one in offers.changed_terms(offered)]
    assert told == [("金额", "5\u00a0万元", "4\u00a0万元"), ("期限", "12 个月", "24 个月")]


def test_a_higher_rate_than_quoted_is_a_change_a_lower_one_is_not(offices, case):
    assert approve(case, offices, annual_rate_ppm=44_000).state == State.SIGNING
    other = cases.a_case_in(State.DISBURSEMENT, offices)
    offered = approve(other, offices, annual_rate_ppm=45_500, lpr_ppm=30_500, reason="LPR 涨了。")
    assert offered.state == State.TERMS_OFFERED
    assert offers.changed_terms(offered)[0].offered == "4.55%"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"amount_fen": 0}, "approved_amount"),
        ({"amount_fen": 5_000_001}, "approved_amount"),
        ({"annual_rate_ppm": 45_001}, "rate"),
        ({"term_months": 13}, "term_months"),
        ({"method": "bullet"}, "method"),
        ({"lpr_on": MONDAY.date() + timedelta(days=1)}, "lpr_on"),
        ({"credit_outcome": "not_passed"}, "credit_result"),
    ],
)
def test_the_bank_stays_within_policy_request_and_guarantee(offices, case, changes, field):
    with pytest.raises(Invalid) as refused:
        approve(case, offices, reason="有变", **changes)
    assert [error.field for error in refused.value.errors] == [field]
    assert Application.objects.get(pk=case.pk).loan is None


def test_the_bank_lends_no_more_than_was_guaranteed(offices, programme):
    case = cases.a_case_in(State.GUARANTEE, offices)
    terms = cases.guarantee_terms(case, amount_fen=3_000_000)
    case = guarantee.guarantee(case, terms=terms, by=offices.guarantor_officer, at=MONDAY, version=None)
    with pytest.raises(Invalid):
        approve(case, offices)
    assert approve(case, offices, amount_fen=3_000_000, reason="担保三万元。").state == State.TERMS_OFFERED


def test_a_refusal_of_the_bank_gives_the_pool_its_promise_back(offices, case):
    refused = disbursement.refuse_loan(case, reasons=REASONS, by=offices.bank_officer, at=MONDAY, version=None)
    assert refused.state == State.DECLINED
    assert GuaranteePool.objects.get().reserved_fen == 0


def test_terms_that_she_declines_are_over_for_loan_and_guarantee(offices, programme):
    offered = cases.a_case_in(State.TERMS_OFFERED, offices)
    her = offered.applicant.user
    declined = disbursement.decline_terms(offered, by=her, at=MONDAY, version=offered.version)
    assert declined.state == State.WITHDRAWN
    assert loan_of(declined).state == LoanState.CANCELLED
    assert GuaranteePool.objects.get().reserved_fen == 0


def test_terms_that_she_accepts_are_signed(offices, programme):
    offered = cases.a_case_in(State.TERMS_OFFERED, offices)
    accepted = disbursement.accept_terms(offered, by=offered.applicant.user, at=MONDAY, version=None)
    assert cases.sign(accepted, offices).state == State.PAYOUT


def test_a_contract_has_a_number_and_a_day_that_is_not_ahead(offices, programme):
    case = cases.a_case_in(State.SIGNING, offices)
    for contract_no, signed_on in (" ", MONDAY.date()), ("农信借字 1", MONDAY.date() + timedelta(days=1)):
        with pytest.raises(Invalid):
            disbursement.sign(
                case, contract_no=contract_no, signed_on=signed_on, by=offices.bank_officer, at=MONDAY, version=None
            )


def signed_with(case, offices, account_no=""):
    account = read_account_no(account_no) if account_no else None
    return disbursement.sign(
        case,
        contract_no="农信借字 1",
        signed_on=MONDAY.date(),
        account=account,
        by=offices.bank_officer,
        at=MONDAY,
        version=None,
    )


def test_a_woman_without_a_card_signs_with_the_one_that_the_bank_opened(offices, programme):
    case = cases.a_case_in(State.SIGNING, offices)
    save_account(case.applicant, account_no="", bank=offices.bank)
    with pytest.raises(Invalid) as refused:
        signed_with(Application.objects.get(pk=case.pk), offices)
    assert [error.code for error in refused.value.errors] == ["account_no_blank"]
    signed = signed_with(case, offices, "6223190000000093445")
    assert signed.applicant.account_no == "6223190000000093445"
    assert signed.log.latest("pk").reason == "农信借字 1；收款账户 ••••3445"
    assert cases.pay_out(signed, offices).state == State.DISBURSED


def test_after_a_payment_that_failed_she_brings_another_account(offices, signed):
    cases.release_payout(signed, offices)
    failed = disbursement.payout_failed(signed, reason="账户已销户", by=offices.bank_system, at=MONDAY, version=None)
    again = signed_with(failed, offices, "6223190000000093445")
    assert again.applicant.account_no == "6223190000000093445"
    assert cases.pay_out(again, offices).state == State.DISBURSED


def test_one_officer_writes_the_payout_another_releases_it(offices, signed):
    instruction = disbursement.instruct_payout(signed, by=offices.bank_officer, at=MONDAY)
    assert instruction.amount_fen == loan_of(signed).amount_fen
    with pytest.raises(InstructionWaits):
        disbursement.instruct_payout(signed, by=offices.bank_officer2, at=MONDAY)
    with pytest.raises(SamePerson):
        disbursement.release_payout(instruction, outcome=Outcome.APPROVED, by=offices.bank_officer, at=MONDAY)
    with pytest.raises(NotPermitted):
        disbursement.release_payout(instruction, outcome=Outcome.APPROVED, by=offices.bank_system, at=MONDAY)
    released = disbursement.release_payout(instruction, outcome=Outcome.APPROVED, by=offices.bank_officer2, at=MONDAY)
    assert released.is_out


def test_an_instruction_that_the_second_officer_drops_can_be_written_anew(offices, signed):
    instruction = disbursement.instruct_payout(signed, by=offices.bank_officer, at=MONDAY)
    disbursement.release_payout(instruction, outcome=Outcome.REFUSED, by=offices.bank_officer2, at=MONDAY)
    assert disbursement.instruct_payout(signed, by=offices.bank_officer, at=MONDAY).pk != instruction.pk


def test_without_an_account_nobody_knows_where_to_pay(offices, signed):
    save_account(signed.applicant, account_no="", bank=offices.bank)
    with pytest.raises(NoPayoutAccount):
        disbursement.instruct_payout(signed, by=offices.bank_officer, at=MONDAY)


def test_before_the_contract_is_signed_nothing_is_paid(offices, programme):
    case = cases.a_case_in(State.SIGNING, offices)
    with pytest.raises(MoveNotOpen):
        disbursement.instruct_payout(case, by=offices.bank_officer, at=MONDAY)


def test_no_payment_is_booked_without_a_released_instruction(offices, signed):
    with pytest.raises(PayoutNotReleased):
        cases.report_payment(signed, offices)
    disbursement.instruct_payout(signed, by=offices.bank_officer, at=MONDAY)
    with pytest.raises(PayoutNotReleased):
        cases.report_payment(signed, offices)
    assert Application.objects.get(pk=signed.pk).state == State.PAYOUT


def test_the_payment_makes_the_guarantee_good_and_the_loan_run(offices, signed):
    paid = cases.pay_out(signed, offices)
    pool = GuaranteePool.objects.get()
    assert (pool.reserved_fen, pool.committed_fen) == (0, paid.amount_fen)
    assert (loan_of(paid).state, loan_of(paid).disbursed_on) == (LoanState.ACTIVE, MONDAY.date())
    assert loan_of(paid).instalments.exists()
    assert loan_of(paid).entries.filter(reason="payout").exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"bank_serial": " "}, "bank_serial"),
        ({"bank_loan_no": ""}, "bank_loan_no"),
        ({"value_on": MONDAY.date() + timedelta(days=1)}, "paid_on"),
        ({"value_on": MONDAY.date() - timedelta(days=1)}, "paid_on"),
    ],
)
def test_a_payment_says_under_what_number_and_on_what_day(offices, signed, changes, field):
    cases.release_payout(signed, offices)
    payment = replace(cases.a_payment(signed), **changes)
    with pytest.raises(Invalid) as refused:
        disbursement.disburse(signed, payment=payment, by=offices.bank_officer, at=MONDAY, version=None)
    assert [error.field for error in refused.value.errors] == [field]


def test_a_payment_of_another_amount_is_not_hers(offices, signed):
    cases.release_payout(signed, offices)
    payment = replace(cases.a_payment(signed), amount_fen=4_999_999)
    with pytest.raises(PaymentDiffers):
        disbursement.disburse(signed, payment=payment, by=offices.bank_system, at=MONDAY, version=None)


def test_money_that_came_in_time_is_in_time_however_late_it_is_told(offices, programme):
    accepted = cases.a_case_in(State.PAYOUT, offices)
    cases.release_payout(accepted, offices)
    due_on = date(2026, 10, 8)  # accepted and signed on 21 September, that day is paused
    assert Application.objects.get(pk=accepted.pk).due_on == due_on
    late = MONDAY + timedelta(days=30)
    payment = cases.a_payment(accepted, on=due_on)
    paid = disbursement.disburse(accepted, payment=payment, by=offices.bank_system, at=late, version=None)
    reading = deadlines.read(paid, today=late.date(), calendar=calendar_in_force()).promise
    assert reading is not None
    assert (reading.is_stopped, reading.is_breached, reading.days_over) == (True, False, 0)


def test_a_failed_payment_brings_her_back_to_the_bank(offices, signed):
    with pytest.raises(PayoutNotReleased):
        disbursement.payout_failed(signed, reason="账户已销户", by=offices.bank_system, at=MONDAY, version=None)
    cases.release_payout(signed, offices)
    failed = disbursement.payout_failed(signed, reason="账户已销户", by=offices.bank_system, at=MONDAY, version=None)
    assert failed.state == State.SIGNING
    assert not loan_of(failed).instructions.get().is_out
    again = cases.sign(failed, offices)
    assert cases.pay_out(again, offices).state == State.DISBURSED


def test_invited_early_the_bank_checks_her_credit_before_its_stage(offices, programme):
    case = cases.a_case_in(State.SURVEY, offices)
    partners.invite_partners(case, by=offices.city_reviewer, at=MONDAY)
    opinion = disbursement.record_credit(case, outcome="passed", note="", by=offices.bank_officer, at=MONDAY)
    assert (opinion.kind, opinion.organisation) == ("credit", offices.bank)
    assert Application.objects.visible_to(offices.bank_officer).filter(pk=case.pk).exists()


def test_without_a_guarantor_the_bank_lends_on_its_own(offices):
    a_programme(offices, deposit_fen=0, changes={"has_guarantor_stage": False})
    case = cases.a_case_in(State.ELIGIBILITY, offices)
    case = cases.recommend(case, offices)
    paid = cases.pay_out(cases.sign(cases.approve(case, offices), offices), offices)
    assert (paid.state, loan_of(paid).guarantee) == (State.DISBURSED, None)
