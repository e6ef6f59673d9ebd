from dataclasses import replace
from datetime import date

from loans.schedule import (
    DayCount,
    Effect,
    Method,
    Prepayment,
    RateChange,
    Terms,
    build,
    totals,
)
from tests.loans.schedules import HUNDRED, LOAN, QUARTERLY_ON_THE_20TH, assert_holds, column


def test_equal_instalments_of_fineract():
    assert [tuple(row) for row in build(HUNDRED)] == [
        (1, date(2024, 2, 1), 1_643, 58, 1_701, 8_357),
        (2, date(2024, 3, 1), 1_652, 49, 1_701, 6_705),
        (3, date(2024, 4, 1), 1_662, 39, 1_701, 5_043),
        (4, date(2024, 5, 1), 1_672, 29, 1_701, 3_371),
        (5, date(2024, 6, 1), 1_681, 20, 1_701, 1_690),
        (6, date(2024, 7, 1), 1_690, 10, 1_700, 0),
    ]


def test_equal_principal_of_loankit():
    rows = build(Terms(100_000_000, 32_500, start_on=date(2024, 1, 1), periods=12, method=Method.EQUAL_PRINCIPAL))
    assert (rows[0].payment_fen, rows[-1].payment_fen) == (8_604_166, 8_355_906)
    assert totals(rows) == (100_000_000, 1_760_416, 101_760_416)


def test_interest_only_of_amortizacion_engine():
    rows = build(Terms(1_000_000, 120_000, start_on=date(2024, 1, 1), periods=12, method=Method.INTEREST_ONLY))
    assert (rows[0].payment_fen, rows[11].payment_fen) == (10_000, 1_010_000)
    assert totals(rows).interest_fen == 120_000


def test_the_payoff_of_fineract_carries_the_interest_up_to_its_day():
    paid_off = Prepayment(date(2024, 2, 15), 8_357, Effect.SHORTEN)
    rows = build(replace(HUNDRED, prepayments=(paid_off,)))
    assert [tuple(row) for row in rows] == [
        (1, date(2024, 2, 1), 1_643, 58, 1_701, 8_357),
        (2, date(2024, 2, 15), 8_357, 24, 8_381, 0),
    ]


def test_six_level_instalments_of_fineract():
    rows = build(replace(HUNDRED, annual_rate_ppm=94_822))
    assert column(rows, "payment_fen") == [1_713] * 6
    assert totals(rows).interest_fen == 278


def test_quarterly_interest_settled_on_the_20th():
    rows = build(QUARTERLY_ON_THE_20TH)
    assert [(row.due_on, row.principal_fen, row.interest_fen) for row in rows] == [
        (date(2026, 3, 21), 0, 6_875),
        (date(2026, 6, 21), 0, 57_500),
        (date(2026, 9, 21), 0, 57_500),
        (date(2026, 12, 21), 0, 56_875),
        (date(2027, 3, 10), 5_000_000, 49_375),
    ]
    assert totals(rows).interest_fen == 228_125


def test_level_instalments_over_unequal_months_of_fineract():
    rows = build(replace(HUNDRED, annual_rate_ppm=156_780, day_count=DayCount.ACTUAL_365))
    assert column(rows, "payment_fen") == [1_743] * 5 + [1_747]
    assert column(rows, "interest_fen") == [133, 105, 90, 66, 46, 22]


def test_a_rate_change_on_a_due_date_of_fineract():
    rows = build(replace(HUNDRED, rate_changes=(RateChange(date(2024, 2, 1), 40_000),)))
    assert column(rows, "payment_fen") == [1_701, 1_688, 1_688, 1_688, 1_688, 1_689]
    assert column(rows, "interest_fen") == [58, 28, 22, 17, 11, 6]


def test_a_rate_change_between_due_dates_of_fineract():
    # There 15 February takes effect the day before; here a change counts from its date.
    rows = build(replace(HUNDRED, rate_changes=(RateChange(date(2024, 2, 14), 40_000),)))
    assert column(rows, "payment_fen") == [1_701] + [1_690] * 5
    assert column(rows, "interest_fen") == [58, 37, 22, 17, 11, 6]


def test_grace_is_interest_only_inside_the_term():
    rows = build(replace(LOAN, grace=3))
    after = build(replace(LOAN, start_on=date(2026, 6, 10), periods=9))
    assert column(rows[:3], "principal_fen") == [0, 0, 0]
    assert column(rows[:3], "interest_fen") == [18_750] * 3
    assert [row[1:] for row in rows[3:]] == [row[1:] for row in after]


def test_a_rate_change_in_grace_counts_at_once_and_for_the_instalment():
    rows = build(replace(LOAN, grace=3, rate_changes=(RateChange(date(2026, 5, 10), 30_000),)))
    after = build(replace(LOAN, annual_rate_ppm=30_000, start_on=date(2026, 6, 10), periods=9))
    assert column(rows[:3], "interest_fen") == [18_750, 18_750, 12_500]
    assert [row[1:] for row in rows[3:]] == [row[1:] for row in after]


def test_a_shortening_prepayment_in_grace_keeps_the_instalment_that_was_planned():
    planned = build(replace(LOAN, grace=3))[3].payment_fen
    prepayment = Prepayment(date(2026, 4, 20), 2_000_000, Effect.SHORTEN)
    rows = build(replace(LOAN, grace=3, prepayments=(prepayment,)))
    assert column(rows[4:-1], "payment_fen") == [planned] * (len(rows) - 5)
    assert len(rows) < 13


def test_the_instalment_is_a_multiple_of_its_unit_and_the_last_takes_the_rest():
    rows = build(replace(LOAN, instalment_unit_fen=100))
    assert column(rows, "payment_fen")[:11] == [426_900] * 11
    assert len(rows) == 12
    assert 0 < rows[-1].payment_fen < 426_900
    assert_holds(rows, LOAN.principal_fen)


def test_a_unit_rounds_equal_principal_too():
    rows = build(replace(LOAN, method=Method.EQUAL_PRINCIPAL, instalment_unit_fen=10_000))
    assert column(rows, "principal_fen") == [420_000] * 11 + [380_000]


def test_a_unit_that_rounds_up_far_ends_the_loan_early():
    rows = build(replace(LOAN, instalment_unit_fen=300_000))
    assert column(rows[:-1], "payment_fen") == [300_000] * 11
    rows = build(replace(LOAN, instalment_unit_fen=500_000))
    assert len(rows) == 11
    assert_holds(rows, LOAN.principal_fen)


def test_an_agreed_instalment_is_paid_until_the_rest_is_smaller():
    loan = replace(LOAN, principal_fen=360_000, annual_rate_ppm=30_000)
    rows = build(replace(loan, instalment_fen=30_500))
    assert column(rows[:-1], "payment_fen") == [30_500] * 11
    assert rows[-1].payment_fen == 30_375
    sooner = build(replace(loan, instalment_fen=50_000))
    assert column(sooner[:-1], "payment_fen") == [50_000] * 7
    assert len(sooner) == 8


def test_a_small_agreed_instalment_leaves_the_rest_to_the_last():
    rows = build(replace(LOAN, instalment_fen=100_000))
    assert len(rows) == 12
    assert column(rows[:-1], "payment_fen") == [100_000] * 11
    assert rows[-1].payment_fen > 4_000_000


def test_a_loan_without_interest_is_repaid_in_equal_parts():
    rows = build(replace(LOAN, annual_rate_ppm=0))
    assert column(rows, "payment_fen") == [416_667] * 11 + [416_663]


def test_a_loan_from_the_31st_falls_due_on_the_last_day_of_short_months():
    rows = build(replace(LOAN, start_on=date(2024, 1, 31), periods=3))
    assert column(rows, "due_on") == [date(2024, 2, 29), date(2024, 3, 31), date(2024, 4, 30)]
    assert rows[0].interest_fen == 18_750
