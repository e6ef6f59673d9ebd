"""Claims over the API: made once for each key, and refused with a code and words."""

from collections.abc import Iterator
from datetime import date
from itertools import count

import pytest
import time_machine
from rest_framework.test import APIClient

from loans.models import SubsidyClaim
from tests.makers.claims import made
from tests.makers.loans import moment

CLAIMS = "/api/v1/subsidy-claims"
_keys = count(1)


@pytest.fixture(autouse=True)
def the_day_after_the_interest_date() -> Iterator[None]:
    with time_machine.travel(moment(date(2026, 6, 22), 9), tick=False):
        yield


def post(user, body, *, path=CLAIMS, key=None):
    client = APIClient()
    client.force_authenticate(user)
    headers = {} if key == "" else {"Idempotency-Key": key or f"claim {next(_keys)}"}
    return client.post(path, body, format="json", headers=headers)


def get(user, path=CLAIMS):
    client = APIClient()
    client.force_authenticate(user)
    return client.get(path)


def body(pool, **changed):
    return {"pool": pool.pk, "quarter_of": "2026-04-01", **changed}


def refused(answer):
    said = answer.json()
    assert said["message"]
    assert said["message_en"]
    return answer.status_code, said["code"]


def test_the_banks_system_makes_a_claim_once(pool, loan, offices):
    first = post(offices.bank_system, body(pool), key="Q2")
    again = post(offices.bank_system, body(pool), key="Q2")
    assert (first.status_code, first.content) == (201, again.content)
    assert SubsidyClaim.objects.count() == 1
    said = first.json()
    assert (said["number"], said["state"], said["from_on"], said["to_on"]) == (
        "T2026-0001",
        "DRAFT",
        "2026-03-21",
        "2026-06-21",
    )
    (line,) = said["lines"]
    assert (line["days"], line["computed"], line["asked"], line["difference"]) == (92, "575.00", "575.00", "0.00")
    assert refused(post(offices.bank_system, body(pool, quarter_of="2026-04-02"), key="Q2")) == (
        422,
        "idempotency_key_reused",
    )


@pytest.mark.parametrize(
    ("changed", "wanted"),
    [
        ({"quarter_of": "2026-07-01"}, (409, "claim_too_early")),
        ({"lines": [{"amount": "610.60"}]}, (409, "over_without_reason")),
        ({"lines": [{"amount": "575.00", "days": 93, "reason": "多一天"}]}, (409, "excluded_days")),
    ],
)
def test_what_cannot_be_claimed_has_a_code_and_leaves_nothing(pool, loan, offices, changed, wanted):
    for line in changed.get("lines", []):
        line["loan"] = loan.number
    assert refused(post(offices.bank_officer, body(pool, **changed))) == wanted
    assert not SubsidyClaim.objects.exists()


def test_a_second_claim_and_another_role_are_refused(pool, loan, offices):
    made(pool, offices)
    assert refused(post(offices.bank_officer, body(pool))) == (409, "claimed_already")
    for who in (offices.finance_officer, offices.guarantor_officer, offices.leader):
        assert refused(post(who, body(pool))) == (403, "not_permitted")


def test_without_a_key_and_with_a_wrong_amount(pool, loan, offices):
    assert post(offices.bank_officer, body(pool), key="").status_code == 400
    wrong = post(offices.bank_officer, body(pool, lines=[{"loan": loan.number, "amount": "many"}]))
    assert (wrong.status_code, wrong.json()["code"]) == (400, "invalid")


def test_a_second_officer_hands_it_in_by_its_version(pool, loan, offices):
    claim = made(pool, offices)
    path = f"{CLAIMS}/{claim.pk}"
    assert refused(post(offices.bank_officer, {"version": 0, "submit": True}, path=path)) == (403, "same_person")
    assert refused(post(offices.bank_officer2, {"version": 5, "submit": True}, path=path)) == (409, "stale")
    assert get(offices.finance_officer, path).status_code == 404
    said = post(offices.bank_officer2, {"version": 0, "submit": True}, path=path).json()
    assert (said["state"], said["version"]) == ("SUBMITTED", 1)
    assert [one["number"] for one in get(offices.finance_officer).json()] == [claim.number]
    assert get(offices.leader).json() == []
    assert post(offices.finance_officer, {"version": 1}, path=path).status_code == 403
