from datetime import timedelta

import pytest

from tests.makers import cases
from tests.makers.cases import MISSING, MONDAY
from tests.makers.programme import a_programme, deposit
from workflows import passing_time, waiting_line
from workflows.models import Application
from workflows.stages import intake
from workflows.states import State

TEN_THOUSAND_YUAN_FEN = 1_000_000


@pytest.fixture
def programme(offices):
    """Room for exactly one loan of 50,000 yuan, and it is taken."""
    programme = a_programme(offices, deposit_fen=TEN_THOUSAND_YUAN_FEN)
    cases.a_case_in(State.SURVEY, offices)
    return programme


def waiting(offices, *, amount_fen=cases.FIFTY_THOUSAND_FEN, minutes=0):
    at = MONDAY + timedelta(minutes=minutes)
    return cases.waitlist(cases.a_submitted_case(offices, amount_fen=amount_fen, at=at), offices, at)


@pytest.mark.parametrize(
    "state",
    [State.SURVEY, State.ELIGIBILITY, State.GUARANTEE, State.SUPPLEMENT, State.FROZEN, State.DISBURSEMENT],
)
def test_an_accepted_case_takes_up_room_before_and_after_its_guarantee(offices, state):
    programme = a_programme(offices, deposit_fen=2 * TEN_THOUSAND_YUAN_FEN)
    cases.a_case_in(state, offices)
    assert waiting_line.projected_headroom_fen(programme) == 5_000_000


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.DECLINED, State.WITHDRAWN, State.EXPIRED])
def test_a_case_before_acceptance_or_after_its_end_takes_up_none(offices, state):
    programme = a_programme(offices, deposit_fen=2 * TEN_THOUSAND_YUAN_FEN)
    cases.a_case_in(state, offices)
    assert waiting_line.projected_headroom_fen(programme) == 10_000_000


def test_places_are_those_of_the_order_in_which_they_came(offices, programme):
    line = [waiting(offices, minutes=n) for n in range(3)]
    assert [waiting_line.place_of(one) for one in line] == [1, 2, 3]
    cases.withdraw(line[0], offices)
    assert [waiting_line.place_of(one) for one in line[1:]] == [1, 2]


def test_a_smaller_loan_does_not_overtake(offices, programme):
    waiting(offices)
    waiting(offices, amount_fen=1_000_000, minutes=1)
    deposit(programme.pool, offices, amount_fen=200_000, voucher_no="存 2026-2")  # room for 10,000 yuan
    assert waiting_line.next_up(programme) is None


def test_whoever_is_sent_back_queues_again(offices, programme):
    first, second = waiting(offices), waiting(offices, minutes=1)
    deposit(programme.pool, offices, amount_fen=TEN_THOUSAND_YUAN_FEN, voucher_no="存 2026-2")
    called = intake.call_up(first, by=offices.town_reviewer, at=MONDAY + timedelta(hours=1), version=None)
    back = intake.send_back(
        called, items=MISSING, by=offices.town_reviewer, at=MONDAY + timedelta(hours=2), version=None
    )
    # While she mends her papers the room is for whoever comes next.
    assert waiting_line.next_up(programme) == second
    cases.submit(back, at=MONDAY + timedelta(hours=3))
    assert [one.pk for one in waiting_line.line(programme)] == [second.pk]


def test_time_calls_up_whoever_there_is_room_for_in_order(offices, programme):
    line = [waiting(offices, minutes=n) for n in range(3)]
    assert passing_time.let_time_pass(by=offices.clock, at=MONDAY + timedelta(hours=1)) == 0
    deposit(programme.pool, offices, amount_fen=2 * TEN_THOUSAND_YUAN_FEN, voucher_no="存 2026-2")
    assert passing_time.let_time_pass(by=offices.clock, at=MONDAY + timedelta(hours=2)) == 2
    states = [Application.objects.get(pk=one.pk).state for one in line]
    assert states == [State.SUBMITTED, State.SUBMITTED, State.WAITLISTED]
