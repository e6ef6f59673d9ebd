from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import IntegrityError, transaction

from accounts import second_factor
from accounts.models import SecondFactor, User
from accounts.one_time_codes import code_of, step_at
from tests.makers.people import SHANGHAI, Offices

NOON = datetime(2026, 9, 17, 12, 0, tzinfo=SHANGHAI)


def shown(factor: SecondFactor, at: datetime = NOON) -> str:
    """What her app shows: computed from the address of the QR code alone, as an app does."""
    import base64

    secret = parse_qs(urlsplit(second_factor.address_for_app(factor)).query)["secret"][0]
    return code_of(base64.b32decode(secret), step=step_at(at))


@pytest.fixture
def factor(offices: Offices) -> SecondFactor:
    return second_factor.enrol(offices.city_reviewer)


def test_a_factor_counts_once_its_first_code_was_right(factor, offices):
    assert not second_factor.has_factor(offices.city_reviewer)
    assert not second_factor.confirm(factor, "000000", at=NOON)
    assert not second_factor.has_factor(offices.city_reviewer)
    assert second_factor.confirm(factor, shown(factor), at=NOON)
    assert second_factor.has_factor(offices.city_reviewer)


def test_a_code_opens_the_door_once(factor, offices):
    second_factor.confirm(factor, shown(factor), at=NOON)
    assert not second_factor.passes(offices.city_reviewer, shown(factor), at=NOON)
    later = NOON + timedelta(seconds=30)
    assert second_factor.passes(offices.city_reviewer, shown(factor, later), at=later)
    assert not second_factor.passes(offices.city_reviewer, shown(factor, later), at=later)


def test_a_code_of_another_person_opens_nothing(factor, offices):
    second_factor.confirm(factor, shown(factor), at=NOON)
    other = second_factor.enrol(offices.leader)
    second_factor.confirm(other, shown(other), at=NOON)
    later = NOON + timedelta(minutes=5)
    assert not second_factor.passes(offices.leader, shown(factor, later), at=later)


def test_a_factor_that_was_never_confirmed_opens_nothing(factor, offices):
    assert not second_factor.passes(offices.city_reviewer, shown(factor), at=NOON)


def test_a_lost_phone_is_forgotten_and_another_is_another_secret(factor, offices):
    second_factor.confirm(factor, shown(factor), at=NOON)
    secret = second_factor.shown_secret(factor)
    second_factor.forget(offices.city_reviewer)
    assert not second_factor.has_factor(offices.city_reviewer)
    assert second_factor.shown_secret(second_factor.enrol(offices.city_reviewer)) != secret


def test_the_secret_is_not_in_the_database(factor):
    row = SecondFactor.objects.values_list().get()
    assert second_factor.shown_secret(factor) not in map(str, row)


def test_a_new_key_of_the_service_keeps_phones_while_the_old_one_is_named(factor, offices, settings):
    code = shown(factor)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    assert second_factor.confirm(factor, code, at=NOON)


def test_each_has_one(factor, offices):
    with pytest.raises(IntegrityError), transaction.atomic():
        SecondFactor.objects.create(user=offices.city_reviewer, nonce="x")
    with pytest.raises(IntegrityError, match="a_second_factor_has_its_nonce"), transaction.atomic():
        SecondFactor.objects.create(user=User.objects.get(username="town"), nonce="")
