"""What is to become of the hundred: who is paid, who stands where, and how the others end."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from workflows.demo import turns
from workflows.demo.stories import Act, Detour
from workflows.states import State

HALF_YEAR = timedelta(days=182)
PAID, LENT_FEN, STEP_FEN = 50, 250_000_000, 100_000
METHODS: Final = ("interest_only", "equal_instalment", "equal_principal")
DRAFTS_OF_HER_OWN = 5  # and one that waits for her own yes
# Cases on the way ask for what the pool can still promise but this, so that the last woman has to wait in line.
LEFT_OVER_FEN = 4_000_000
MOST_FEN = 10_000_000
# What those ask for whom the town has not accepted yet: the pool hasn't counted them.
NOT_COUNTED_FEN = 3_000_000


@dataclass(frozen=True)
class OnTheWay:
    """A case that is still open at the end: so many working days before, and where it stands."""

    days_ago: int
    until: State
    detour_at: State | None = None
    detour: Detour | None = None
    ending: Act | None = None
    delays: Mapping[str, int] | None = None


# State, how it ends there, and after how much of the half-year, in per cent.
ENDED: Final[tuple[tuple[State, Act, int], ...]] = (
    (State.ELIGIBILITY, turns.city_declines, 8),
    (State.ELIGIBILITY, turns.city_declines, 37),
    (State.ELIGIBILITY, turns.city_declines, 92),  # still in the days of appeal at the end
    (State.SURVEY, turns.town_declines, 15),
    (State.SURVEY, turns.town_declines, 52),
    (State.GUARANTEE, turns.guarantor_refuses, 28),
    (State.DISBURSEMENT, turns.bank_refuses, 44),
    (State.DISBURSEMENT, turns.bank_refuses, 63),
    (State.SUBMITTED, turns.she_withdraws, 20),
    (State.SURVEY, turns.she_withdraws, 58),
    (State.GUARANTEE, turns.she_withdraws, 77),
    (State.DISBURSEMENT, turns.she_declines_terms, 66),
)
# Asked for papers and never heard of again: time ends these.
LAPSED_PERCENT: Final = (33, 60)

ON_THE_WAY: Final[tuple[OnTheWay, ...]] = (
    OnTheWay(12, State.GUARANTEE, delays={State.ELIGIBILITY: 1}),  # the promise is broken
    *[OnTheWay(7, State.PAYOUT)] * 2,
    *[OnTheWay(6, State.SIGNING)] * 3,
    OnTheWay(6, State.DISBURSEMENT, ending=turns.offer_less),
    *[OnTheWay(5, State.DISBURSEMENT)] * 4,
    OnTheWay(6, State.GUARANTEE, detour_at=State.GUARANTEE, detour=turns.sent_back_once),
    OnTheWay(5, State.GUARANTEE, ending=turns.return_it),
    *[OnTheWay(4, State.GUARANTEE)] * 5,
    *[OnTheWay(4, State.ELIGIBILITY, ending=turns.ask_for_papers)] * 3,
    *[OnTheWay(3, State.ELIGIBILITY)] * 4,
    OnTheWay(3, State.SURVEY, ending=turns.not_hers),
    *[OnTheWay(2, State.SURVEY)] * 5,
    *[OnTheWay(1, State.SUBMITTED)] * 4,
)
