from dataclasses import replace
from datetime import date, timedelta

import pytest

from loans.interest import DayCount, clip
from loans.replay import Allocation, BadEvents, replay
from loans.schedule import Effect, Prepayment, build
from loans.subsidy import Regime, SubsidyPayment, SubsidyTerms, subsidy
from tests.loans.repayments import HALF_REFUNDED, HALF_WAIVED, position, repayment, reversal
from tests.loans.schedules import HUNDRED, LOAN, QUARTERLY_ON_THE_20TH


def paid_to_plan(terms):
    return [repayment(row.due_on, row.payment_fen, ref=f"r{row.number}") for row in build(terms)]


@pytest.mark.parametrize("terms", [LOAN, HUNDRED, QUARTERLY_ON_THE_20TH, replace(LOAN, grace=3)])
def test_paid_to_plan_every_allocation_is_the_row_and_the_loan_is_settled(terms):
    rows = build(terms)
    end = position(terms, paid_to_plan(terms), terms.maturity_on)
    paid = [(allocation.interest_fen, allocation.principal_fen) for allocation in end.allocations]
    assert paid == [(row.interest_fen, row.principal_fen) for row in rows]
    assert (end.is_settled, end.days_overdue, end.payoff_fen) == (True, 0, 0)


def test_a_plan_with_a_prepayment_is_followed_to_the_fen():
    prepaid = (Prepayment(date(2026, 5, 10), 2_000_000, Effect.REDUCE),)
    terms = replace(QUARTERLY_ON_THE_20TH, prepayments=prepaid)
    end = position(terms, paid_to_plan(terms), terms.maturity_on)
    assert end.is_settled
    assert [allocation.excess_fen for allocation in end.allocations] == [0] * 6


def test_the_payoff_of_fineract():
    first = repayment(date(2024, 2, 1), 1_701, ref="first")
    before = position(HUNDRED, [first], date(2024, 2, 15))
    assert (before.interest_accrued_fen, before.payoff_fen) == (24, 8_381)
    after = position(HUNDRED, [first, repayment(date(2024, 2, 15), before.payoff_fen)], date(2024, 2, 15))
    assert after.allocations[1] == Allocation("r", interest_fen=24, principal_fen=8_357, excess_fen=0)
    assert after.is_settled


def test_more_than_she_owes_goes_back_to_her():
    end = position(HUNDRED, [repayment(date(2024, 2, 15), 11_000)], date(2024, 2, 15))
    assert end.is_settled
    assert end.allocations[0].excess_fen > 0
    assert sum(end.allocations[0][1:]) == 11_000


def test_an_amount_due_today_is_due_and_not_yet_overdue():
    today = position(QUARTERLY_ON_THE_20TH, [], date(2026, 3, 21))
    assert (today.interest_due_fen, today.overdue_interest_fen, today.days_overdue) == (6_875, 0, 0)
    tomorrow = position(QUARTERLY_ON_THE_20TH, [], date(2026, 3, 22))
    assert (tomorrow.overdue_interest_fen, tomorrow.overdue_since) == (6_875, date(2026, 3, 21))
    assert tomorrow.days_overdue == 1


def test_principal_due_today_is_not_yet_overdue():
    today = position(LOAN, [], date(2026, 4, 10))
    assert (today.overdue_principal_fen, today.overdue_since) == (0, None)
    assert position(LOAN, [], date(2026, 4, 11)).overdue_principal_fen == 408_143


def test_overdue_days_count_from_the_oldest_instalment_that_is_not_paid_in_full():
    events = [repayment(date(2026, 4, 10), 426_893, "r1"), repayment(date(2026, 6, 1), 426_893, "r2")]
    late = position(LOAN, events, date(2026, 7, 20))
    # The June payment came late for May: its interest is paid, some of June's principal is not.
    assert late.overdue_since == date(2026, 6, 10)
    assert late.days_overdue == 40
    # Due of principal by 10 July: 4,081.43 + 4,096.74 + 4,112.10 + 4,127.52.
    assert late.overdue_principal_fen == 1_641_779 - late.principal_paid_fen


def test_interest_due_is_paid_before_principal():
    short = position(LOAN, [repayment(date(2026, 4, 10), 10_000)], date(2026, 4, 11))
    assert short.allocations[0] == Allocation("r", interest_fen=10_000, principal_fen=0, excess_fen=0)
    assert (short.overdue_interest_fen, short.overdue_principal_fen) == (8_750, 408_143)


def test_interest_runs_on_what_is_really_owed():
    early = position(
        QUARTERLY_ON_THE_20TH,
        [repayment(date(2026, 3, 21), 6_875, "r1"), repayment(date(2026, 5, 10), 3_000_000, "r2")],
        date(2026, 6, 21),
    )
    # 50,000 for 50 days and 20,000 for 42.
    assert early.interest_due_fen == 6_875 + 31_250 + 10_500
    assert early.principal_outstanding_fen == 2_000_000


def test_after_maturity_interest_falls_due_every_day():
    at_maturity = position(QUARTERLY_ON_THE_20TH, [], date(2027, 3, 10))
    later = position(QUARTERLY_ON_THE_20TH, [], date(2027, 3, 20))
    assert later.interest_due_fen == at_maturity.interest_due_fen + 6_250
    assert later.interest_accrued_fen == 0
    assert later.overdue_principal_fen == 5_000_000


def test_how_often_it_is_cut_does_not_change_the_interest_after_maturity():
    dribble = [repayment(date(2027, 3, 10) + timedelta(days=day), 1, f"r{day}") for day in range(1, 30)]
    cut = position(QUARTERLY_ON_THE_20TH, dribble, date(2027, 4, 9))
    whole = position(QUARTERLY_ON_THE_20TH, [], date(2027, 4, 9))
    assert cut.interest_due_fen == whole.interest_due_fen


def test_a_reversed_repayment_leaves_no_trace():
    bounced = [repayment(date(2026, 4, 10), 426_893), reversal(date(2026, 4, 15), "r")]
    assert position(LOAN, bounced, date(2026, 5, 20)) == position(LOAN, [], date(2026, 5, 20))


def test_until_the_day_of_its_reversal_a_repayment_stands():
    bounced = [repayment(date(2026, 4, 10), 426_893), reversal(date(2026, 4, 15), "r")]
    assert position(LOAN, bounced, date(2026, 4, 14)).principal_paid_fen == 408_143


def test_a_settled_loan_is_open_again_when_its_last_repayment_is_reversed():
    events = [*paid_to_plan(LOAN), reversal(date(2027, 4, 1), "r12")]
    assert position(LOAN, events, date(2027, 3, 31)).is_settled
    reopened = position(LOAN, events, date(2027, 4, 1))
    assert not reopened.is_settled
    assert reopened.overdue_since == date(2027, 3, 10)


def test_events_after_the_day_are_not_known_yet():
    assert position(LOAN, paid_to_plan(LOAN), date(2026, 4, 9)) == position(LOAN, [], date(2026, 4, 9))


def test_a_late_report_counts_from_its_value_date():
    on_time = repayment(date(2026, 4, 10), 426_893, "r1")
    next_one = repayment(date(2026, 5, 10), 426_893, "r2")
    on = date(2026, 5, 20)
    assert position(LOAN, [next_one, on_time], on) == position(LOAN, [on_time, next_one], on)
    assert position(LOAN, [next_one, on_time], on).days_overdue == 0


def test_before_the_payout_nothing_is_owed_and_nothing_settled():
    nothing = replay(
        schedule_rows=build(QUARTERLY_ON_THE_20TH),
        annual_rate_ppm=45_000,
        day_count=DayCount.ACTUAL_360,
        start_on=date(2026, 3, 10),
        events=[],
        on=date(2026, 9, 1),
    )
    assert (nothing.payoff_fen, nothing.is_settled, nothing.overdue_since) == (0, False, None)


def test_where_the_subsidy_is_refunded_she_owes_all_interest():
    end = position(QUARTERLY_ON_THE_20TH, [], date(2027, 3, 10), subsidy_terms=HALF_REFUNDED)
    assert (end.interest_due_fen, end.subsidy_fen) == (228_125, 114_064)


def test_where_the_subsidy_is_waived_she_owes_the_rest():
    end = position(QUARTERLY_ON_THE_20TH, [], date(2027, 3, 10), subsidy_terms=HALF_WAIVED)
    assert (end.interest_due_fen, end.subsidy_fen) == (114_061, 114_064)


def test_overdue_time_earns_no_subsidy():
    at_maturity = position(QUARTERLY_ON_THE_20TH, [], date(2027, 3, 10), subsidy_terms=HALF_WAIVED)
    later = position(QUARTERLY_ON_THE_20TH, [], date(2027, 6, 10), subsidy_terms=HALF_WAIVED)
    assert later.subsidy_fen == at_maturity.subsidy_fen
    assert later.interest_due_fen == at_maturity.interest_due_fen + 57_500


def test_overdue_principal_is_out_of_the_subsidised_part_from_its_due_date():
    late = position(LOAN, [], date(2026, 4, 20))
    assert [(segment.balance_fen, segment.subsidised_fen) for segment in late.segments] == [
        (5_000_000, 5_000_000),
        (5_000_000, 5_000_000 - 408_143),
    ]


def test_a_quarters_claim_comes_from_the_segments():
    # 80,000 matured on 10 May and wasn't repaid: 50 days count, 500.00.
    terms = replace(QUARTERLY_ON_THE_20TH, principal_fen=8_000_000, start_on=date(2025, 5, 10))
    segments = position(terms, [], date(2026, 6, 21)).segments
    claim = subsidy(
        clip(segments, from_on=date(2026, 3, 21), to_on=date(2026, 6, 21)),
        annual_rate_ppm=45_000,
        lpr_ppm=30_000,
        regime=Regime.FULL,
        day_count=DayCount.ACTUAL_360,
    )
    assert (claim.days, claim.subsidy_fen, claim.interest_fen) == (50, 50_000, 92_000)


def test_after_two_years_the_subsidy_ends_where_the_regime_says_so():
    terms = replace(QUARTERLY_ON_THE_20TH, periods=12)
    two_years = SubsidyTerms(Regime.TWO_YEARS, lpr_ppm=30_000, payment=SubsidyPayment.WAIVED)
    end = position(terms, [], date(2028, 6, 21), subsidy_terms=two_years)
    # Of the quarter to 21 March 2028 eleven days are hers, and all of the next.
    assert end.interest_due_fen == 6_875 + 57_500


@pytest.mark.parametrize(
    ("events", "code"),
    [
        ([repayment(date(2026, 4, 10), 0)], "event_amount_not_positive"),
        ([repayment(date(2026, 4, 10), 1), repayment(date(2026, 5, 10), 1)], "event_ref_repeats"),
        ([repayment(date(2026, 3, 9), 1)], "event_before_start"),
        ([reversal(date(2026, 4, 10), "nowhere")], "reversal_of_nothing"),
        (
            [
                repayment(date(2026, 4, 10), 1),
                reversal(date(2026, 4, 11), "r", ref="first"),
                reversal(date(2026, 4, 12), "first", ref="second"),
            ],
            "reversal_of_nothing",
        ),
    ],
)
def test_events_that_cannot_all_be_true_are_refused(events, code):
    with pytest.raises(BadEvents) as refusal:
        position(LOAN, events, date(2026, 6, 1))
    assert refusal.value.code == code
