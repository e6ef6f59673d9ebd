from datetime import date

import pytest

from accounts.models.organisation import OrganisationKind
from loans.models import GuaranteePool
from loans.servicing import record_repayment
from tests.makers.loans import make_active_loan, make_loan, make_policy, make_pool, moment
from tests.makers.people import organisation
from tests.workflows.api.client import Caller


@pytest.fixture
def loan(offices):
    changes = {"penalty_margin_ppm": 500_000, "charges_compound_interest": True, "held_before_due_days": 10}
    return make_active_loan(make_pool(offices, programme=make_policy(offices, changes=changes).programme), offices)


def statement(loan, user, on):
    return Caller(user).get(f"loans/{loan.number}/statement", on=on)


def test_a_statement_has_the_parts_of_a_pay_off_and_how_late_the_loan_is(offices, loan):
    got = statement(loan, offices.bank_officer, "2027-03-20").json()
    assert got["payoff"] == {
        "principal": "50000.00",
        "interest": "2343.75",
        "penalty": "31.25",
        "compound": "63.84",
        "held": "0.00",
        "total": "52438.84",
    }
    assert (got["overdue_since"], got["days_overdue"]) == ("2026-03-21", 364)
    assert (got["age_band"], got["risk_class"]) == ("over_90", "loss")


def test_a_payment_says_what_it_was_counted_towards(offices, loan):
    record_repayment(
        loan,
        amount_fen=6_875,
        value_on=date(2026, 3, 19),
        bank_serial="R1",
        by=offices.bank_officer,
        at=moment(date(2026, 3, 19)),
    )
    (movement,) = statement(loan, offices.bank_system, "2026-03-20").json()["movements"]
    assert (movement["held"], movement["interest"], movement["intent"]) == ("68.75", "0.00", "instalment")


def test_a_payment_may_say_that_it_repays_early(offices, loan, time_machine):
    time_machine.move_to(moment(date(2026, 3, 19)), tick=False)
    body = {"amount": "1000.00", "value_on": "2026-03-19", "bank_serial": "R1", "intent": "early"}
    answer = Caller(offices.bank_system).post(f"loans/{loan.number}/repayments", body, key="one")
    assert (answer.status_code, answer.json()["intent"]) == (201, "early")
    assert statement(loan, offices.bank_officer, "2026-03-19").json()["principal_outstanding"] == "49000.00"


def test_a_payment_for_nothing_known_is_refused(offices, loan):
    body = {"amount": "1000.00", "value_on": "2026-03-19", "bank_serial": "R1", "intent": "gift"}
    answer = Caller(offices.bank_system).post(f"loans/{loan.number}/repayments", body, key="one")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "intent"


def test_a_loan_says_where_it_stands_today(offices, loan, time_machine):
    time_machine.move_to(moment(date(2026, 3, 15)), tick=False)
    today = Caller(offices.bank_officer).get(f"loans/{loan.number}").json()["today"]
    assert (today["on"], today["payoff"]["total"]) == ("2026-03-15", "50031.25")


def test_a_loan_that_is_not_paid_out_stands_nowhere(offices, pool):
    approved = make_loan(pool, offices)
    assert Caller(offices.bank_officer).get(f"loans/{approved.number}").json()["today"] is None
    assert statement(approved, offices.bank_officer, "2026-03-20").status_code == 404


def test_before_the_payout_there_is_no_statement(offices, loan):
    answer = statement(loan, offices.bank_officer, "2026-03-09")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] == "date_out_of_range"


def test_strangers_see_no_statement(offices, loan):
    assert statement(loan, offices.auditor, "2026-03-20").status_code == 404


def test_the_finance_bureau_reads_what_its_pool_backs_and_changes_nothing(offices, loan):
    body = {"amount": "1000.00", "value_on": "2026-03-19", "bank_serial": "R1"}
    assert statement(loan, offices.finance_officer, "2026-03-19").status_code == 200
    answer = Caller(offices.finance_officer).post(f"loans/{loan.number}/repayments", body, key="one")
    assert answer.status_code == 404
    elsewhere = organisation("梨花市财政局", "梨花财政", kind=OrganisationKind.FINANCE, region=offices.city)
    GuaranteePool.objects.filter(pk=loan.guarantee.pool_id).update(finance=elsewhere)
    assert statement(loan, offices.finance_officer, "2026-03-19").status_code == 404
