import inspect

import pytest
from django.db import IntegrityError, connection

from loans import refusals
from loans.models import Programme
from loans.refusals import LetterNumberUsed, PoolExhausted, named
from records.refusals import Refusal
from tests.makers.loans import make_programme

OURS = [
    one
    for _name, one in inspect.getmembers(refusals, inspect.isclass)
    if issubclass(one, Refusal) and one.__module__ == refusals.__name__ and not one.__subclasses__()
]


def test_every_refusal_has_a_code_of_its_own():
    codes = [one.code for one in OURS]
    assert len(codes) == len(set(codes)) > 20
    assert "refused" not in codes


@pytest.mark.parametrize("refusal", OURS)
def test_a_refusal_says_what_to_do_and_leaves_no_gap(refusal):
    words = refusal().words
    assert words["message"].endswith("。")
    assert "%(" not in words["message"] + words["message_en"]
    assert not set("请") & set(words["message"])


def test_what_is_short_is_said_in_yuan():
    assert "1,234.56" in PoolExhausted(123_456).words["message"]


def test_what_the_database_refuses_gets_its_name_and_the_transaction_goes_on(db):
    make_programme("taken")
    with pytest.raises(LetterNumberUsed) as refused, named({"code": LetterNumberUsed}):
        make_programme("taken")
    assert isinstance(refused.value.__cause__, IntegrityError)
    assert Programme.objects.count() == 1


def test_another_trouble_is_raised_as_it_is(db):
    make_programme("taken")
    with pytest.raises(IntegrityError), named({"something else": LetterNumberUsed}):
        make_programme("taken")
    with pytest.raises(ZeroDivisionError), named({"code": LetterNumberUsed}):
        _ = 1 // 0
    assert connection.is_usable()
