from datetime import date

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loans import ledger
from loans.ledger import Line
from loans.models.ledger import Account, Reason
from tests.makers.loans import PAID_ON, moment

AT = moment(PAID_ON)


def posted(pool, offices, reason=Reason.DEPOSIT, *, amount_fen=100, source="test:1", value_on=PAID_ON):
    return ledger.post_entry(
        reason, amount_fen=amount_fen, value_on=value_on, source=source, pool=pool, by=offices.finance_officer, at=AT
    )


def test_every_reason_has_its_two_accounts():
    assert set(ledger.ACCOUNTS) == set(Reason)
    assert all(debit != credit for debit, credit in ledger.ACCOUNTS.values())


def test_a_reversal_is_the_mirror_of_its_entry(pool, offices):
    entry = posted(pool, offices)
    mirror = ledger.reverse_entry(entry, by=offices.finance_officer, at=AT)
    assert (mirror.debit, mirror.credit, mirror.amount_fen) == (entry.credit, entry.debit, entry.amount_fen)
    assert (mirror.value_on, mirror.reverses) == (entry.value_on, entry)


def test_the_same_fact_is_booked_once(pool, offices):
    posted(pool, offices)
    with pytest.raises(IntegrityError), transaction.atomic():
        posted(pool, offices)


def test_a_fact_is_reversed_once(pool, offices):
    entry = posted(pool, offices)
    ledger.reverse_entry(entry, by=offices.finance_officer, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        ledger.reverse_entry(entry, by=offices.finance_officer, at=AT)


def test_a_trial_balance_is_taken_on_a_day(pool, offices):
    posted(pool, offices, amount_fen=300, value_on=date(2026, 4, 1))
    march = ledger.trial_balance(pool.entries.filter(value_on__lte=date(2026, 3, 31)))
    april = ledger.trial_balance(pool.entries.filter(value_on__lte=date(2026, 4, 1)))
    assert april[Account.POOL_DEPOSIT] - march[Account.POOL_DEPOSIT] == 300


# What takes a second person's word is refused without it: tests/loans/triggers.
FREE = sorted(set(Reason) - {Reason.FUND_LOSS, Reason.BANK_LOSS})


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bookings=st.lists(st.tuples(st.sampled_from(FREE), st.integers(1, 10**12), st.booleans()), max_size=8))
def test_debits_and_credits_are_equal_whatever_is_booked(pool, offices, bookings):
    with transaction.atomic():
        for number, (reason, amount_fen, is_reversed) in enumerate(bookings):
            entry = posted(pool, offices, Reason(reason), amount_fen=amount_fen, source=f"test:{number}")
            if is_reversed:
                ledger.reverse_entry(entry, by=offices.finance_officer, at=AT)
        balances = ledger.trial_balance(pool.entries.all())
        transaction.set_rollback(True)
    assert sum(balances.values()) == 0


def test_what_is_wanted_is_booked_once_corrected_by_reversal_and_taken_back(pool, offices, loan):
    def follow(wanted):
        ledger.follow(wanted, loan=loan, reasons=[Reason.INTEREST], by=offices.bank_officer, at=AT)
        rows = loan.entries.filter(reason=Reason.INTEREST).order_by("pk")
        return [(row.source, row.amount_fen, row.reverses_id is not None) for row in rows]

    line = Line(Reason.INTEREST, 100, PAID_ON)
    first = [("q1#1", 100, False)]
    assert follow({"q1": line}) == first
    assert follow({"q1": line}) == first
    corrected = [*first, ("q1#1", 100, True), ("q1#2", 90, False)]
    assert follow({"q1": line._replace(amount_fen=90)}) == corrected
    assert follow({}) == [*corrected, ("q1#2", 90, True)]
    assert follow({"q1": line._replace(amount_fen=0)}) == [*corrected, ("q1#2", 90, True)]
