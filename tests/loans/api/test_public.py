"""The two questions that everybody may ask, with nothing stored."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from applicants.models import Applicant
from records.models import Notice
from tests.makers.people import office_tree
from tests.makers.programme import a_programme
from workflows.models import Application

pytestmark = pytest.mark.django_db

ANSWERS = {
    "birth_month": "1985-03",
    "resides_in_city": "yes",
    "public_payroll": "no",
    "other_loans": [],
    "project_type": "farm_stay",
    "has_overdue_debt": "no",
    "amount": "50000.00",
}


@pytest.fixture(autouse=True)
def _programme():
    a_programme(office_tree())


def ask(path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = APIClient().post(f"/api/v1/{path}", body, format="json")
    assert answer.status_code == 200, answer.content
    told: dict[str, Any] = answer.json()
    return told


def test_who_meets_every_rule_may_apply():
    answer = ask("eligibility-checks", ANSWERS)
    assert answer["outcome"] == "eligible"
    assert {finding["outcome"] for finding in answer["findings"]} == {"met"}
    assert all(finding["clause"] or finding["title"] for finding in answer["findings"])


def test_what_she_does_not_know_is_a_question_for_a_person():
    assert ask("eligibility-checks", {**ANSWERS, "has_overdue_debt": "unknown"})["outcome"] == "ask"


def test_public_payroll_is_a_not_yet_with_something_else_to_do():
    answer = ask("eligibility-checks", {**ANSWERS, "public_payroll": "yes"})
    assert answer["outcome"] == "not_yet"
    refused = [finding for finding in answer["findings"] if finding["outcome"] == "not_met"]
    assert [finding["rule"] for finding in refused] == ["public_payroll"]
    assert refused[0]["advice"]


def test_an_age_band_will_do_instead_of_a_month():
    band = {key: value for key, value in ANSWERS.items() if key != "birth_month"}
    assert ask("eligibility-checks", {**band, "age_band": "31_to_45"})["outcome"] == "eligible"


def test_both_or_neither_of_month_and_band_is_refused():
    for body in ({**ANSWERS, "age_band": "31_to_45"}, {k: v for k, v in ANSWERS.items() if k != "birth_month"}):
        answer = APIClient().post("/api/v1/eligibility-checks", body, format="json")
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["field"] == "birth_month"


def test_nothing_is_stored():
    ask("eligibility-checks", ANSWERS)
    ask("loan-quotes", {"amount": "50000.00", "term_months": 12, "method": "interest_only"})
    for model in (Application, Applicant, Notice):
        assert not model.objects.exists()


def test_a_quote_says_who_pays_and_which_way_the_money_goes():
    body = {"amount": "50000.00", "term_months": 12, "method": "interest_only", "start_on": "2026-03-10"}
    quote = ask("loan-quotes", body)
    assert (quote["total_interest"], quote["subsidy"], quote["borrower_pays"]) == ("2281.25", "2281.25", "0.00")
    assert (quote["annual_rate"], quote["subsidy_payment"]) == ("4.50", "refund")
    assert [row["interest"] for row in quote["instalments"]] == ["68.75", "575.00", "575.00", "568.75", "493.75"]


@pytest.mark.parametrize(
    ("change", "field"),
    [({"amount": "9000.00"}, "amount"), ({"amount": "50500.00"}, "amount"), ({"term_months": 13}, "term_months")],
)
def test_a_quote_outside_the_policy_names_the_field(change, field):
    body = {"amount": "50000.00", "term_months": 12, "method": "interest_only", **change}
    answer = APIClient().post("/api/v1/loan-quotes", body, format="json")
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_a_body_that_is_no_json_is_a_plain_error():
    answer = APIClient().post("/api/v1/loan-quotes", b"{", content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed")
