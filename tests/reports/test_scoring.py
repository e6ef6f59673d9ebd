"""Scores by hand: what isn't measured is left out, what exceeds counts as the whole, equals share a rank."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from reports.scoring import Share, ranks, score

WEIGHTS = {"target": 40, "on_time": 60}


def test_a_score_is_the_weighted_mean_of_the_shares():
    assert score({"target": Share(1, 2), "on_time": Share(3, 4)}, WEIGHTS) == Decimal("65.0")


def test_what_cannot_be_measured_is_left_out():
    assert score({"target": Share(0, 0), "on_time": Share(3, 4)}, WEIGHTS) == Decimal("75.0")
    assert score({"target": Share(0, 0), "on_time": Share(0, 0)}, WEIGHTS) is None


def test_more_than_the_whole_is_the_whole():
    assert Share(30, 20).points == 100
    assert Share(0, 0).points is None


def test_equals_share_a_rank_and_the_next_one_is_passed_over():
    scores = [Decimal("80.0"), None, Decimal("90.0"), Decimal("80.0"), Decimal("70.0")]
    assert ranks(scores) == [2, None, 1, 2, 4]
    assert ranks([]) == []


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=2, max_size=2))
def test_a_score_is_between_nought_and_a_hundred(parts):
    found = score(dict(zip(WEIGHTS, (Share(*part) for part in parts), strict=True)), WEIGHTS)
    assert found is None or 0 <= found <= 100
