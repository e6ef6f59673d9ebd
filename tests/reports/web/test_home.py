from http import HTTPStatus

import pytest
from pytest_django.asserts import assertNumQueries

from tests.makers.cases import a_case_in
from tests.makers.programme import a_programme
from workflows.states import State


def home(client):
    response = client.get("/")
    assert response.status_code == HTTPStatus.OK
    return response.content.decode()


def test_the_pledge_has_the_figures_of_the_policy_in_force(client, offices):
    a_programme(offices, changes={"amount_max_fen": 20_000_000, "promise_days": 8, "subsidy_regime": "C"})
    words = home(client)
    assert "<b>20</b>万元" in words
    assert "政府补一半" in words
    assert "<b>8</b>个工作日" in words
    assert "后 8 个工作日办完。" in words


def test_everything_that_she_may_want_is_one_press_away(client, offices):
    a_programme(offices)
    words = home(client)
    for address in ("/check", "/apply", "/my", "/guide", "/calc"):
        assert f'href="{address}"' in words
    assert "我们不会向您要验证码、密码和手续费" in words


def test_before_the_first_payment_it_says_what_will_stand_here(client, offices):
    a_programme(offices)
    words = home(client)
    assert "第一笔钱到账后，这里写着帮了几位姐妹、一共多少钱。" in words
    assert "已帮助" not in words


def test_it_counts_the_women_who_were_helped(client, offices):
    a_programme(offices)
    for _woman in range(3):
        a_case_in(State.DISBURSED, offices)
    words = home(client)
    assert "已帮助 <b>3</b> 位姐妹" in words
    assert "一共 <b>15</b> 万元" in words
    assert "农家乐·渔家乐" in words


def test_the_larger_letters_leave_the_pictures_out(client, offices):
    a_programme(offices)
    for _woman in range(3):
        a_case_in(State.DISBURSED, offices)
    client.cookies["size"] = "elder"
    words = home(client)
    assert "已帮助 <b>3</b> 位姐妹" in words
    assert "农家乐·渔家乐" not in words


def test_without_a_policy_it_promises_nothing_and_still_shows_the_way(client, db):
    words = home(client)
    assert "最高能贷" not in words
    assert "看看我能不能申请" in words


@pytest.mark.parametrize("is_demo", [True, False])
def test_only_the_demo_leads_to_its_messages(client, offices, settings, is_demo):
    settings.DEMO = is_demo
    assert ('href="/outbox"' in home(client)) is is_demo


def test_it_is_drawn_with_three_queries(client, offices):
    a_programme(offices)
    with assertNumQueries(3):
        home(client)


def test_nobody_has_to_sign_in(client, offices):
    assert client.get("/").status_code == HTTPStatus.OK
