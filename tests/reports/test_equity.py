"""The groups of small_city by hand, and that the public table tells of no single woman."""

from datetime import date

from reports.equity import Part, Side, for_everybody, parts_of
from reports.periods import Period
from tests.reports.small_city import TODAY


def the_year(key: str = "2026") -> Period:
    found = Period.read(key)
    assert found is not None
    return found


def a_part(key: str, women: int, *, refused: int = 0, paid: int = 0) -> Part:
    return Part(key, women, women, refused, paid, 7 if paid else None)


def test_towns_are_counted_by_hand(city, offices):
    towns = parts_of(offices.city, period=the_year(), today=TODAY)[Side.TOWN]
    assert [(one.declared, one.refused, one.paid, one.median_days) for one in towns] == [
        (6, 1, 2, 0),
        (1, 0, 1, 0),
        (1, 0, 0, None),
    ]


def test_every_way_of_telling_them_apart_comes_to_the_same_sum(city, offices):
    parts = parts_of(offices.city, period=the_year(), today=TODAY)
    for side in Side:
        assert sum(one.declared or 0 for one in parts[side]) == 8
        assert sum(one.refused or 0 for one in parts[side]) == 1
        assert sum(one.paid or 0 for one in parts[side]) == 3


def test_ages_are_those_of_the_day_she_handed_in(city, offices):
    ages = parts_of(offices.city, period=the_year(), today=date(2040, 1, 1))[Side.AGE]
    assert {one.key for one in ages} <= {"18-29", "30-39", "40-49", "50-150"}


def test_another_year_is_empty(city, offices):
    assert not any(parts_of(offices.city, period=the_year("2025"), today=TODAY).values())


def test_of_fewer_than_three_women_the_public_is_told_nothing():
    told = for_everybody([a_part("a", 2), a_part("b", 1), a_part("c", 9)])
    assert [one.is_told for one in told] == [False, False, True]


def test_a_single_hidden_group_takes_the_smallest_other_with_it():
    told = for_everybody([a_part("a", 2), a_part("b", 5), a_part("c", 9)])
    assert [one.is_told for one in told] == [False, False, True]
    assert [one.is_told for one in for_everybody([a_part("a", 3), a_part("b", 4)])] == [True, True]


def test_one_or_two_refused_or_paid_are_not_told_either():
    [told] = for_everybody([a_part("a", 9, refused=2, paid=1)])
    assert (told.declared, told.refused, told.paid, told.median_days) == (9, None, None, None)
    [told] = for_everybody([a_part("a", 9, refused=3, paid=4)])
    assert (told.refused, told.paid, told.median_days) == (3, 4, 7)
