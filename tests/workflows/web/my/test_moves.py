"""What she decides herself: asked once more on a page of its own, refused in words, never lost on the way."""

from http import HTTPStatus

import pytest
import time_machine

from tests.makers import cases
from tests.makers.cases import MONDAY, a_case_in
from tests.workflows.web.my.her_pages import heading, read, sign_in, words_of
from workflows.models import Application
from workflows.states import State


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


def press(client, case, move, *, version=None):
    sent = {"version": case.version if version is None else version}
    return sign_in(client, case).post(f"/my/{case.number}/moves/{move}", sent)


def state_of(case):
    return Application.objects.get(pk=case.pk).state


@pytest.mark.parametrize(
    ("state", "move", "question", "becomes"),
    [
        (State.SURVEY, "withdraw", "真的要撤回申请吗？", State.WITHDRAWN),
        (State.DRAFT, "withdraw", "真的要撤回申请吗？", State.WITHDRAWN),
        (State.ELIGIBILITY, "freeze", "这份申请不是您办的？", State.FROZEN),
        (State.PAYOUT, "freeze", "这份申请不是您办的？", State.FROZEN),
        (State.TERMS_OFFERED, "accept_terms", "同意新条件吗？", State.SIGNING),
        (State.TERMS_OFFERED, "decline_terms", "这样的条件不要了？", State.WITHDRAWN),
    ],
)
def test_each_decision_is_asked_once_more_and_then_done(client, offices, programme, state, move, question, becomes):
    case = a_case_in(state, offices)
    words = read(client, case, f"/moves/{move}", at=MONDAY)
    assert heading(words) == question
    assert f'name="version" value="{case.version}"' in words
    assert state_of(case) == state
    response = press(client, case, move)
    assert response["Location"] == f"/my/{case.number}"
    assert state_of(case) == becomes


def test_what_was_done_is_said_on_the_page_of_the_case(client, offices, programme):
    case = a_case_in(State.SURVEY, offices)
    press(client, case, "withdraw")
    assert "撤回了。" in words_of(client.get(f"/my/{case.number}").content)


def test_the_terms_stand_beside_the_question(client, offices, programme):
    words = read(client, a_case_in(State.TERMS_OFFERED, offices), "/moves/accept_terms", at=MONDAY)
    assert "4 万元" in words
    assert "签字前看清合同" in words


def test_somebody_was_quicker_and_she_reads_what_happened_and_may_decide_again(client, offices, programme):
    seen = a_case_in(State.SURVEY, offices)
    now = cases.record_survey(seen, offices)
    response = press(client, seen, "withdraw", version=seen.version)
    words = words_of(response.content)
    assert response.status_code == HTTPStatus.CONFLICT
    assert "这件刚被改过" in words
    assert "<title>错误：" in words
    assert "孟春草（石榴镇妇联）" in words
    assert f'name="version" value="{now.version}"' in words
    assert state_of(seen) == State.ELIGIBILITY
    press(client, seen, "withdraw", version=now.version)
    assert state_of(seen) == State.WITHDRAWN


def test_what_isnt_open_any_more_can_only_be_looked_at(client, offices, programme):
    case = a_case_in(State.TERMS_OFFERED, offices)
    press(client, case, "accept_terms")
    late = Application.objects.get(pk=case.pk)
    response = press(client, late, "decline_terms")
    words = words_of(response.content)
    assert response.status_code == HTTPStatus.CONFLICT
    assert "看看走到哪里" in words
    assert 'name="version"' not in words
    assert state_of(case) == State.SIGNING


def test_a_page_of_a_move_that_isnt_open_leads_back_to_the_case(client, offices, programme):
    case = a_case_in(State.SURVEY, offices)
    response = sign_in(client, case).get(f"/my/{case.number}/moves/accept_terms", follow=True)
    assert "这件现在不在这一步了，看看走到哪里。" in words_of(response.content)


def test_money_on_its_way_cant_be_called_back_by_withdrawing(client, offices, programme):
    case = a_case_in(State.PAYOUT, offices)
    cases.release_payout(case, offices)
    response = press(client, case, "withdraw")
    assert response.status_code == HTTPStatus.CONFLICT
    assert "农信已经在打款，撤不回来了" in words_of(response.content)
    assert state_of(case) == State.PAYOUT


def test_pressing_twice_does_it_once(client, offices, programme):
    case = a_case_in(State.SURVEY, offices)
    press(client, case, "withdraw")
    assert press(client, case, "withdraw").status_code == HTTPStatus.CONFLICT
    assert Application.objects.get(pk=case.pk).version == case.version + 1


def test_a_page_that_lost_its_version_asks_again(client, offices, programme):
    case = a_case_in(State.SURVEY, offices)
    response = sign_in(client, case).post(f"/my/{case.number}/moves/withdraw", {})
    words = words_of(response.content)
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "这一页放得太久了" in words
    assert f'name="version" value="{case.version}"' in words
    assert state_of(case) == State.SURVEY


@pytest.mark.parametrize("move", ["accept", "disburse", "recommend", "unfreeze", "supply", "nonsense"])
def test_she_decides_only_what_is_hers(client, offices, programme, move):
    case = a_case_in(State.SUBMITTED, offices)
    assert press(client, case, move).status_code == HTTPStatus.NOT_FOUND
    assert state_of(case) == State.SUBMITTED


def test_what_she_did_by_mistake_of_somebody_else_is_alarmed(client, offices, programme):
    case = a_case_in(State.ELIGIBILITY, offices)
    press(client, case, "freeze")
    assert offices.town_reviewer.notices.filter(kind="frozen").exists()
    assert Application.objects.get(pk=case.pk).log.order_by("-version")[0].reason == "她说不是她办的。"
