"""Whole cases through the API alone."""

import re
from io import BytesIO

import pytest
import time_machine
from PIL import Image

from tests.makers.people import Offices, phone_user
from tests.workflows.api.bodies import APPROVAL, DRAFT, GUARANTEE, PAYMENT, REASONS, SIGNING, VISIT
from tests.workflows.api.client import Caller

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("programme")]


@pytest.fixture(autouse=True)
def _monday_morning():
    with time_machine.travel("2026-09-21T09:00:00+08:00", tick=False):
        yield


def photograph(her: Caller, number: str, kind: str) -> None:
    picture = BytesIO()
    Image.new("RGB", (640, 400), "wheat").save(picture, "JPEG")
    picture.seek(0)
    picture.name = "photo.jpg"
    path = f"/api/v1/applications/{number}/documents"
    answer = her.client.post(path, {"kind": kind, "file": picture}, format="multipart")
    assert answer.status_code == 201, answer.content


def hand_in(her: Caller) -> str:
    """A draft, its photographs, and off it goes."""
    draft = her.post("applications", DRAFT)
    assert draft.status_code == 201, draft.content
    number: str = draft.json()["number"]
    for kind in ("id_front", "id_back", "household_first", "household_self", "village_certificate", "site"):
        photograph(her, number, kind)
    assert_state(her.move(number, "submit"), "SUBMITTED")
    return number


def assert_state(answer, state: str) -> None:
    assert answer.status_code == 200, answer.content
    assert answer.json()["state"] == state


def recommended(her: Caller, offices: Offices) -> str:
    number = hand_in(her)
    town, city = Caller(offices.town_reviewer), Caller(offices.city_reviewer)
    assert_state(town.move(number, "accept"), "SURVEY")
    assert_state(town.move(number, "record_survey", **VISIT), "ELIGIBILITY")
    settle_what_asks(city, number)
    assert_state(city.move(number, "recommend", opinion="项目真实，同意推荐。"), "GUARANTEE")
    return number


def settle_what_asks(city: Caller, number: str) -> None:
    for finding in city.get(f"applications/{number}/findings").json():
        if finding["conclusion"] == "ask":
            settled = {"outcome": "met", "note": "看了走访记录，符合。"}
            assert city.post(f"applications/{number}/findings/{finding['rule']}", settled).status_code == 200


def test_from_her_phone_to_money_in_her_account(offices):
    her, bank, bank2 = Caller(phone_user("her")), Caller(offices.bank_officer), Caller(offices.bank_officer2)
    number = recommended(her, offices)
    assert re.fullmatch(r"W2026-\d{4}", number)
    assert_state(Caller(offices.guarantor_officer).move(number, "guarantee", **GUARANTEE), "DISBURSEMENT")
    assert_state(bank.move(number, "approve_loan", **APPROVAL), "SIGNING")
    assert_state(bank.move(number, "sign", **SIGNING), "PAYOUT")
    order = bank.post(f"applications/{number}/payout-instructions").json()
    release = f"applications/{number}/payout-instructions/{order['id']}"
    assert bank.post(release, {"outcome": "approved"}).json()["code"] == "same_person"
    assert bank2.post(release, {"outcome": "approved"}).status_code == 200
    assert_state(bank.move(number, "disburse", **PAYMENT), "DISBURSED")

    clock = her.get(f"applications/{number}/clock").json()
    assert (clock["state"], clock["breached"], clock["started_on"]) == ("DISBURSED", False, "2026-09-21")
    loan = her.get(f"applications/{number}").json()["offer"]
    assert (loan["state"], loan["amount"], loan["annual_rate"]) == ("ACTIVE", "50000.00", "4.50")
    schedule = her.get(f"loans/{loan['loan']}/schedule").json()
    assert sum(float(row["principal"]) for row in schedule) == 50_000
    pool = bank.get("guarantee-pools").json()[0]
    assert (pool["committed"], pool["reserved"], pool["available"]) == ("50000.00", "0.00", "4950000.00")
    moves = [row["move"] for row in her.get(f"applications/{number}/timeline").json()]
    assert moves == [
        "submit", "accept", "record_survey", "recommend", "guarantee", "approve_loan", "sign", "disburse"
    ]  # fmt: skip


def test_a_refusal_that_she_can_read(offices):
    her, city = Caller(phone_user("her")), Caller(offices.city_reviewer)
    number = hand_in(her)
    town = Caller(offices.town_reviewer)
    town.move(number, "accept")
    town.move(number, "record_survey", **VISIT)
    assert_state(city.move(number, "decline", reasons=REASONS), "DECLINED")
    assert her.get(f"applications/{number}").json()["state"] == "DECLINED"
    assert city.move(number, "recommend", opinion="改主意了。").json()["code"] == "move_not_open"


def test_changed_terms_that_she_accepts(offices):
    her, bank = Caller(phone_user("her")), Caller(offices.bank_officer)
    number = recommended(her, offices)
    Caller(offices.guarantor_officer).move(number, "guarantee", **GUARANTEE)
    less = {**APPROVAL, "approved_amount": "40000.00"}
    unexplained = bank.move(number, "approve_loan", **less)
    assert (unexplained.status_code, unexplained.json()["code"]) == (400, "invalid")
    assert_state(bank.move(number, "approve_loan", **less, reason="先贷少一点更稳当。"), "TERMS_OFFERED")
    assert her.get(f"applications/{number}/clock").json()["paused"] is True
    assert_state(her.move(number, "accept_terms"), "SIGNING")


def test_a_return_between_offices_and_a_withdrawal(offices):
    her, guarantor = Caller(phone_user("her")), Caller(offices.guarantor_officer)
    number = recommended(her, offices)
    assert_state(guarantor.move(number, "return_for_rework", reason="没写进货从哪里来。"), "ELIGIBILITY")
    assert_state(her.move(number, "withdraw", reason="家里凑够了。"), "WITHDRAWN")
    assert her.get(f"applications/{number}/moves").json()["moves"] == []
