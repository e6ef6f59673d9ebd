from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loans.quotes import quote
from loans.schedule import BadTerms, DayCount, Frequency, Method
from loans.subsidy import Regime, SubsidyPayment

A_YEAR_OF_FIFTY_THOUSAND = {
    "amount_fen": 5_000_000,
    "term_months": 12,
    "method": Method.INTEREST_ONLY,
    "start_on": date(2026, 3, 10),
    "annual_rate_ppm": 45_000,
    "frequency": Frequency.QUARTERLY,
    "day_count": DayCount.ACTUAL_360,
    "settlement_day": 20,
    "subsidy_regime": Regime.FULL,
    "lpr_ppm": 30_000,
    "subsidy_payment": SubsidyPayment.REFUND,
}


def quoted(**changed):
    return quote(**{**A_YEAR_OF_FIFTY_THOUSAND, **changed})


def test_with_a_full_subsidy_she_pays_nothing_in_the_end():
    got = quoted()
    assert (got.total_interest_fen, got.subsidy_fen, got.borrower_pays_fen) == (228_125, 228_125, 0)


def test_where_it_is_refunded_she_first_brings_all_of_it():
    got = quoted()
    assert [row.due_from_her_fen for row in got.instalments] == [6_875, 57_500, 57_500, 56_875, 5_049_375]
    assert [row.borrower_fen for row in got.instalments] == [0] * 5


def test_where_it_is_waived_she_brings_the_principal_only():
    got = quoted(subsidy_payment=SubsidyPayment.WAIVED)
    assert [row.due_from_her_fen for row in got.instalments] == [0, 0, 0, 0, 5_000_000]


def test_half_is_rounded_period_by_period():
    got = quoted(subsidy_regime=Regime.HALF)
    assert [row.subsidy_fen for row in got.instalments] == [3_438, 28_750, 28_750, 28_438, 24_688]
    assert (got.subsidy_fen, got.borrower_pays_fen) == (114_064, 114_061)


def test_the_third_year_is_hers_where_the_regime_says_so():
    got = quoted(term_months=36, subsidy_regime=Regime.TWO_YEARS)
    assert [row.borrower_fen > 0 for row in got.instalments] == [False] * 8 + [True] * 5
    # The quarter in which two years end is split by its days: 80 of 91 are the treasury's.
    assert (got.instalments[8].subsidy_fen, got.instalments[8].borrower_fen) == (50_000, 6_875)


def test_a_term_of_no_whole_quarters_is_refused():
    with pytest.raises(BadTerms, match="term_not_whole_quarters"):
        quoted(term_months=14)


@given(
    st.integers(1_000_000, 10_000_000),
    st.sampled_from([12, 24, 36]),
    st.sampled_from(Method),
    st.sampled_from(Frequency),
    st.sampled_from(DayCount),
    st.none() | st.just(20),
    st.sampled_from(Regime),
    st.sampled_from(SubsidyPayment),
)
def test_any_quote_sums_to_what_it_says(
    amount_fen, term_months, method, frequency, day_count, settlement_day, regime, payment
):
    got = quoted(
        amount_fen=amount_fen,
        term_months=term_months,
        method=method,
        frequency=frequency,
        day_count=day_count,
        settlement_day=settlement_day,
        subsidy_regime=regime,
        subsidy_payment=payment,
    )
    assert sum(row.principal_fen for row in got.instalments) == amount_fen
    assert got.subsidy_fen + got.borrower_pays_fen == got.total_interest_fen
    brought_fen = sum(row.due_from_her_fen for row in got.instalments)
    refunded_fen = got.subsidy_fen if payment == SubsidyPayment.REFUND else 0
    assert brought_fen - refunded_fen == amount_fen + got.borrower_pays_fen
    assert all(row.borrower_fen >= 0 and row.subsidy_fen >= 0 for row in got.instalments)
