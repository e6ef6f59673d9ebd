from datetime import date

import pytest

from loans.claims.quarter import Quarter
from loans.claims.settlement import Rhythm, rhythm_of
from tests.makers.claims import SPRING, made
from tests.makers.loans import make_active_loan, make_policy, make_pool


def test_a_programme_settles_on_the_day_of_its_policy(offices):
    programme = make_policy(offices, changes={"settlement_day": 15}).programme
    pool = make_pool(offices, programme=programme)
    assert rhythm_of(pool).quarter_of(date(2026, 4, 1)) == Quarter(date(2026, 3, 16), date(2026, 6, 16))


def test_a_policy_without_a_settlement_day_follows_the_banks_usual_one(offices):
    programme = make_policy(offices, changes={"settlement_day": None}).programme
    assert rhythm_of(make_pool(offices, programme=programme)).quarter_of(date(2026, 4, 1)) == SPRING


@pytest.mark.parametrize(
    ("days", "following"),
    [
        ((20, 15), Quarter(date(2026, 6, 21), date(2026, 9, 16))),
        ((15, 20), Quarter(date(2026, 6, 16), date(2026, 6, 21))),
    ],
)
def test_a_change_of_the_day_leaves_no_day_out_and_counts_none_twice(days, following):
    before, after = days
    first = Rhythm([(date(2025, 1, 1), before)], []).quarter_of(date(2026, 4, 1))
    rhythm = Rhythm([(date(2025, 1, 1), before), (date(2026, 6, 1), after)], [first.to_on])
    assert rhythm.quarter_of(first.to_on) == following


def test_quarters_follow_the_claims_that_were_made(pool, offices):
    make_active_loan(pool, offices)
    made(pool, offices)
    told = list(rhythm_of(pool).through(SPRING.from_on, date(2026, 12, 21)))
    assert [one.from_on for one in told] == [date(2026, 3, 21), date(2026, 6, 21), date(2026, 9, 21)]
