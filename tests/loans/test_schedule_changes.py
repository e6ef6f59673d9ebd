from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from loans.schedule import (
    Effect,
    Method,
    Prepayment,
    RateChange,
    build,
)
from tests.loans.schedules import LOAN, QUARTERLY_ON_THE_20TH, assert_holds, column


def test_a_rate_change_on_the_first_day_is_the_rate():
    changed = replace(LOAN, annual_rate_ppm=90_000, rate_changes=(RateChange(LOAN.start_on, 45_000),))
    assert build(changed) == build(LOAN)


def test_a_change_to_the_same_rate_between_due_dates_changes_no_interest_of_the_period():
    rows = build(replace(QUARTERLY_ON_THE_20TH, rate_changes=(RateChange(date(2026, 5, 1), 45_000),)))
    assert rows == build(QUARTERLY_ON_THE_20TH)


def test_two_rate_changes_in_one_period_each_count_from_their_day():
    changes = (RateChange(date(2026, 5, 31), 60_000), RateChange(date(2026, 5, 11), 30_000))
    rows = build(replace(QUARTERLY_ON_THE_20TH, rate_changes=changes))
    exact = Fraction(5_000_000, 360) * (51 * 45_000 + 20 * 30_000 + 21 * 60_000) / 1_000_000
    assert rows[1].interest_fen == int(exact + Fraction(1, 2))
    assert rows[2].interest_fen == 76_667


@pytest.mark.parametrize("effect", Effect)
def test_a_prepayment_on_a_due_date_stands_in_that_row(effect):
    rows = build(replace(LOAN, prepayments=(Prepayment(date(2026, 9, 10), 200_000, effect),)))
    assert rows[5].due_on == date(2026, 9, 10)
    assert rows[5].principal_fen == build(LOAN)[5].principal_fen + 200_000
    assert len([row for row in rows if row.due_on == date(2026, 9, 10)]) == 1
    assert_holds(rows, LOAN.principal_fen)


def test_a_prepayment_that_reduces_is_solved_again_on_the_periods_left():
    rows = build(replace(LOAN, prepayments=(Prepayment(date(2026, 9, 10), 200_000, Effect.REDUCE),)))
    rest = build(replace(LOAN, principal_fen=rows[5].balance_fen, start_on=date(2026, 9, 10), periods=6))
    assert len(rows) == 12
    assert [row[1:] for row in rows[6:]] == [row[1:] for row in rest]


def test_a_prepayment_that_shortens_keeps_the_instalment():
    rows = build(replace(LOAN, prepayments=(Prepayment(date(2026, 9, 10), 2_000_000, Effect.SHORTEN),)))
    assert len(rows) == 8
    assert column(rows, "payment_fen")[6] == 426_893
    assert 0 < rows[-1].payment_fen <= 426_893


def test_a_prepayment_between_due_dates_stands_in_a_row_of_its_own():
    prepaid = replace(
        QUARTERLY_ON_THE_20TH,
        principal_fen=8_000_000,
        start_on=date(2026, 3, 21),
        prepayments=(Prepayment(date(2026, 5, 10), 3_000_000, Effect.REDUCE),),
    )
    rows = build(prepaid)
    # 80,000 for 50 days and 50,000 for 42: all of it falls due with the quarter.
    assert tuple(rows[0]) == (1, date(2026, 5, 10), 3_000_000, 0, 3_000_000, 5_000_000)
    assert tuple(rows[1]) == (2, date(2026, 6, 21), 0, 76_250, 76_250, 5_000_000)
    assert column(rows[2:], "interest_fen") == [57_500, 56_875, 56_250]
    assert rows[-1].principal_fen == 5_000_000


def test_after_a_reducing_prepayment_between_due_dates_the_payments_are_level():
    rows = build(replace(LOAN, prepayments=(Prepayment(date(2026, 9, 20), 2_000_000, Effect.REDUCE),)))
    payments = column(rows[7:], "payment_fen")
    assert len(rows) == 13
    assert len(set(payments[:-1])) == 1
    assert abs(payments[-1] - payments[0]) <= len(payments)


def test_equal_principal_shortens_and_reduces_too():
    terms = replace(LOAN, method=Method.EQUAL_PRINCIPAL, principal_fen=1_200_000)
    shortened = build(replace(terms, prepayments=(Prepayment(date(2026, 4, 10), 250_000, Effect.SHORTEN),)))
    assert column(shortened, "principal_fen") == [350_000] + [100_000] * 8 + [50_000]
    reduced = build(replace(terms, prepayments=(Prepayment(date(2026, 4, 10), 220_000, Effect.REDUCE),)))
    assert column(reduced, "principal_fen") == [320_000] + [80_000] * 11


def test_a_rate_change_after_a_shortening_is_solved_over_the_shorter_rest():
    shortened = replace(LOAN, prepayments=(Prepayment(date(2026, 9, 10), 2_000_000, Effect.SHORTEN),))
    cheaper = build(replace(shortened, rate_changes=(RateChange(date(2026, 10, 10), 30_000),)))
    assert len(cheaper) == len(build(shortened)) == 8
    assert_holds(cheaper, LOAN.principal_fen)


def test_prepaying_everything_on_a_due_date_ends_the_loan():
    left_fen = build(LOAN)[5].balance_fen
    rows = build(replace(LOAN, prepayments=(Prepayment(date(2026, 9, 10), left_fen, Effect.REDUCE),)))
    assert len(rows) == 6
    assert_holds(rows, LOAN.principal_fen)


def test_a_shortening_prepayment_in_the_first_period_keeps_the_instalment_that_was_planned():
    rows = build(replace(LOAN, prepayments=(Prepayment(date(2026, 3, 20), 2_000_000, Effect.SHORTEN),)))
    assert column(rows[1:-1], "payment_fen") == [426_893] * (len(rows) - 2)
    assert len(rows) == 9


def test_a_new_rate_after_a_tiny_loan_is_repaid_changes_nothing():
    tiny = replace(
        LOAN,
        principal_fen=2,
        annual_rate_ppm=0,
        prepayments=(Prepayment(date(2026, 3, 20), 1, Effect.SHORTEN),),
        rate_changes=(RateChange(date(2026, 9, 20), 60_000),),
    )
    assert_holds(build(tiny), 2)
