"""Her pages after it is over: did the money come, how was it handled, and a complaint with its answer."""

from http import HTTPStatus

import pytest
import time_machine

from tests.makers.cases import MONDAY, a_case_in
from tests.workflows.web.my.her_pages import questions, read, sign_in, words_of
from workflows import answering, matters
from workflows.models import Matter, PayoutReply, Rating
from workflows.states import State

FOUND = "打电话问过，也和农信对过账，钱昨天下午到了。"


@pytest.fixture
def paid(offices, programme):
    return a_case_in(State.DISBURSED, offices)


def send(client, case, page, **given):
    with time_machine.travel(MONDAY, tick=False):
        return sign_in(client, case).post(f"/my/{case.number}{page}", {"version": case.version, **given})


def test_it_is_asked_until_she_has_said_it(client, paid):
    assert "钱到了吗？是您自己在用吗？" in read(client, paid, at=MONDAY)
    page = read(client, paid, "/arrival", at=MONDAY)
    for said in ("到了，是我自己在用", "钱没到", "到了，不是我在用", "也不会停您的贷款"):
        assert said in page
    assert send(client, paid, "/arrival", outcome="mine", words="").status_code == HTTPStatus.FOUND
    words = read(client, paid, at=MONDAY)
    assert "钱到了吗？是您自己在用吗？" not in words
    assert "钱没到，或不是我在用" in words  # whoever is asked for the card later can still say so


def test_a_no_says_who_looks_into_it_and_then_what_was_found(client, paid, offices):
    response = send(client, paid, "/arrival", outcome="not_arrived", words="等了两天")
    assert response["Location"] == f"/my/{paid.number}"
    words = read(client, paid, at=MONDAY)
    assert "知道了，妇联和农信马上查，会打电话给您。" in words
    assert "市妇联 9 月 22 日前答复您" in words
    assert "钱没到。等了两天" in words
    answering.reply(Matter.objects.get(), answer=FOUND, by=offices.bank_officer, at=MONDAY)
    words = read(client, paid, at=MONDAY)
    for said in ("答复了", FOUND, "农信 成雅静"):
        assert said in words


def test_nothing_chosen_is_asked_again(client, paid):
    for page, asked in (("/arrival", "选一个，说说钱到了没有"), ("/rating", "选一个，说说办得怎么样")):
        response = send(client, paid, page, words="x")
        assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert words_of(response.content).count(asked) == 2
    assert not PayoutReply.objects.exists()


def test_she_rates_it_once(client, paid):
    assert f'href="/my/{paid.number}/rating"' in read(client, paid, at=MONDAY)
    send(client, paid, "/rating", stars="2", words="跑了三趟")
    assert Rating.objects.get().stars == 2
    words = read(client, paid, at=MONDAY)
    assert "想让人给个说法，可以投诉。" in words
    assert f'href="/my/{paid.number}/rating"' not in words
    again = send(client, paid, "/rating", stars="5", words="")
    assert again.status_code == HTTPStatus.CONFLICT
    assert "您评价过了，谢谢。" in words_of(again.content)


def test_a_complaint_is_written_answered_and_read(client, paid, offices):
    assert f'href="/my/{paid.number}/say/complaint"' in read(client, paid, at=MONDAY)
    assert "办事的人看不到您写的话。" in read(client, paid, "/say/complaint", at=MONDAY)
    send(client, paid, "/say/complaint", words="镇上让我跑了三趟，每次说的都不一样。")
    assert "投诉：市妇联 9 月 29 日前答复您" in read(client, paid, at=MONDAY)
    answering.reply(Matter.objects.get(), answer=FOUND, by=offices.leader, at=MONDAY)
    assert FOUND in read(client, paid, at=MONDAY)


def test_the_town_doesnt_read_what_she_complains_of(client, paid, offices):
    words = "镇上让我跑了三趟，每次说的都不一样。"
    matters.complain(paid, words=words, by=paid.applicant.user, at=MONDAY)
    for who, reads in ((offices.town_reviewer, False), (offices.bank_officer, False), (offices.leader, True)):
        client.force_login(who)
        page = client.get(f"/case/{paid.number}").content.decode()
        assert (words in page) is reads


@pytest.mark.parametrize("page", ["/arrival", "/rating", "/say/complaint"])
def test_somebody_elses_case_doesnt_exist(client, paid, offices, page):
    client.force_login(offices.town_reviewer)
    assert client.get(f"/my/{paid.number}{page}").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("page", ["/arrival", "/rating"])
def test_before_it_is_over_the_page_leads_back(client, offices, programme, page):
    case = a_case_in(State.SURVEY, offices)
    with time_machine.travel(MONDAY, tick=False):
        response = sign_in(client, case).get(f"/my/{case.number}{page}")
    assert response["Location"] == f"/my/{case.number}"


@pytest.mark.parametrize("page", ["/arrival", "/rating", "/say/complaint"])
def test_the_page_asks_a_bounded_number_of_questions(client, paid, page):
    assert questions(client, paid, page, at=MONDAY) <= 14
