from datetime import date, timedelta

import pytest

from loans import ledger
from loans.models import Loan, Repayment
from loans.models.ledger import Account
from loans.models.loan import LoanState
from loans.refusals import LoanNotRepaying, Overpaid, RepaymentAlreadyRecorded
from loans.servicing import charge_interest, position, record_repayment
from loans.verification import findings
from records.refusals import Invalid, NotPermitted
from tests.makers.loans import LOAN_FEN, make_active_loan, make_loan, make_policy, make_pool, moment, refreshed

TODAY = date(2026, 7, 1)


def repay(loan, offices, *, amount_fen, on, serial, today=TODAY, by=None):
    return record_repayment(
        loan,
        amount_fen=amount_fen,
        value_on=on,
        bank_serial=serial,
        by=by or offices.bank_officer,
        at=moment(today),
    )


def balances(loan):
    return ledger.trial_balance(loan.entries.all())


def state_of(loan):
    return Loan.objects.get(pk=loan.pk).state


def test_interest_that_is_due_is_paid_first_and_the_rest_repays_principal(pool, offices, loan):
    repay(loan, offices, amount_fen=2_006_875, on=date(2026, 3, 21), serial="R1", today=date(2026, 3, 21))
    now = position(loan, on=date(2026, 3, 21))
    assert (now.interest_paid_fen, now.principal_outstanding_fen) == (6_875, 3_000_000)
    assert refreshed(pool).committed_fen == 3_000_000
    assert balances(loan) == {
        Account.LOAN_PRINCIPAL: 3_000_000,
        Account.BANK_FUNDS: -LOAN_FEN + 2_006_875,
        Account.INTEREST_DUE: 0,
        Account.INTEREST_EARNED: -6_875,
    }


def test_a_loan_that_is_repaid_is_settled_and_its_guarantee_is_free(pool, offices, loan):
    on = date(2026, 4, 1)
    owed_fen = position(loan, on=on).payoff_fen
    repay(loan, offices, amount_fen=owed_fen, on=on, serial="R1", today=on)
    assert state_of(loan) == LoanState.SETTLED
    assert refreshed(pool).committed_fen == 0
    assert balances(loan)[Account.LOAN_PRINCIPAL] == balances(loan)[Account.INTEREST_DUE] == 0
    # Eleven days that fell due and eleven since: each period is rounded by itself.
    assert balances(loan)[Account.INTEREST_EARNED] == -13_750
    assert not list(findings())


def test_the_banks_own_system_settles_a_loan(pool, offices, loan):
    on = date(2026, 4, 1)
    owed_fen = position(loan, on=on).payoff_fen
    repay(loan, offices, amount_fen=owed_fen, on=on, serial="R1", today=on, by=offices.bank_system)
    assert loan.log.last().by == offices.bank_system


def test_the_same_serial_is_recorded_once(pool, offices, loan):
    repay(loan, offices, amount_fen=100_000, on=date(2026, 3, 12), serial="R1")
    with pytest.raises(RepaymentAlreadyRecorded):
        repay(loan, offices, amount_fen=100_000, on=date(2026, 3, 12), serial="R1")
    assert Repayment.objects.count() == 1
    assert refreshed(pool).committed_fen == 4_900_000


def test_the_serial_that_settled_a_loan_is_still_a_known_one(pool, offices, loan):
    on = date(2026, 4, 1)
    owed_fen = position(loan, on=on).payoff_fen
    repay(loan, offices, amount_fen=owed_fen, on=on, serial="R1", today=on)
    with pytest.raises(RepaymentAlreadyRecorded):
        repay(loan, offices, amount_fen=owed_fen, on=on, serial="R1", today=on)
    with pytest.raises(LoanNotRepaying):
        repay(loan, offices, amount_fen=1, on=on, serial="R2", today=on)


def test_more_than_she_owes_is_refused_with_the_difference(pool, offices, loan):
    on = date(2026, 4, 1)
    owed_fen = position(loan, on=on).payoff_fen
    with pytest.raises(Overpaid) as refused:
        repay(loan, offices, amount_fen=owed_fen + 1_250, on=on, serial="R1", today=on)
    assert refused.value.short_fen == 1_250
    assert "12.50" in str(refused.value)
    assert not Repayment.objects.exists()
    assert refreshed(pool).committed_fen == LOAN_FEN


def test_a_late_record_that_would_make_a_later_payment_too_much_is_refused(pool, offices, loan):
    on = date(2026, 4, 1)
    repay(loan, offices, amount_fen=4_900_000, on=on, serial="R1")
    with pytest.raises(Overpaid):
        repay(loan, offices, amount_fen=200_000, on=date(2026, 3, 11), serial="R0")


@pytest.mark.parametrize("amount_fen", [0, -1])
def test_a_repayment_is_some_money(pool, offices, loan, amount_fen):
    with pytest.raises(Invalid) as refused:
        repay(loan, offices, amount_fen=amount_fen, on=date(2026, 3, 12), serial="R1")
    assert refused.value.errors[0].code == "amount_not_positive"


@pytest.mark.parametrize("on", [date(2026, 3, 9), TODAY + timedelta(days=1)])
def test_a_repayment_is_valued_between_the_payout_and_today(pool, offices, loan, on):
    with pytest.raises(Invalid) as refused:
        repay(loan, offices, amount_fen=100, on=on, serial="R1")
    assert refused.value.errors[0].limits == {"min": "2026-03-10", "max": "2026-07-01"}


@pytest.mark.parametrize("stranger", ["guarantor_officer", "finance_officer", "leader", "town_reviewer"])
def test_only_the_bank_records_what_it_received(pool, offices, loan, stranger):
    with pytest.raises(NotPermitted):
        repay(loan, offices, amount_fen=100, on=TODAY, serial="R1", by=getattr(offices, stranger))


def test_a_settled_loan_is_charged_no_interest(pool, offices, loan):
    repay(loan, offices, amount_fen=position(loan, on=TODAY).payoff_fen, on=TODAY, serial="R1")
    written = loan.entries.count()
    charge_interest(loan, by=offices.bank_system, at=moment(date(2026, 12, 31)))
    assert loan.entries.count() == written


def test_nothing_is_repaid_on_a_loan_that_was_not_paid_out(pool, offices):
    with pytest.raises(LoanNotRepaying):
        repay(make_loan(pool, offices), offices, amount_fen=100, on=TODAY, serial="R1")


def test_charging_interest_twice_writes_nothing_the_second_time(pool, offices, loan):
    charge_interest(loan, by=offices.bank_system, at=moment(TODAY))
    written = loan.entries.count()
    charge_interest(loan, by=offices.bank_system, at=moment(TODAY))
    assert loan.entries.count() == written
    rows = loan.entries.filter(reason="interest").values_list("value_on", "amount_fen")
    assert list(rows) == [(date(2026, 3, 21), 6_875), (date(2026, 6, 21), 57_500)]


def test_after_maturity_interest_is_charged_day_by_day_and_what_stands_stays(pool, offices, loan):
    charge_interest(loan, by=offices.bank_system, at=moment(date(2027, 3, 20)))
    charge_interest(loan, by=offices.bank_system, at=moment(date(2027, 3, 30)))
    rows = loan.entries.filter(reason="interest", value_on__gt=date(2027, 3, 10))
    assert [(row.value_on, row.amount_fen, row.reverses_id) for row in rows] == [
        (date(2027, 3, 20), 6_250, None),
        (date(2027, 3, 30), 6_250, None),
    ]


def test_where_the_subsidy_is_waived_the_treasury_owes_its_part_to_the_bank(offices):
    policy = make_policy(offices, changes={"subsidy_regime": "C", "subsidy_payment": "waived"})
    loan = make_active_loan(make_pool(offices, programme=policy.programme), offices)
    repay(loan, offices, amount_fen=3_437, on=date(2026, 3, 21), serial="R1", today=date(2026, 3, 21))
    assert balances(loan) == {
        Account.LOAN_PRINCIPAL: LOAN_FEN,
        Account.BANK_FUNDS: -LOAN_FEN + 3_437,
        Account.INTEREST_EARNED: -6_875,
        Account.SUBSIDY_RECEIVABLE: 3_438,
        Account.INTEREST_DUE: 0,
    }
