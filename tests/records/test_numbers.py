import pytest
from django.db import transaction

from records.numbers import next_in
from tests.makers.races import at_once


@pytest.mark.django_db
def test_numbers_run_from_one_in_each_series_and_year():
    assert [next_in("W", year=2026) for _ in range(3)] == [1, 2, 3]
    assert next_in("W", year=2027) == 1
    assert next_in("石妇贷", year=2026) == 1
    assert next_in("W", year=2026) == 4


@pytest.mark.django_db
def test_a_number_that_was_not_used_is_given_again():
    """No gaps: the number is taken in the transaction of what it numbers."""
    with transaction.atomic():
        next_in("W", year=2026)
        transaction.set_rollback(True)
    assert next_in("W", year=2026) == 1


def take_ten(_turn: int) -> list[int]:
    taken = []
    for _ in range(10):
        with transaction.atomic():
            taken.append(next_in("W", year=2026))
    return taken


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_six_who_ask_at_once_get_sixty_different_numbers_without_a_gap():
    taken = at_once(take_ten, range(6))
    assert sorted(number for numbers in taken for number in numbers) == list(range(1, 61))
