"""The people of a draft over HTTP: the same checks as on the pages, and each agrees on their own phone."""

import re
from typing import Any

import pytest
import time_machine
from django.test import Client

from tests.makers.people import Offices, phone_user
from tests.makers.programme import policies_say
from tests.makers.women import an_id_no
from tests.workflows.api.bodies import DRAFT
from tests.workflows.api.client import Caller
from tests.workflows.web.filling import words_to

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("programme")]

SURETY: dict[str, Any] = {
    "full_name": "担保人甲",
    "id_no": an_id_no(3, is_female=False),
    "mobile": "13700000007",
    "kind": "person",
    "tie": "relative",
}
PARTNER: dict[str, Any] = {
    "full_name": "合伙人甲",
    "id_no": an_id_no(5),
    "share_percent": 30,
    "liability": "joint",
    "public_payroll": "no",
}


@pytest.fixture(autouse=True)
def _monday_morning():
    with time_machine.travel("2026-09-21T09:00:00+08:00", tick=False):
        yield


@pytest.fixture
def her() -> Caller:
    return Caller(phone_user("phone-1"))


def start(her: Caller, **more: Any) -> str:
    answer = her.post("applications", DRAFT | more)
    assert answer.status_code == 201, answer.content
    number: str = answer.json()["number"]
    return number


def test_who_vouches_agrees_on_his_own_phone_before_it_is_handed_in(her: Caller):
    number = start(
        her, surety_way="person", guarantors=[SURETY], household=[{"relation": "child", "occupation": "pupil"}]
    )
    (surety,) = her.get(f"applications/{number}/people").json()
    assert (surety["role"], surety["has_agreed"]) == ("guarantor", False)
    assert SURETY["id_no"] not in str(surety)
    refused = her.move(number, "submit").json()
    assert "people.guarantor_consent" in {error["field"] for error in refused["errors"]}
    asked = her.post(f"applications/{number}/people/{surety['key']}/ask", {"mobile": SURETY["mobile"]})
    assert asked.status_code == 204, asked.content
    found = re.search(r"/p/\S+", words_to(SURETY["mobile"])[0])
    assert found is not None
    Client().post(found.group(), {"answer": "yes"})
    assert her.get(f"applications/{number}/people").json()[0]["has_agreed"] is True


def test_a_partner_is_kept_where_the_policy_has_room(her: Caller):
    refused = her.post("applications", DRAFT | {"has_partners": True, "partners": [PARTNER]})
    assert refused.json()["code"] == "too_many_people"
    policies_say(partners_max=1)
    number = start(her, has_partners=True, partners=[PARTNER])
    assert [one["role"] for one in her.get(f"applications/{number}/people").json()] == ["partner"]
    her.patch(f"applications/{number}", {"partners": []})
    assert her.get(f"applications/{number}/people").json() == []


def test_she_is_not_her_own_surety(her: Caller):
    answer = her.post(
        "applications", DRAFT | {"surety_way": "person", "guarantors": [SURETY | {"id_no": DRAFT["id_no"]}]}
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "named_already")


@pytest.mark.parametrize("key", ["999", "spouse", "x"])
def test_nobody_is_asked_who_is_not_named(her: Caller, key):
    number = start(her)
    assert her.post(f"applications/{number}/people/{key}/ask", {"mobile": "13700000007"}).status_code == 403


def test_nobody_else_learns_whom_she_names(her: Caller, offices: Offices):
    number = start(her, surety_way="person", guarantors=[SURETY])
    for other in (Caller(phone_user("phone-2")), Caller(offices.town_reviewer)):
        assert other.get(f"applications/{number}/people").status_code == 404
