from datetime import datetime, timedelta

import pytest
from django.contrib.auth import get_user
from django.test import Client
from django.utils import timezone

from accounts.roles import Role
from accounts.web.landing import LANDINGS
from accounts.web.session_limits import SEEN_AT, SIGNED_IN_AT
from tests.makers.people import PASSWORD, Offices, phone_user


def sign_in(client: Client, username: str, password: str = PASSWORD, *, to: str = ""):
    return client.post("/staff/login" + (f"?next={to}" if to else ""), {"username": username, "password": password})


@pytest.mark.parametrize(
    ("username", "landing"),
    [
        ("helper", "/helper"),
        ("town", "/work"),
        ("city", "/work"),
        ("leader", "/work"),
        ("guarantor", "/partner"),
        ("bank", "/partner"),
        ("finance", "/finance"),
        ("sysadmin", "/admin/"),
        ("secadmin", "/admin-office"),
        ("auditor", "/admin-office"),
    ],
)
def test_each_role_begins_its_day_where_its_work_lies(offices: Offices, client: Client, username, landing):
    response = sign_in(client, username)
    assert (response.status_code, response["Location"]) == (302, landing)


def test_every_role_has_a_place_to_begin():
    assert set(LANDINGS) == {str(role) for role in Role}


def test_she_goes_on_to_the_page_she_wanted(offices: Offices, client: Client):
    assert sign_in(client, "town", to="/case/W2026-0101")["Location"] == "/case/W2026-0101"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"]
)
def test_no_link_leads_to_another_site_after_signing_in(offices: Offices, client: Client, elsewhere):
    assert sign_in(client, "town", to=elsewhere)["Location"] == "/work"


def test_a_wrong_password_and_an_unknown_name_read_the_same(offices: Offices, client: Client):
    wrong, unknown = sign_in(client, "town", "wrong-wrong"), sign_in(client, "nobody", "wrong-wrong")
    assert wrong.status_code == unknown.status_code == 422
    words = [response.context["form"].non_field_errors() for response in (wrong, unknown)]
    assert words[0] == words[1]
    assert "账号或密码不对" in words[0][0]


def test_what_is_left_empty_is_asked_for(db, client: Client):
    response = client.post("/staff/login", {})
    assert response.status_code == 422
    assert "写上账号" in response.content.decode()
    assert "写上密码" in response.content.decode()


def test_five_wrong_passwords_lock_that_name_at_that_address_only(offices: Offices, client: Client):
    for _ in range(5):
        response = sign_in(client, "town", "wrong-wrong")
    assert response.status_code == 429
    assert "等一刻钟再登录" in response.content.decode()
    # Even the right one, from here; from elsewhere she gets in, so nobody can lock her out.
    assert sign_in(client, "town").status_code == 429
    elsewhere = Client(REMOTE_ADDR="10.0.0.9")
    assert sign_in(elsewhere, "town").status_code == 302
    assert sign_in(client, "city").status_code == 302


def test_whoever_left_does_not_get_in(offices: Offices, client: Client):
    offices.town_reviewer.is_active = False
    offices.town_reviewer.save()
    assert sign_in(client, "town").status_code == 422


def test_an_account_that_is_closed_is_out_at_its_next_click(offices: Offices, client: Client):
    client.force_login(offices.town_reviewer, backend="accounts.backends.StaffBackend")
    offices.town_reviewer.is_active = False
    offices.town_reviewer.save()
    assert not get_user(client).is_authenticated


def test_neither_an_applicant_nor_a_machine_has_a_password(offices: Offices, client: Client):
    her = phone_user("a-phone")
    for user in (her, offices.clock):
        user.set_password(PASSWORD)
        user.save()
        assert sign_in(client, user.username).status_code == 422


def test_signing_in_changes_the_session_so_that_nobody_can_plant_one(offices: Offices, client: Client):
    client.get("/staff/login")
    planted = client.session
    planted["planted"] = True
    planted.save()
    sign_in(client, "town")
    assert client.session.session_key != planted.session_key


def test_signing_out_leaves_nothing_for_the_next_person_at_the_desk(offices: Offices, client: Client):
    client.force_login(offices.town_reviewer, backend="accounts.backends.StaffBackend")
    response = client.post("/logout")
    assert (response.status_code, response["Location"]) == (302, "/staff/login")
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert not get_user(client).is_authenticated


def test_she_leaves_for_the_front_page(db, client: Client):
    client.force_login(phone_user("a-phone"), backend="applicants.backends.PhoneBackend")
    response = client.post("/logout")
    assert (response["Location"], response["Clear-Site-Data"]) == ("/", '"cache", "storage"')
    assert "这台手机上没有留下您的申请" in client.get("/").content.decode()


def test_a_link_does_not_sign_anybody_out(offices: Offices, client: Client):
    client.force_login(offices.town_reviewer, backend="accounts.backends.StaffBackend")
    assert client.get("/logout").status_code == 405
    assert get_user(client).is_authenticated


def _seen(client: Client, *, signed_in_ago: timedelta, seen_ago: timedelta) -> None:
    session = client.session
    session[SIGNED_IN_AT] = (timezone.now() - signed_in_ago).isoformat()
    session[SEEN_AT] = (timezone.now() - seen_ago).isoformat()
    session.save()


@pytest.mark.parametrize(
    ("signed_in_ago", "seen_ago", "stays"),
    [
        (timedelta(minutes=20), timedelta(minutes=14), True),
        (timedelta(minutes=20), timedelta(minutes=16), False),
        (timedelta(hours=8, minutes=1), timedelta(minutes=1), False),
        (timedelta(hours=7, minutes=59), timedelta(minutes=1), True),
    ],
)
def test_a_desk_that_was_left_signs_itself_out(offices: Offices, client: Client, signed_in_ago, seen_ago, stays):
    client.force_login(offices.town_reviewer, backend="accounts.backends.StaffBackend")
    _seen(client, signed_in_ago=signed_in_ago, seen_ago=seen_ago)
    client.get("/staff/login")
    assert get_user(client).is_authenticated is stays


def test_working_on_keeps_the_session_open(offices: Offices, client: Client):
    client.force_login(offices.town_reviewer, backend="accounts.backends.StaffBackend")
    _seen(client, signed_in_ago=timedelta(hours=1), seen_ago=timedelta(minutes=10))
    client.get("/staff/login")
    seen_at = datetime.fromisoformat(client.session[SEEN_AT])
    assert timezone.now() - seen_at < timedelta(minutes=1)


def test_she_herself_is_not_hurried(db, client: Client):
    client.force_login(phone_user("a-phone"), backend="applicants.backends.PhoneBackend")
    _seen(client, signed_in_ago=timedelta(days=1), seen_ago=timedelta(hours=9))
    client.get("/staff/login")
    assert get_user(client).is_authenticated
