from dataclasses import replace
from datetime import timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from loans.interest import DayCount
from loans.penalty import AllocationOrder, ServicingTerms
from loans.replay import EventKind, replay
from loans.rounding import Rounding
from loans.schedule import build
from tests.loans.repayments import HALF_REFUNDED, HALF_WAIVED, payout, repayment, reversal
from tests.loans.schedules import LOAN, QUARTERLY_ON_THE_20TH

SERVICING = st.builds(
    ServicingTerms,
    penalty_margin_ppm=st.sampled_from([0, 300_000, 500_000]),
    charges_compound_interest=st.booleans(),
    allocation_order=st.sampled_from(AllocationOrder),
    principal_first_after_days=st.sampled_from([None, 0, 90]),
    held_before_due_days=st.sampled_from([0, 5, 31]),
)


@st.composite
def histories(draw):
    terms = draw(st.sampled_from([LOAN, QUARTERLY_ON_THE_20TH, replace(LOAN, day_count=DayCount.ACTUAL_365, grace=2)]))
    events = [payout(terms)]
    for number in range(draw(st.integers(0, 8))):
        value_on = terms.start_on + timedelta(days=draw(st.integers(0, 500)))
        paid = repayment(value_on, draw(st.integers(1, 2_000_000)), f"r{number}", sequence=number)
        events.append(paid._replace(is_early=draw(st.booleans())))
        if draw(st.booleans()) and draw(st.booleans()):
            returned_on = value_on + timedelta(days=draw(st.integers(0, 60)))
            events.append(reversal(returned_on, f"r{number}", ref=f"reversal{number}"))
    on = terms.start_on + timedelta(days=draw(st.integers(0, 600)))
    subsidy_terms = draw(st.sampled_from([None, HALF_WAIVED, HALF_REFUNDED]))
    return terms, events, on, subsidy_terms, draw(SERVICING)


def told(history, events, *, on=None):
    terms, _, last_on, subsidy_terms, servicing_terms = history
    return replay(
        schedule_rows=build(terms),
        annual_rate_ppm=terms.annual_rate_ppm,
        day_count=terms.day_count,
        start_on=terms.start_on,
        events=events,
        on=on or last_on,
        subsidy_terms=subsidy_terms,
        servicing_terms=servicing_terms,
        rounding=Rounding.HALF_UP,
    )


@given(histories(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_never_matters(history, chance):
    events = list(history[1])
    chance.shuffle(events)
    assert told(history, events) == told(history, history[1])


@given(histories())
def test_money_in_is_money_allocated(history):
    terms, events, on, _, _ = history
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
    assert end.is_settled == (end.payoff_fen == 0 and not end.held_fen)
    unpaid = (end.penalty_unpaid_fen, end.compound_unpaid_fen, end.interest_accrued_fen, end.held_fen)
    assert min(*unpaid, *(fen for one in end.allocations for fen in one[1:])) >= 0
    assert sum(one.total_fen for one in end.applied) == sum(
        one.penalty_fen + one.compound_fen + one.interest_fen + one.principal_fen for one in end.allocations
    )


@given(histories())
def test_the_quote_of_a_pay_off_is_what_posting_it_does(history):
    _, events, on, _, _ = history
    before = told(history, events)
    assume(before.payoff_fen and on > history[0].start_on)
    last = repayment(on, before.payoff_fen, "payoff", sequence=99)
    after = told(history, [*events, last])
    assert (after.is_settled, after.payoff_fen, after.held_fen) == (True, 0, 0)
    allocated = after.allocations[-1]
    assert (allocated.ref, allocated.excess_fen) == ("payoff", 0)
    assert after.penalty_paid_fen == before.penalty_due_fen
    assert after.interest_paid_fen == before.interest_due_fen + before.interest_accrued_fen


@given(histories(), st.integers(1, 60))
def test_what_has_run_never_runs_back(history, days):
    """As far as a day is told, a later day only adds to it: the ledger's lines are the differences."""
    _, events, on, _, _ = history
    counted = [one for one in events if one.kind != EventKind.REVERSAL and one.value_on <= on]
    earlier, later = told(history, counted), told(history, counted, on=on + timedelta(days=days))
    assert later.penalty_due_fen >= earlier.penalty_due_fen
    assert later.compound_due_fen >= earlier.compound_due_fen
    assert later.interest_due_fen >= earlier.interest_due_fen
    assert later.applied[: len(earlier.applied)] == earlier.applied


@given(histories())
def test_reversing_everything_restores_the_day_of_the_payout(history):
    terms, events, _, _, _ = history
    repaid = [event for event in events if event.kind == EventKind.REPAYMENT]
    undone = [reversal(event.value_on, event.ref, ref=f"undo {event.ref}") for event in repaid]
    assert told(history, [payout(terms), *repaid, *undone]) == told(history, [payout(terms)])
