from datetime import date

import pytest

from loans.on_offer import policy_on_offer
from loans.refusals import NoPolicyInForce
from tests.makers.loans import make_policy
from tests.makers.programme import a_policy, a_programme

TODAY = date(2026, 9, 21)


def test_what_is_offered_is_the_newest_policy_in_force(offices):
    programme = a_programme(offices)
    newer = a_policy(programme, offices, changes={"version": "石榴市 2026-2", "valid_from": date(2026, 7, 1)})
    assert policy_on_offer(on=TODAY) == newer
    assert policy_on_offer(on=date(2026, 6, 30)).version == "石榴市 2026-1"


def test_a_policy_of_tomorrow_is_not_offered_today(offices):
    programme = a_programme(offices)
    a_policy(programme, offices, changes={"version": "石榴市 2027-1", "valid_from": date(2026, 9, 22)})
    assert policy_on_offer(on=TODAY).version == "石榴市 2026-1"


def test_a_programme_without_a_pool_offers_nothing_yet(offices):
    make_policy(offices)
    with pytest.raises(NoPolicyInForce):
        policy_on_offer(on=TODAY)


def test_before_the_first_policy_nothing_is_offered(offices):
    a_programme(offices)
    with pytest.raises(NoPolicyInForce):
        policy_on_offer(on=date(2025, 12, 31))
