from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loans.interest import days_between, days_of_year
from loans.schedule import (
    BadTerms,
    DayCount,
    Effect,
    Frequency,
    Method,
    Prepayment,
    RateChange,
    Rounding,
    Terms,
    build,
    totals,
    years,
)
from tests.loans.schedules import LOAN, assert_holds, column

plain_terms = st.builds(
    Terms,
    principal_fen=st.integers(1, 10**10),
    annual_rate_ppm=st.integers(0, 360_000),
    start_on=st.dates(date(2009, 1, 1), date(2035, 12, 31)),
    periods=st.integers(1, 60),
    method=st.sampled_from(Method),
    frequency=st.sampled_from(Frequency),
    day_count=st.sampled_from(DayCount),
    rounding=st.sampled_from(Rounding),
)
settlement_days = st.none() | st.integers(1, 31)


@given(plain_terms, st.integers(0, 59))
def test_any_schedule_repays_the_loan_in_the_agreed_count(terms, grace):
    rows = build(replace(terms, grace=grace % terms.periods))
    assert_holds(rows, terms.principal_fen)
    assert len(rows) == terms.periods


@given(plain_terms, settlement_days)
def test_interest_is_that_of_the_balance_and_its_days(terms, settlement_day):
    terms = replace(terms, day_count=DayCount.ACTUAL_365, settlement_day=settlement_day)
    rows = build(terms)
    assert_holds(rows, terms.principal_fen)
    since_on, balance_fen = terms.start_on, terms.principal_fen
    for row in rows:
        exact = Fraction(balance_fen * terms.annual_rate_ppm * (row.due_on - since_on).days, 365 * 10**6)
        assert abs(row.interest_fen - exact) <= Fraction(1, 2)
        since_on, balance_fen = row.due_on, row.balance_fen


@given(plain_terms, st.integers(0, 120_000))
def test_level_payments_differ_by_rounding_only(terms, rate_ppm):
    # At far higher rates a long quarter's interest can exceed the level payment of a long loan.
    terms = replace(terms, method=Method.EQUAL_INSTALMENT, annual_rate_ppm=rate_ppm)
    terms = replace(terms, principal_fen=terms.principal_fen + 100_000)
    payments = column(build(terms), "payment_fen")
    assert len(set(payments[:-1])) <= 1
    # Half a fen a payment and half a fen of interest a period, compounded.
    growth = (1 + Fraction(terms.annual_rate_ppm, 10**6) / 4) ** terms.periods
    assert abs(payments[-1] - payments[0]) <= terms.periods * growth + 1


changed_terms = st.tuples(
    plain_terms,
    settlement_days,
    st.lists(st.tuples(st.integers(1, 999), st.integers(0, 360_000)), max_size=2, unique_by=lambda at: at[0]),
    st.lists(
        st.tuples(st.integers(1, 999), st.integers(1, 400), st.sampled_from(Effect)),
        max_size=3,
        unique_by=lambda at: at[0],
    ),
)


@given(changed_terms)
def test_any_changes_leave_a_schedule_that_repays_the_loan(drawn):
    plain, settlement_day, rate_changes, prepayments = drawn
    length = plain.maturity_on - plain.start_on
    changes = tuple(RateChange(plain.start_on + length * at // 1_000, ppm) for at, ppm in rate_changes)
    prepaid = tuple(
        Prepayment(plain.start_on + length * at // 1_000, 1 + plain.principal_fen * part // 1_000, effect)
        for at, part, effect in prepayments
    )
    try:
        terms = replace(plain, settlement_day=settlement_day, rate_changes=changes, prepayments=prepaid)
        rows = build(terms)
    except BadTerms as refusal:
        assert refusal.code in {  # noqa: PT017 — a refusal for these reasons is right, another is not
            "prepayment_exceeds_balance",
            "prepayment_outside_term",
            "prepayment_repeats",
            "rate_change_repeats",
        }
        return
    assert_holds(rows, terms.principal_fen)
    assert {prepayment.on for prepayment in prepaid} <= set(column(rows, "due_on"))


@given(changed_terms, st.integers(1, 200_000))
def test_a_coarse_unit_never_loses_a_fen(drawn, unit_fen):
    plain, settlement_day, _, _ = drawn
    try:
        rows = build(replace(plain, settlement_day=settlement_day, instalment_unit_fen=unit_fen))
    except BadTerms as refusal:
        assert refusal.code in {"instalment_unit_too_coarse", "instalment_below_interest"}  # noqa: PT017
        return
    assert_holds(rows, plain.principal_fen)


@given(plain_terms, settlement_days)
def test_odd_first_and_last_periods_cost_their_own_days_and_no_more(terms, settlement_day):
    """By every day count the interest of a balance that stands still is that of the days of the whole term."""
    terms = replace(terms, method=Method.INTEREST_ONLY, settlement_day=settlement_day)
    rows = build(terms)
    days = days_between(terms.start_on, rows[-1].due_on, terms.day_count)
    exact = Fraction(terms.principal_fen * terms.annual_rate_ppm * days, 10**6 * days_of_year(terms.day_count))
    slack = Fraction(len(rows), 2)
    if terms.day_count == DayCount.THIRTY_360 and settlement_day is not None:
        # Days of 30/360 don't add up over the end of February: a period may count two or three days more or less.
        slack += Fraction(3 * len(rows) * terms.principal_fen * terms.annual_rate_ppm, 10**6 * 360)
    assert abs(totals(rows).interest_fen - exact) <= slack


@given(plain_terms, settlement_days)
def test_yearly_subtotals_foot(terms, settlement_day):
    rows = build(replace(terms, settlement_day=settlement_day))
    subtotals = years(rows)
    assert [year.year for year in subtotals] == sorted({row.due_on.year for row in rows})
    assert tuple(map(sum, zip(*(year[1:4] for year in subtotals), strict=True))) == totals(rows)
    assert subtotals[-1].balance_fen == 0


@pytest.mark.drill
def test_long_schedules_hold_for_every_start_day_of_four_years():
    for offset in range(1_461):
        start_on = date.fromordinal(date(2024, 1, 1).toordinal() + offset)
        for day_count in DayCount:
            rows = build(replace(LOAN, start_on=start_on, periods=360, day_count=day_count))
            assert_holds(rows, LOAN.principal_fen)
            assert len(rows) == 360
