"""What the worker does with running loans every night. The loan: 50,000 at 4.50 %, quarterly, paid out 2026-03-10."""

from datetime import date

import pytest

from loans import ledger
from loans.charging import bank_systems, charge_all, needing
from loans.models import Loan, Repayment
from loans.models.ledger import Account
from loans.models.loan import LoanState
from loans.servicing import position, record_repayment
from loans.verification import findings
from tests.makers.loans import make_active_loan, make_policy, make_pool, moment, refreshed

DUE = date(2026, 6, 21)


@pytest.fixture
def pool(offices):
    changes = {"penalty_margin_ppm": 500_000, "charges_compound_interest": True, "held_before_due_days": 10}
    return make_pool(offices, programme=make_policy(offices, changes=changes).programme)


def pay(loan, offices, *, amount_fen, on, serial):
    record_repayment(
        loan, amount_fen=amount_fen, value_on=on, bank_serial=serial, by=offices.bank_officer, at=moment(on)
    )


def at_night(offices, day):
    return charge_all(by=offices.bank_system, at=moment(day, 1))


def balances(loan):
    return {account: fen for account, fen in ledger.trial_balance(loan.entries.all()).items() if fen}


def test_the_banks_own_system_is_through_which_interest_is_charged(offices):
    assert bank_systems() == [offices.bank_system]


def test_what_was_held_is_counted_on_its_due_date(pool, offices):
    loan = make_active_loan(pool, offices)
    pay(loan, offices, amount_fen=6_875, on=date(2026, 3, 21), serial="R1")
    pay(loan, offices, amount_fen=57_500, on=date(2026, 6, 19), serial="R2")
    assert balances(loan)[Account.HELD_MONEY] == -57_500
    assert not list(findings())
    assert at_night(offices, DUE) == 1
    assert Account.HELD_MONEY not in balances(loan)
    assert balances(loan)[Account.INTEREST_EARNED] == -64_375
    booked = loan.entries.filter(value_on=DUE).order_by("pk").values_list("reason", "amount_fen")
    assert set(booked) == {("interest", 57_500), ("held_used", 57_500), ("interest_paid", 57_500)}
    assert not list(findings())


def test_a_second_run_writes_nothing_and_a_quiet_loan_is_not_looked_at(pool, offices):
    quiet, late = make_active_loan(pool, offices), make_active_loan(pool, offices)
    pay(quiet, offices, amount_fen=6_875, on=date(2026, 3, 21), serial="R1")
    assert at_night(offices, date(2026, 4, 1)) == 1
    written = late.entries.count()
    assert at_night(offices, date(2026, 4, 1)) == 1
    assert late.entries.count() == written
    assert needing([quiet.pk, late.pk], on=date(2026, 4, 1)) == [late.pk]


def test_held_money_that_repays_everything_settles_the_loan(pool, offices):
    loan = make_active_loan(pool, offices)
    plan = loan.instalments.order_by("number")
    for one in plan[:4]:
        pay(loan, offices, amount_fen=one.due_from_her_fen, on=one.due_on, serial=f"R{one.number}")
    pay(loan, offices, amount_fen=5_049_375, on=date(2027, 3, 8), serial="R5")
    assert Loan.objects.get(pk=loan.pk).state == LoanState.ACTIVE
    at_night(offices, date(2027, 3, 10))
    assert Loan.objects.get(pk=loan.pk).state == LoanState.SETTLED
    assert refreshed(pool).committed_fen == 0
    assert not list(findings())


def test_being_late_is_booked_apart_and_paid_first(pool, offices):
    loan = make_active_loan(pool, offices, method="equal_principal")
    for day in (date(2026, 3, 21), date(2026, 3, 31), date(2026, 4, 30)):
        at_night(offices, day)
    now = position(loan, on=date(2026, 4, 30))
    assert now.penalty_due_fen > 0
    assert now.compound_due_fen > 0
    booked = balances(loan)
    assert booked[Account.PENALTY_DUE] == now.penalty_due_fen == -booked[Account.PENALTY_EARNED]
    assert booked[Account.COMPOUND_DUE] == now.compound_due_fen == -booked[Account.COMPOUND_EARNED]
    pay(loan, offices, amount_fen=now.payoff_fen, on=date(2026, 4, 30), serial="R1")
    left = balances(loan)
    assert not {Account.PENALTY_DUE, Account.COMPOUND_DUE, Account.INTEREST_DUE, Account.LOAN_PRINCIPAL} & set(left)
    assert left[Account.PENALTY_EARNED] == -now.penalty_due_fen
    assert Loan.objects.get(pk=loan.pk).state == LoanState.SETTLED
    assert not list(findings())


def test_which_loans_need_it_is_asked_in_four_queries(pool, offices, django_assert_num_queries):
    ids = [make_active_loan(pool, offices, amount_fen=1_000_000).pk for _ in range(3)]
    with django_assert_num_queries(4):
        assert needing(ids, on=DUE) == ids


def test_payments_that_cannot_all_be_true_hold_up_no_other_loan(pool, offices, caplog):
    broken, other = make_active_loan(pool, offices), make_active_loan(pool, offices)
    # Before the payout: no form takes it, a restored backup may hold it.
    early = {"value_on": date(2026, 3, 1), "amount_fen": 100, "bank_serial": "R1"}
    Repayment.objects.create(
        loan=broken, **early, recorded_by=offices.bank_officer, recorded_at=moment(date(2026, 3, 20))
    )
    assert at_night(offices, date(2026, 3, 21)) == 1
    assert balances(other)[Account.INTEREST_DUE] == 6_875
    assert str(broken.number) in caplog.text
    assert any("can't all be true" in one for one in findings())
