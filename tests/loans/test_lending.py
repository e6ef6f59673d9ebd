from datetime import date

import pytest

from loans import lending
from loans.models import Loan
from loans.models.loan import LoanState
from loans.refusals import (
    ContractNumberUsed,
    PaymentAlreadyRecorded,
    PayoutNotReleased,
)
from records.models.decision import Outcome
from records.refusals import Invalid, MoveNotOpen
from tests.makers.loans import (
    LOAN_FEN,
    PAID_ON,
    YUAN,
    make_active_loan,
    make_borrower,
    make_loan,
    make_policy,
    make_pool,
    make_programme,
    moment,
    pay_out,
    refreshed,
)

AT = moment(PAID_ON)


def released(loan, offices):
    instruction = lending.instruct(loan, by=offices.bank_officer, at=AT)
    return lending.release(instruction, outcome=Outcome.APPROVED, by=offices.bank_officer2, at=AT)


def activated(loan, offices, *, bank_serial="PAY-1", bank_loan_no="JJ-1", value_on=PAID_ON, by=None):
    return lending.activate(
        loan,
        bank_serial=bank_serial,
        bank_loan_no=bank_loan_no,
        value_on=value_on,
        by=by or offices.bank_officer,
        at=AT,
    )


def test_loans_are_numbered_within_the_year(pool, offices):
    first, second = make_loan(pool, offices), make_loan(pool, offices)
    assert (first.number, second.number) == ("L2026-0001", "L2026-0002")
    assert first.state == LoanState.APPROVED
    assert make_loan(pool, offices, at=moment(date(2027, 1, 4))).number == "L2027-0001"


def test_an_approved_loan_takes_its_conventions_from_the_policy(pool, offices):
    loan = make_loan(pool, offices)
    assert (loan.frequency, loan.settlement_day, loan.day_count) == ("quarterly", 20, "actual/360")
    assert loan.annual_rate_ppm == 45_000


def test_at_payout_everything_happens_at_once(pool, offices):
    loan = make_loan(pool, offices)
    lending.sign(loan, contract_no="石农信借〔2026〕1", signed_on=PAID_ON)
    released(loan, offices)
    active = activated(loan, offices)
    assert (active.state, active.disbursed_on, active.matures_on) == ("ACTIVE", PAID_ON, date(2027, 3, 10))
    assert (active.contract_no, active.bank_loan_no, active.bank_serial) == ("石农信借〔2026〕1", "JJ-1", "PAY-1")
    assert (refreshed(pool).reserved_fen, refreshed(pool).committed_fen) == (0, LOAN_FEN)
    assert loan.log.get().move == "activate"
    entry = active.entries.get()
    assert (entry.debit, entry.credit, entry.amount_fen) == ("loan_principal", "bank_funds", LOAN_FEN)
    exposure = pool.entries.exclude(reason="deposit").get()
    assert (exposure.debit, exposure.credit, exposure.amount_fen) == (
        "guarantee_exposure",
        "guarantee_contra",
        LOAN_FEN,
    )


def test_the_stored_plan_is_the_published_one_and_says_who_pays_what(pool, offices):
    """V6: interest settled on the 20th of the quarter's last month, charged on the 21st."""
    loan = make_active_loan(pool, offices)
    rows = list(loan.instalments.values_list("number", "due_on", "principal_fen", "interest_fen"))
    assert rows == [
        (1, date(2026, 3, 21), 0, 6_875),
        (2, date(2026, 6, 21), 0, 57_500),
        (3, date(2026, 9, 21), 0, 57_500),
        (4, date(2026, 12, 21), 0, 56_875),
        (5, date(2027, 3, 10), LOAN_FEN, 49_375),
    ]
    # Full subsidy, refunded: the treasury bears all of it in the end, and she brings it first.
    for row in loan.instalments.all():
        assert row.subsidy_fen == row.interest_fen
        assert row.due_from_her_fen == row.principal_fen + row.interest_fen


def test_where_the_subsidy_is_waived_she_brings_her_own_part_only(offices):
    policy = make_policy(offices, changes={"subsidy_regime": "C", "subsidy_payment": "waived"})
    loan = make_active_loan(make_pool(offices, programme=policy.programme), offices)
    second = loan.instalments.get(number=2)
    assert (second.interest_fen, second.subsidy_fen, second.due_from_her_fen) == (57_500, 28_750, 28_750)


@pytest.mark.parametrize("method", ["equal_instalment", "equal_principal", "interest_only"])
def test_every_method_repays_the_whole_loan(pool, offices, method):
    loan = make_active_loan(pool, offices, method=method, term_months=24)
    assert sum(row.principal_fen for row in loan.instalments.all()) == LOAN_FEN
    assert loan.instalments.latest("number").due_on == loan.matures_on == date(2028, 3, 10)


def test_the_banks_own_system_activates_what_people_released(pool, offices):
    loan = make_loan(pool, offices)
    released(loan, offices)
    assert activated(loan, offices, by=offices.bank_system).state == LoanState.ACTIVE


def test_money_comes_once(pool, offices):
    loan = make_active_loan(pool, offices)
    with pytest.raises(MoveNotOpen):
        activated(loan, offices, bank_serial="PAY-2", bank_loan_no="JJ-2")
    assert refreshed(pool).committed_fen == LOAN_FEN
    assert loan.entries.count() == 1


@pytest.mark.parametrize(("serial", "number"), [("PAY-1", "JJ-2"), ("PAY-2", "JJ-1")])
def test_one_payment_pays_one_loan(pool, offices, serial, number):
    first, second = make_loan(pool, offices), make_loan(pool, offices)
    released(first, offices)
    released(second, offices)
    activated(first, offices)
    with pytest.raises(PaymentAlreadyRecorded):
        activated(second, offices, bank_serial=serial, bank_loan_no=number)
    # Nothing of the second one happened, its guarantee included.
    assert (refreshed(pool).reserved_fen, refreshed(pool).committed_fen) == (LOAN_FEN, LOAN_FEN)


def test_no_money_without_a_released_order(pool, offices):
    loan = make_loan(pool, offices)
    with pytest.raises(PayoutNotReleased):
        activated(loan, offices)
    lending.instruct(loan, by=offices.bank_officer, at=AT)
    with pytest.raises(PayoutNotReleased):
        activated(loan, offices)
    assert refreshed(pool).committed_fen == 0


@pytest.mark.parametrize(
    ("value_on", "code"), [(date(2026, 3, 11), "date_ahead"), (date(2026, 3, 8), "date_before_contract")]
)
def test_a_payment_is_valued_between_the_contract_and_today(pool, offices, value_on, code):
    loan = make_loan(pool, offices)
    lending.sign(loan, contract_no="借 1", signed_on=date(2026, 3, 9))
    released(loan, offices)
    with pytest.raises(Invalid) as refused:
        activated(loan, offices, value_on=value_on)
    assert refused.value.errors[0].code == code


def test_a_contract_number_is_used_once_and_may_be_corrected_before_the_money(pool, offices):
    first, second = make_loan(pool, offices), make_loan(pool, offices)
    lending.sign(first, contract_no="借 1", signed_on=PAID_ON)
    with pytest.raises(ContractNumberUsed):
        lending.sign(second, contract_no="借 1", signed_on=PAID_ON)
    lending.sign(first, contract_no="借 2", signed_on=PAID_ON)
    assert lending.sign(second, contract_no="借 1", signed_on=PAID_ON).contract_no == "借 1"
    with pytest.raises(MoveNotOpen):
        lending.sign(pay_out(first, offices), contract_no="借 3", signed_on=PAID_ON)


def test_a_programme_without_a_guarantor_lends_without_a_guarantee(offices):
    policy = make_policy(offices, programme=make_programme("direct"), changes={"has_guarantor_stage": False})
    applicant = make_borrower(offices)
    loan = lending.approve(
        applicant,
        policy=policy,
        guarantee=None,
        bank=offices.bank,
        amount_fen=20_000 * YUAN,
        annual_rate_ppm=45_000,
        lpr_ppm=30_000,
        lpr_on=date(2026, 2, 20),
        term_months=12,
        method="equal_instalment",
        at=AT,
    )
    assert pay_out(loan, offices).state == LoanState.ACTIVE
    assert Loan.objects.paid_out().get() == loan
