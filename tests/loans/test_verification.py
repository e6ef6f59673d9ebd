"""Each invariant is broken by hand, with the triggers out of the way, and must be found."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import connection

from loans.models import (
    FundMove,
    Guarantee,
    GuaranteeMove,
    GuaranteePool,
    Instalment,
    LedgerEntry,
    Loan,
    Policy,
    Repayment,
)
from loans.servicing import charge_interest, record_repayment, reverse_repayment
from loans.verification import findings
from records.decisions import propose
from records.models import Decision
from records.triggers import install
from tests.makers.loans import (
    PAID_ON,
    compensated,
    make_active_loan,
    make_borrower,
    make_guarantee,
    make_loan,
    make_pool,
    make_programme,
    moment,
    refreshed,
    set_leverage,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def unguarded(pool, offices, loan) -> Iterator[Loan]:
    """An active loan, in a database that refuses nothing."""
    install.drop_all(connection)
    yield loan
    install.create_all(connection)


@contextmanager
def without_its_bound(pool: GuaranteePool) -> Iterator[None]:
    """The table's own CHECK stands aside as well."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE loans_guaranteepool DROP CONSTRAINT pool_promises_no_more_than_its_capacity")
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        try:
            yield
        finally:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


def found(part: str) -> bool:
    return any(part in finding for finding in findings())


def test_a_busy_office_has_nothing_to_find(pool, offices):
    loans = [make_active_loan(pool, offices, method=method) for method in ("equal_instalment", "equal_principal")]
    make_guarantee(pool, offices)
    make_loan(pool, offices)
    day = date(2026, 5, 4)
    paid = [
        record_repayment(
            loan, amount_fen=500_000, value_on=day, bank_serial=loan.number, by=offices.bank_officer, at=moment(day)
        )
        for loan in loans
    ]
    reverse_repayment(paid[0], bank_serial="REV", value_on=day, reason="记错", by=offices.bank_officer, at=moment(day))
    charge_interest(loans[1], by=offices.bank_system, at=moment(date(2026, 7, 1)))
    compensated(make_active_loan(pool, offices), offices, at=moment(date(2026, 7, 1)))
    set_leverage(pool, offices, leverage=6)
    assert not list(findings())


@pytest.mark.parametrize("counter", ["reserved_fen", "committed_fen", "fund_balance_fen"])
def test_a_counter_that_differs_from_its_rows(unguarded, pool, counter):
    GuaranteePool.objects.filter(pk=pool.pk).update(**{counter: 1_000_000})
    assert found("its rows sum to")


def test_a_pool_over_its_limit_that_does_not_say_so(unguarded, pool):
    with without_its_bound(pool):
        GuaranteePool.objects.filter(pk=pool.pk).update(fund_balance_fen=1)
    assert found("nothing says since when")


def test_a_pool_within_its_limit_that_says_otherwise(unguarded, pool):
    GuaranteePool.objects.filter(pk=pool.pk).update(over_limit_since=PAID_ON)
    assert found("within it by its figures")


def test_a_leverage_that_nobody_agreed_on(pool, offices, unguarded):
    set_leverage(pool, offices, leverage=6)
    GuaranteePool.objects.filter(pk=pool.pk).update(leverage=7)
    assert found("leverage is 7, agreed was 6")


def test_a_promise_that_takes_no_room(unguarded, pool, offices):
    Guarantee.objects.create(
        pool=pool,
        applicant=make_borrower(offices),
        case_number="W2026-9999",
        letter_no="函 X",
        amount_fen=100,
        made_by=offices.guarantor_officer,
        made_at=moment(PAID_ON),
    )
    assert found("reserved 0 times")


def test_a_promise_that_reserves_less_than_it_says(unguarded):
    Guarantee.objects.update(amount_fen=6_000_000)
    assert found("promises 6000000 fen and reserves 5000000")


def test_a_promise_that_ended_and_still_reserves(unguarded):
    GuaranteeMove.objects.filter(kind="post").update(reserved_delta_fen=-4_999_999, committed_delta_fen=4_999_999)
    assert found("and 1 fen are reserved")


def test_more_exposure_than_was_posted(unguarded, pool, offices):
    move = GuaranteeMove.objects.get(kind="post")
    move.pk, move.kind, move.reserved_delta_fen, move.committed_delta_fen = None, "release", 0, 100
    move.save(force_insert=True)
    assert found("are committed of")
    assert found("the principal left counts for")


def test_a_posted_guarantee_that_is_gone(unguarded):
    GuaranteeMove.objects.filter(kind="post").delete()
    assert found("is ACTIVE without a posted guarantee")


def test_a_guarantee_in_force_before_the_money(pool, offices, unguarded):
    loan = make_loan(pool, offices)
    GuaranteeMove.objects.filter(kind="post").update(guarantee=loan.guarantee)
    assert found(f"loan {loan}: is APPROVED, and its guarantee is posted")


def test_a_loan_that_lost_its_guarantee(unguarded):
    Loan.objects.update(guarantee=None)
    assert found("has no guarantee, and its policy asks for one")


def test_a_large_guarantee_by_one_person(pool, offices, unguarded):
    decision = propose("guarantee", summary="一个人", by=offices.guarantor_officer, at=moment(PAID_ON))
    Guarantee.objects.update(decision=decision)
    assert found("guarantee 石担函")


def test_an_approved_loan_whose_guarantee_was_taken_back(pool, offices, unguarded):
    loan = make_loan(pool, offices)
    assert loan.guarantee is not None
    GuaranteeMove.objects.create(
        guarantee=loan.guarantee,
        pool=pool,
        kind="void",
        reserved_delta_fen=-5_000_000,
        value_on=PAID_ON,
        posted_by=offices.bank_officer,
        posted_at=moment(PAID_ON),
    )
    assert found("its guarantee was taken back")


def test_a_settled_loan_that_is_not_repaid(unguarded):
    Loan.objects.filter(pk=unguarded.pk).update(state="SETTLED", version=2)
    assert found("is settled, and something is still owed")


def test_a_plan_that_does_not_add_up(unguarded):
    Instalment.objects.filter(number=5).update(principal_fen=4_999_999, due_on=date(2027, 3, 11))
    assert found("its instalments repay 4999999 fen of 5000000")
    assert found("its last instalment is not due on 2027-03-10")
    assert found("instalment 5 asks")


def test_a_repayment_that_was_edited(pool, offices, unguarded):
    record_repayment(
        unguarded,
        amount_fen=100_000,
        value_on=PAID_ON,
        bank_serial="R1",
        by=offices.bank_officer,
        at=moment(PAID_ON),
    )
    Repayment.objects.update(amount_fen=5_000_001)
    assert found("and has paid 1 too much")
    assert found("is active, and nothing is owed")
    assert found("loan_principal is 4900000 fen in the ledger, it should be 0")


def test_payments_that_cannot_all_be_true(pool, offices, unguarded):
    record_repayment(
        unguarded,
        amount_fen=100_000,
        value_on=PAID_ON,
        bank_serial="R1",
        by=offices.bank_officer,
        at=moment(PAID_ON),
    )
    Repayment.objects.update(value_on=date(2026, 1, 1))
    assert found("its payments can't all be true: event_before_start, R1")


def test_interest_that_was_never_booked(pool, offices, unguarded):
    record_repayment(
        unguarded,
        amount_fen=6_875,
        value_on=date(2026, 3, 21),
        bank_serial="R1",
        by=offices.bank_officer,
        at=moment(date(2026, 3, 21)),
    )
    LedgerEntry.objects.filter(reason="interest").delete()
    assert found("more interest is booked as paid than as due")
    LedgerEntry.objects.filter(reason="interest_paid").delete()
    assert found("0 fen of interest are booked as paid, she paid 6875")


def test_a_compensation_that_only_the_state_tells(pool, offices, loan):
    compensated(loan, offices, at=moment(date(2026, 7, 1)))
    install.drop_all(connection)
    LedgerEntry.objects.filter(reason="claim").delete()
    FundMove.objects.filter(kind="compensation").delete()
    assert found("don't tell the same")
    assert found("loan_principal is 5000000 fen in the ledger, it should be 0")
    install.create_all(connection)


def test_a_ledger_that_differs_from_the_pool(unguarded, pool):
    LedgerEntry.objects.filter(reason__in=["deposit", "guarantee"]).update(amount_fen=1)
    assert found(f"pool {pool.pk}: pool_deposit is 1 fen in the ledger and 100000000 in the pool")
    assert found(f"pool {pool.pk}: guarantee_exposure is 1 fen in the ledger and 5000000 in the pool")


def test_an_entry_between_accounts_that_do_not_meet(unguarded):
    LedgerEntry.objects.filter(reason="deposit").update(credit="bank_funds")
    assert found("is not in the table")


def test_a_reversal_that_is_no_mirror(pool, offices, unguarded):
    entry = LedgerEntry.objects.get(reason="deposit")
    LedgerEntry.objects.create(
        pool=pool,
        debit=entry.credit,
        credit=entry.debit,
        amount_fen=1,
        value_on=entry.value_on,
        reason="deposit",
        source="x",
        reverses=entry,
        posted_by=offices.finance_officer,
        posted_at=moment(PAID_ON),
    )
    assert found(f"is no mirror of entry {entry.pk}")


def test_what_takes_two_people_and_had_one(unguarded):
    Decision.objects.update(outcome="", decided_by=None, decided_at=None)
    assert found(f"policy {Policy.objects.get()}: two people have not agreed on it")
    assert found(f"fund move {FundMove.objects.get().voucher_no}: two people have not agreed on it")
    assert found(f"loan {unguarded}: its payout was released by one person")


def test_a_guarantee_that_counts_for_another_pool(pool, offices, unguarded):
    other = make_pool(offices, programme=make_programme("other"), deposit_fen=0)
    GuaranteeMove.objects.filter(kind="post").update(pool=other)
    assert found("1 of its moves count for another pool")
    assert refreshed(pool).committed_fen == 5_000_000
