from datetime import datetime, timedelta

import pytest
from django.contrib.auth import get_user
from django.test import Client

from accounts import second_factor
from tests.accounts.test_second_factor import NOON, shown
from tests.makers.people import PASSWORD, Offices


@pytest.fixture(autouse=True)
def with_second_factor(settings):
    settings.SECOND_FACTOR = True


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(NOON, tick=False)
    return time_machine


def sign_in(client: Client, code: str = "", username: str = "city", password: str = PASSWORD):
    return client.post("/staff/login", {"username": username, "password": password, "code": code})


def enrolled(offices: Offices, at: datetime = NOON):
    factor = second_factor.enrol(offices.city_reviewer)
    second_factor.confirm(factor, shown(factor, at), at=at)
    return factor


def test_the_first_time_she_binds_her_phone_and_is_in(offices: Offices, client: Client):
    assert sign_in(client)["Location"] == "/staff/second-factor"
    assert not get_user(client).is_authenticated
    page = client.get("/staff/second-factor")
    assert "data:image/svg" in page.content.decode()
    code = shown(second_factor.enrol(offices.city_reviewer))
    assert client.post("/staff/second-factor", {"code": code})["Location"] == "/work"
    assert get_user(client) == offices.city_reviewer


def test_from_then_on_the_password_alone_opens_nothing(offices: Offices, client: Client, at_noon):
    factor = enrolled(offices)
    response = sign_in(client)
    assert response.status_code == 422
    assert "动态码不对" in response.content.decode()
    later = NOON + timedelta(minutes=1)
    at_noon.move_to(later, tick=False)
    assert sign_in(client, shown(factor, later))["Location"] == "/work"


def test_nor_does_the_code_without_the_password(offices: Offices, client: Client):
    factor = enrolled(offices, NOON - timedelta(minutes=5))
    response = sign_in(client, shown(factor), password="wrong-wrong")
    assert response.status_code == 422
    assert "动态码" not in "".join(response.context["form"].non_field_errors())


def test_the_page_for_binding_is_closed_to_whoever_has_not_proven_herself(offices: Offices, client: Client, at_noon):
    assert client.get("/staff/second-factor")["Location"] == "/staff/login"
    sign_in(client)
    at_noon.move_to(NOON + timedelta(minutes=11), tick=False)
    assert client.get("/staff/second-factor")["Location"] == "/staff/login"


def test_nobody_binds_a_second_phone_to_an_account_that_has_one(offices: Offices, client: Client):
    sign_in(client)
    enrolled(offices)
    assert client.get("/staff/second-factor")["Location"] == "/staff/login"


@pytest.mark.parametrize(("code", "words"), [("", "抄上 6 位数字"), ("12", "6 位数字"), ("000000", "动态码不对")])
def test_a_wrong_code_says_what_to_do(offices: Offices, client: Client, code, words):
    sign_in(client)
    response = client.post("/staff/second-factor", {"code": code})
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not get_user(client).is_authenticated


def test_codes_are_not_to_be_guessed(offices: Offices, client: Client):
    enrolled(offices)
    for _ in range(5):
        response = sign_in(client, "000000")
    assert response.status_code == 429


def test_the_administrator_lets_her_bind_another_phone(offices: Offices, client: Client, settings):
    enrolled(offices)
    administrator = Client()
    administrator.force_login(offices.sysadmin, backend="accounts.backends.StaffBackend")
    administrator.post(
        "/admin/accounts/user/", {"action": "forget_phone", "_selected_action": [offices.city_reviewer.pk]}
    )
    assert sign_in(client)["Location"] == "/staff/second-factor"


def test_the_demo_goes_without(offices: Offices, client: Client, settings):
    settings.SECOND_FACTOR = False
    assert "动态码" not in client.get("/staff/login").content.decode()
    assert sign_in(client)["Location"] == "/work"
