import pytest
from django.contrib.auth import authenticate
from django.test import RequestFactory

from tests.makers.people import PASSWORD, Offices, phone_user


def proven(username: str, password: str = PASSWORD):
    return authenticate(RequestFactory().post("/staff/login"), username=username, password=password)


def test_staff_are_found_by_name_and_password(offices: Offices):
    assert proven("town") == offices.town_reviewer
    assert proven("town", "wrong") is None
    assert proven("nobody") is None


@pytest.mark.parametrize("username", ["a-phone", "clock", "bank-core"])
def test_nobody_else_is_even_with_a_password(offices: Offices, username):
    her = phone_user("a-phone")
    for user in (her, offices.clock, offices.bank_system):
        user.set_password(PASSWORD)
        user.save()
    assert proven(username) is None
