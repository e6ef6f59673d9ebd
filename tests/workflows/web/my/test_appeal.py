"""The page of a no: what each reason rests on, and the review that she asks for in her own words."""

from datetime import timedelta
from http import HTTPStatus

import pytest
import time_machine

from tests.makers import cases
from tests.makers.cases import MONDAY, a_case_in
from tests.workflows.web.my.her_pages import heading, questions, read, sign_in, words_of
from workflows import answering
from workflows.models import Application, Matter
from workflows.stages import eligibility
from workflows.states import State

WORDS = "我做的是农家乐，棋牌室上个月已经撤了。"


@pytest.fixture
def declined(offices, programme):
    case = a_case_in(State.ELIGIBILITY, offices)
    finding = case.findings.get(rule="project_supported")
    eligibility.settle(finding, outcome="not_met", note="店里主要是棋牌室", by=offices.city_reviewer, at=MONDAY)
    return cases.decline(Application.objects.get(pk=case.pk), offices)


def send(client, case, **given):
    with time_machine.travel(MONDAY, tick=False):
        sign_in(client, case)
        return client.post(f"/my/{case.number}/say/appeal", {"version": case.version, **given})


def test_each_reason_shows_what_was_found_and_the_clause_that_asks_for_it(client, declined):
    words = read(client, declined, at=MONDAY)
    for said in ("看到的", "店里主要是棋牌室", "规定", "依据", "石榴市 2026-1"):
        assert said in words


def test_a_reason_that_no_rule_found_names_the_clause_that_it_belongs_to(client, offices, programme):
    words = read(client, a_case_in(State.DECLINED, offices), at=MONDAY)
    assert "看到的" not in words
    assert "依据" in words


def test_she_asks_in_her_own_words_and_reads_until_when_she_is_answered(client, declined):
    assert f'href="/my/{declined.number}/say/appeal"' in read(client, declined, at=MONDAY)
    page = read(client, declined, "/say/appeal", at=MONDAY)
    assert "市妇联换一位没办过这件的领导，从头再看一遍，10 个工作日内答复您。" in page
    assert send(client, declined, words=WORDS)["Location"] == f"/my/{declined.number}"
    words = read(client, declined, at=MONDAY)
    assert heading(words) == "您申请了复核，市妇联 10 月 12 日前答复您。"
    assert f"说的：{WORDS}" in words
    assert "/say/appeal" not in words
    assert f"申请复核：{WORDS}" in words  # in what was done


def test_pressing_twice_is_one_appeal_and_says_so(client, declined):
    send(client, declined, words=WORDS)
    again = send(client, declined, words=WORDS)
    assert again.status_code == HTTPStatus.CONFLICT
    assert "这一次的复核已经申请过了。" in words_of(again.content)
    assert Matter.objects.count() == 1


def test_a_word_isnt_enough_and_what_she_typed_stays(client, declined):
    response = send(client, declined, words="不对")
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    words = words_of(response.content)
    assert "<title>错误：" in words
    assert words.count("用自己的话写一两句，最多 500 个字") == 2
    assert "不对</textarea>" in words


def test_the_answer_stands_on_her_page_with_who_gave_it(client, declined, offices):
    answer = "看了您的照片，店里主要还是打牌，这次不能改。"
    answering.refuse(cases.appeal(declined), answer=answer, by=offices.leader, at=MONDAY)
    words = read(client, declined, at=MONDAY)
    assert heading(words) == "复核过了，还是没批。"
    for said in ("复核的答复", answer, "市妇联 温若兰"):
        assert said in words
    assert "/say/appeal" not in words


def test_an_answer_that_is_late_is_apologised_for(client, declined):
    cases.appeal(declined)
    assert "答复晚了，对不住您。" in read(client, declined, at=MONDAY + timedelta(days=22))


def test_after_its_days_the_page_leads_back(client, declined):
    with time_machine.travel(MONDAY + timedelta(days=21), tick=False):
        response = sign_in(client, declined).get(f"/my/{declined.number}/say/appeal")
    assert response["Location"] == f"/my/{declined.number}"


def test_there_is_no_page_for_what_nobody_can_say(client, declined):
    with time_machine.travel(MONDAY, tick=False):
        assert sign_in(client, declined).get(f"/my/{declined.number}/say/nonsense").status_code == HTTPStatus.NOT_FOUND


def test_the_page_asks_a_bounded_number_of_questions(client, declined, offices):
    assert questions(client, declined, "/say/appeal", at=MONDAY) <= 16
    answering.refuse(cases.appeal(declined), answer="看了您的照片，店里主要还是打牌。", by=offices.leader, at=MONDAY)
    assert questions(client, declined, at=MONDAY) <= 25
