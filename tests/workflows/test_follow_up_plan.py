"""When she is visited after the money follows from two days: that of the money and that on which it is due."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from accounts.working_days import Calendar
from workflows.follow_up_plan import Occasion, next_of, plan

PAID, YEAR_LATER = date(2026, 3, 10), date(2027, 3, 10)


def days(*visited: date, matures_on: date = YEAR_LATER) -> list[tuple[Occasion, date]]:
    planned = plan(paid_on=PAID, matures_on=matures_on, visited_on=visited)
    return [(one.occasion, one.planned_on) for one in planned]


def test_a_month_after_it_each_quarter_and_thirty_days_before_it_is_due():
    assert days() == [
        (Occasion.FIRST_MONTH, date(2026, 4, 10)),
        (Occasion.QUARTER, date(2026, 6, 10)),
        (Occasion.QUARTER, date(2026, 9, 10)),
        (Occasion.QUARTER, date(2026, 12, 10)),
        (Occasion.BEFORE_MATURITY, date(2027, 2, 8)),
    ]


def test_three_years_have_eleven_quarters():
    assert len(days(matures_on=date(2029, 3, 10))) == 13


@pytest.mark.parametrize("length", [20, 40, 60, 100, 365])
def test_a_loan_of_any_length_is_visited_before_it_is_due_and_never_twice_in_two_weeks(length):
    planned = [day for _occasion, day in days(matures_on=PAID + timedelta(days=length))]
    assert planned[-1] == PAID + timedelta(days=length - 30)
    assert all(after - before > timedelta(days=14) for before, after in pairwise(planned))


def test_a_visit_answers_what_was_open_on_its_day_and_nothing_later():
    planned = plan(paid_on=PAID, matures_on=YEAR_LATER, visited_on=[date(2026, 4, 1)])
    assert [one.done_on for one in planned] == [date(2026, 4, 1), None, None, None, None]
    following = next_of(planned)
    assert following is not None
    assert following.planned_on == date(2026, 6, 10)


def test_a_visit_before_the_window_answers_nothing():
    planned = plan(paid_on=PAID, matures_on=YEAR_LATER, visited_on=[date(2026, 3, 26)])
    assert planned[0].done_on is None
    assert plan(paid_on=PAID, matures_on=YEAR_LATER, visited_on=[date(2026, 3, 27)])[0].done_on


def test_one_late_visit_answers_all_that_was_missed():
    planned = plan(paid_on=PAID, matures_on=YEAR_LATER, visited_on=[date(2026, 6, 20)])
    assert [bool(one.done_on) for one in planned] == [True, True, False, False, False]


def test_its_clock_begins_two_weeks_before_and_is_due_on_its_day():
    first = plan(paid_on=PAID, matures_on=YEAR_LATER, visited_on=[])[0]
    calendar = Calendar()
    assert first.reading(today=date(2026, 3, 26), calendar=calendar) is None
    reading = first.reading(today=date(2026, 4, 9), calendar=calendar)
    assert reading is not None
    assert (reading.due_on, reading.left, reading.is_breached) == (date(2026, 4, 10), 2, False)
    late = first.reading(today=date(2026, 4, 13), calendar=calendar)
    assert late is not None
    assert (late.is_breached, late.days_over) == (True, 1)


def test_a_day_of_rest_moves_it_to_the_next_working_day():
    """1 to 7 October 2026 are free."""
    first = plan(paid_on=date(2026, 9, 2), matures_on=date(2027, 9, 2), visited_on=[])[0]
    reading = first.reading(today=date(2026, 9, 30), calendar=Calendar())
    assert reading is not None
    assert (first.planned_on, reading.due_on) == (date(2026, 10, 2), date(2026, 10, 8))
