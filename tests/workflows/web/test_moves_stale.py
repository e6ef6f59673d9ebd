"""Every form for an older version of the case: what was typed stays, and the page says what happened meanwhile."""

from typing import Any

import pytest
import time_machine

from loans.models import Programme
from tests.makers.cases import MONDAY, a_case_in
from tests.makers.people import Offices
from tests.workflows.web.offices_at_work import VISIT, act, browser_of, fresh, page_of
from workflows.states import State

pytestmark = pytest.mark.django_db

TYPED = "写了很久的一句话，一个字也不能丢。"
REASONS = {"reasons": "project", "words_project": TYPED, "advice_project": "换成农家乐，可以再来。"}
MISSING = {"missing": "id_front", "why_id_front": TYPED}

# state, who, move, what was sent
FORMS: dict[str, tuple[State, str, str, dict[str, Any]]] = {
    "accept": (State.SUBMITTED, "town_reviewer", "accept", {}),
    "send back": (State.SUBMITTED, "town_reviewer", "send_back", MISSING),
    "visit": (State.SURVEY, "town_reviewer", "record_survey", VISIT | {"seen": TYPED}),
    "ask for papers": (State.ELIGIBILITY, "city_reviewer", "request_supplement", MISSING),
    "recommend": (State.ELIGIBILITY, "city_reviewer", "recommend", {"opinion": TYPED}),
    "decline": (State.ELIGIBILITY, "city_reviewer", "decline", REASONS),
    "return": (State.ELIGIBILITY, "city_reviewer", "return_for_rework", {"reason": TYPED}),
    "freeze": (State.ELIGIBILITY, "city_reviewer", "freeze", {"reason": TYPED}),
    "unfreeze": (State.FROZEN, "city_reviewer", "unfreeze", {"reason": TYPED}),
    "refuse to guarantee": (State.GUARANTEE, "guarantor_officer", "refuse_guarantee", REASONS),
    "refuse the loan": (State.DISBURSEMENT, "bank_officer", "refuse_loan", REASONS),
}


@pytest.fixture(autouse=True)
def at_work(programme: Programme):
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.mark.parametrize("name", FORMS)
def test_what_was_typed_for_an_older_version_is_kept_and_nothing_is_done(offices: Offices, name):
    state, who, move, sent = FORMS[name]
    case = a_case_in(state, offices)
    if move == "record_survey":
        sent = sent | {"visitors": [offices.town_reviewer.pk, offices.town_reviewer2.pk]}
    browser, old = browser_of(getattr(offices, who)), {"version": str(case.version - 1), **sent}
    page = f"/case/{case.number}/visit" if move == "record_survey" else f"/case/{case.number}/moves/{move}"
    refused = browser.post(page, old)
    text = page_of(refused)
    assert refused.status_code == 409
    assert "这件刚被改过。您写的还在，核对后再交。" in text
    assert "刚才有人办过：" in text
    assert (TYPED in text) == (TYPED in str(sent))
    assert f'name="version" value="{case.version}"' in text
    assert (fresh(case).state, fresh(case).version) == (case.state, case.version)


def test_sent_again_for_the_case_as_it_is_now_it_is_done(offices: Offices):
    case = a_case_in(State.ELIGIBILITY, offices)
    browser = browser_of(offices.city_reviewer)
    assert act(browser, case, "recommend", opinion=TYPED, version=str(case.version - 1)).status_code == 409
    assert act(browser, case, "recommend", opinion=TYPED).status_code == 302
    assert fresh(case).state == State.GUARANTEE
