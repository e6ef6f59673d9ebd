from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from loans.interest import DayCount
from loans.replay import EventKind, replay
from loans.rounding import Rounding
from loans.schedule import build
from tests.loans.repayments import HALF_REFUNDED, HALF_WAIVED, payout, repayment, reversal
from tests.loans.schedules import LOAN, QUARTERLY_ON_THE_20TH


@st.composite
def histories(draw):
    terms = draw(st.sampled_from([LOAN, QUARTERLY_ON_THE_20TH, replace(LOAN, day_count=DayCount.ACTUAL_365, grace=2)]))
    events = [payout(terms)]
    for number in range(draw(st.integers(0, 8))):
        value_on = terms.start_on + timedelta(days=draw(st.integers(0, 500)))
        events.append(repayment(value_on, draw(st.integers(1, 2_000_000)), f"r{number}", sequence=number))
        if draw(st.booleans()) and draw(st.booleans()):
            returned_on = value_on + timedelta(days=draw(st.integers(0, 60)))
            events.append(reversal(returned_on, f"r{number}", ref=f"reversal{number}"))
    on = terms.start_on + timedelta(days=draw(st.integers(0, 600)))
    subsidy_terms = draw(st.sampled_from([None, HALF_WAIVED, HALF_REFUNDED]))
    return terms, events, on, subsidy_terms


def told(history, events):
    terms, _, on, subsidy_terms = history
    return replay(
        schedule_rows=build(terms),
        annual_rate_ppm=terms.annual_rate_ppm,
        day_count=terms.day_count,
        start_on=terms.start_on,
        events=events,
        on=on,
        subsidy_terms=subsidy_terms,
        rounding=Rounding.HALF_UP,
    )


@given(histories(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_never_matters(history, chance):
    events = list(history[1])
    chance.shuffle(events)
    assert told(history, events) == told(history, history[1])


@given(histories())
def test_money_in_is_money_allocated(history):
    terms, events, on, _ = history
    end = told(history, events)
    returned = {event.reverses for event in events if event.value_on <= on}
    paid = {
        event.ref: event.amount_fen
        for event in events
        if event.kind == EventKind.REPAYMENT and event.value_on <= on and event.ref not in returned
    }
    assert {allocation.ref: sum(allocation[1:]) for allocation in end.allocations} == paid
    assert 0 <= end.principal_outstanding_fen == terms.principal_fen - end.principal_paid_fen
    assert 0 <= end.overdue_principal_fen <= end.principal_outstanding_fen
    assert end.interest_unpaid_fen >= end.overdue_interest_fen >= 0
    assert (end.days_overdue > 0) == (end.overdue_since is not None)
    assert end.is_settled == (end.payoff_fen == 0)


@given(histories())
def test_reversing_everything_restores_the_day_of_the_payout(history):
    terms, events, _, _ = history
    repaid = [event for event in events if event.kind == EventKind.REPAYMENT]
    undone = [reversal(event.value_on, event.ref, ref=f"undo {event.ref}") for event in repaid]
    assert told(history, [payout(terms), *repaid, *undone]) == told(history, [payout(terms)])
