from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loans.ageing import AgeBand, RiskClass
from loans.models import Loan
from loans.models.loan import LoanState
from loans.servicing import record_repayment, reverse_repayment
from loans.statement import payoff_on, statement_on
from loans.verification import findings
from tests.makers.loans import PAID_ON, make_active_loan, make_policy, make_pool, moment

LATE_AND_EARLY = {
    "penalty_margin_ppm": 500_000,
    "charges_compound_interest": True,
    "held_before_due_days": 10,
    "principal_first_after_days": 90,
}


@pytest.fixture
def loan(offices):
    policy = make_policy(offices, changes=LATE_AND_EARLY)
    return make_active_loan(make_pool(offices, programme=policy.programme), offices, method="equal_principal")


def pay(loan, offices, amount_fen, on, serial):
    return record_repayment(
        loan, amount_fen=amount_fen, value_on=on, bank_serial=serial, by=offices.bank_officer, at=moment(on)
    )


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    paid=st.lists(st.tuples(st.integers(0, 120), st.integers(100, 900_000)), max_size=3),
    days=st.integers(1, 460),
)
def test_a_quote_posted_on_its_day_settles_the_loan_to_the_fen(offices, loan, paid, days):
    on = PAID_ON + timedelta(days=days)
    with transaction.atomic():
        for number, (after, amount_fen) in enumerate(paid):
            if after < days:
                pay(loan, offices, amount_fen, PAID_ON + timedelta(days=after), f"R{number}")
        quote = payoff_on(Loan.objects.get(pk=loan.pk), on=on)
        parts_fen = quote.principal_fen + quote.interest_fen + quote.penalty_fen + quote.compound_fen
        assert quote.total_fen == parts_fen - quote.held_fen
        pay(loan, offices, quote.total_fen, on, "LAST")
        settled = Loan.objects.get(pk=loan.pk)
        left = payoff_on(settled, on=on)
        broken = list(findings())
        transaction.set_rollback(True)
    assert (settled.state, left.total_fen, left.held_fen) == (LoanState.SETTLED, 0, 0)
    assert not broken


def test_a_quote_for_a_day_to_come_counts_what_is_known_now(offices, loan):
    now, later = (payoff_on(loan, on=day) for day in (date(2026, 3, 15), date(2026, 3, 20)))
    # 50,000 at 4.50 % by 360: 6.25 a day.
    assert later.total_fen - now.total_fen == 3_125


def test_how_late_it_is_stands_in_the_statement(offices, loan):
    found = [
        (one.age_band, one.risk_class)
        for one in (
            statement_on(loan, on=date(2026, 3, 21) + timedelta(days=days)) for days in (0, 1, 31, 90, 91, 271, 361)
        )
    ]
    assert found == [
        (AgeBand.CURRENT, RiskClass.NORMAL),
        (AgeBand.TO_30, RiskClass.SPECIAL_MENTION),
        (AgeBand.TO_60, RiskClass.SPECIAL_MENTION),
        (AgeBand.TO_90, RiskClass.SPECIAL_MENTION),
        (AgeBand.OVER_90, RiskClass.SUBSTANDARD),
        (AgeBand.OVER_90, RiskClass.DOUBTFUL),
        (AgeBand.OVER_90, RiskClass.LOSS),
    ]


def test_the_days_of_the_classes_are_the_policys(offices):
    policy = make_policy(offices, changes={"substandard_from_days": 31, "doubtful_from_days": 61, "loss_from_days": 91})
    loan = make_active_loan(make_pool(offices, programme=policy.programme), offices)
    assert statement_on(loan, on=date(2026, 4, 21)).risk_class == RiskClass.SUBSTANDARD


def test_each_payment_is_told_as_it_counts_on_that_day(offices, loan):
    early = pay(loan, offices, 6_875, date(2026, 3, 19), "R1")
    reverse_repayment(
        early,
        bank_serial="REV",
        value_on=date(2026, 4, 1),
        reason="农信记错了账户",
        by=offices.bank_officer,
        at=moment(date(2026, 4, 1)),
    )
    fresh = Loan.objects.get(pk=loan.pk)
    (held,), (counted,), (gone,) = (
        statement_on(fresh, on=day).movements for day in (date(2026, 3, 20), date(2026, 3, 21), date(2026, 4, 1))
    )
    assert held.allocation is not None
    assert counted.allocation is not None
    assert (held.allocation.held_fen, counted.allocation.interest_fen) == (6_875, 6_875)
    assert gone.was_reversed
    assert not statement_on(fresh, on=date(2026, 3, 18)).movements
