from datetime import timedelta

import pytest
import time_machine

from records.models import AuditEntry
from tests.makers.people import OPENED_AT, PASSWORD, phone_user


def entries():
    return list(AuditEntry.objects.order_by("pk").values_list("by__username", "action", "outcome", "about"))


def sign_in(client, username="leader", password=PASSWORD):
    return client.post("/staff/login", {"username": username, "password": password})


def test_whoever_signs_in_and_out_stands_in_the_log(client, offices):
    sign_in(client)
    client.post("/logout")
    assert entries() == [("leader", "sign_in", "done", ""), ("leader", "sign_out", "done", "")]


def test_a_wrong_password_is_written_to_the_account_that_was_tried(client, offices):
    sign_in(client, password="wrong")
    assert entries() == [("leader", "sign_in", "wrong_credentials", "")]


def test_a_name_that_is_no_account_is_not_kept(client, offices):
    """It may be a password that was typed into the wrong field."""
    sign_in(client, username=PASSWORD)
    assert entries() == [(None, "sign_in", "wrong_credentials", "")]


def test_an_account_that_locks_says_so(client, offices):
    for _ in range(6):
        sign_in(client, password="wrong")
    assert [outcome for _who, _action, outcome, _about in entries()][-1] == "locked"


@pytest.mark.parametrize("sent", [{"username": "", "password": "x"}, {"username": "leader", "password": ""}])
def test_an_empty_form_is_no_attempt(client, offices, sent):
    client.post("/staff/login", sent)
    assert entries() == []


def test_a_session_that_ends_by_itself_is_a_sign_out(client, offices):
    with time_machine.travel(OPENED_AT, tick=False):
        sign_in(client)
        client.get("/staff/login")
    with time_machine.travel(OPENED_AT + timedelta(hours=1), tick=False):
        client.get("/staff/login")
    assert [entry[:3] for entry in entries()] == [("leader", "sign_in", "done"), ("leader", "sign_out", "done")]


def test_one_person_after_another_at_the_same_desk_is_both(client, offices):
    sign_in(client)
    sign_in(client, username="city")
    assert [entry[:2] for entry in entries()] == [
        ("leader", "sign_in"),
        ("leader", "sign_out"),
        ("city", "sign_in"),
    ]


def test_looking_at_pages_writes_nothing(client, offices):
    client.get("/staff/login")
    client.force_login(phone_user("phone-1"))
    client.get("/staff/login")
    assert entries() == []
