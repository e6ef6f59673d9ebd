from datetime import date

from loans.loan_verification import findings
from tests.makers.loans import make_active_loan
from tests.makers.programme import policies_say

FRIDAY = date(2026, 3, 13)


def due_dates_of(loan):
    return list(loan.instalments.values_list("due_on", flat=True))


def test_due_dates_stay_on_days_of_rest_unless_the_policy_moves_them(pool, offices):
    loan = make_active_loan(pool, offices, paid_on=FRIDAY)
    assert due_dates_of(loan)[0] == date(2026, 3, 21)
    assert due_dates_of(loan)[-1] == loan.matures_on == date(2027, 3, 13)


def test_where_the_policy_moves_due_dates_the_maturity_moves_with_them(pool, offices):
    policies_say(rest_day_rule="next_working_day")
    loan = make_active_loan(pool, offices, paid_on=FRIDAY)
    assert due_dates_of(loan)[:2] == [date(2026, 3, 23), date(2026, 6, 22)]
    # A year on is a Saturday.
    assert due_dates_of(loan)[-1] == loan.matures_on == date(2027, 3, 15)
    assert list(findings()) == []


def test_a_maturity_that_moves_back_is_before_the_day_of_rest(pool, offices):
    policies_say(rest_day_rule="previous_working_day")
    loan = make_active_loan(pool, offices, paid_on=FRIDAY)
    assert due_dates_of(loan)[-1] == loan.matures_on == date(2027, 3, 12)
    assert list(findings()) == []
