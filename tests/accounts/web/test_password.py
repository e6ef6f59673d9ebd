from datetime import datetime, timedelta

import pytest
from django.test import Client

from accounts.invitations import invitation_path
from tests.makers.people import PASSWORD, SHANGHAI, Offices, staff

NEW = "小满那天下了雨 2026"


@pytest.fixture
def newcomer(db):
    user = staff("newcomer", "沈知秋")
    user.set_unusable_password()
    user.save()
    return user


def test_a_newcomer_sets_her_own_password_and_signs_in_with_it(newcomer, client: Client):
    link = invitation_path(newcomer)
    assert newcomer.name in client.get(link).content.decode()
    assert client.post(link, {"password": NEW, "again": NEW})["Location"] == "/staff/login"
    assert client.post("/staff/login", {"username": "newcomer", "password": NEW}).status_code == 302


def test_a_link_works_once(newcomer, client: Client):
    link = invitation_path(newcomer)
    client.post(link, {"password": NEW, "again": NEW})
    again = client.post(link, {"password": "another-one-2026", "again": "another-one-2026"})
    assert again.status_code == 410
    newcomer.refresh_from_db()
    assert newcomer.check_password(NEW)


def test_a_link_works_for_a_day(newcomer, client: Client, time_machine):
    link, made_at = invitation_path(newcomer), datetime.now(SHANGHAI)
    time_machine.move_to(made_at + timedelta(hours=23))
    assert client.get(link).status_code == 200
    time_machine.move_to(made_at + timedelta(hours=25))
    assert client.get(link).status_code == 410


@pytest.mark.parametrize("made_up", ["/staff/password/MQ/made-up", "/staff/password/!!/x", "/staff/password/4pyT/x"])
def test_a_made_up_link_opens_nothing(db, client: Client, made_up):
    assert client.get(made_up).status_code == 410


def test_a_link_opens_nothing_once_she_has_left(newcomer, client: Client):
    link = invitation_path(newcomer)
    newcomer.is_active = False
    newcomer.save()
    assert client.get(link).status_code == 410


@pytest.mark.parametrize(
    ("password", "again", "words"),
    [
        ("", "", "写上新密码"),
        ("short", "short", "密码至少 8 位"),
        ("password", "password", "太常见"),
        (NEW, NEW + "x", "两遍写得不一样"),
        ("长" * 129, "长" * 129, "密码最多 128 位"),
    ],
    ids=["empty", "short", "common", "differs", "long"],
)
def test_a_password_that_will_not_do_says_what_would(newcomer, client: Client, password, again, words):
    response = client.post(invitation_path(newcomer), {"password": password, "again": again})
    assert response.status_code == 422
    assert words in response.content.decode()
    newcomer.refresh_from_db()
    assert not newcomer.has_usable_password()


def test_a_new_password_ends_every_other_session(offices: Offices, client: Client):
    at_another_desk = Client()
    at_another_desk.post("/staff/login", {"username": "sysadmin", "password": PASSWORD})
    assert at_another_desk.get("/admin/").status_code == 200
    offices.sysadmin.refresh_from_db()
    client.post(invitation_path(offices.sysadmin), {"password": NEW, "again": NEW})
    assert at_another_desk.get("/admin/").status_code == 302
