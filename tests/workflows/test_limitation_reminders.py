"""Before a claim can no longer be sued for, the bank and the guarantor are told twice."""

from datetime import date

import pytest

from loans.models import Loan
from records.models import Notice
from tests.makers.loans import compensated, make_active_loan, make_pool, moment, recovered, written_off
from workflows import limitation_reminders

DAY_91 = moment(date(2026, 6, 20))


@pytest.fixture
def claimed(offices) -> Loan:
    return compensated(make_active_loan(make_pool(offices), offices), offices, at=DAY_91)


def told(at: date) -> list[str]:
    """Whom a run of that day tells."""
    before = set(Notice.objects.values_list("pk", flat=True))
    limitation_reminders.remind(at=moment(at))
    new = Notice.objects.exclude(pk__in=before).select_related("to_user")
    return sorted(str(one.to_user) for one in new)


def test_both_offices_are_told_ninety_and_thirty_days_before_and_each_once(offices, claimed):
    """Three years from the compensation of 20 June 2026."""
    everybody = sorted(
        str(one)
        for one in (
            offices.bank_officer,
            offices.bank_officer2,
            offices.guarantor_officer,
            offices.guarantor_officer2,
        )
    )
    assert told(date(2029, 3, 21)) == []
    assert told(date(2029, 3, 22)) == everybody
    assert told(date(2029, 3, 23)) == []
    assert told(date(2029, 5, 20)) == []
    assert told(date(2029, 5, 21)) == everybody
    assert told(date(2029, 6, 20)) == []
    assert told(date(2029, 6, 21)) == []
    text = Notice.objects.filter(kind="limitation").latest("pk").text
    assert claimed.number in text
    assert "5 万元" in text.replace("\N{NO-BREAK SPACE}", " ")


def test_money_that_comes_back_begins_the_period_anew(offices, claimed):
    recovered(claimed, offices, recovered_fen=100_000, at=moment(date(2029, 4, 2)))
    assert told(date(2029, 5, 21)) == []
    assert len(told(date(2032, 1, 3))) == 4


def test_a_claim_that_was_given_up_is_not_reminded_of(offices, claimed):
    written_off(claimed, offices, at=moment(date(2028, 1, 3)))
    assert told(date(2029, 5, 21)) == []


def test_a_day_that_was_missed_is_made_up_for(offices, claimed):
    assert len(told(date(2029, 4, 25))) == 4
    assert told(date(2029, 4, 26)) == []
