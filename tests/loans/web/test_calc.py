from datetime import UTC, datetime
from http import HTTPStatus

import pytest
import time_machine
from pytest_django.asserts import assertNumQueries

from tests.makers.programme import a_programme

# On this day a year of 50,000 yuan costs what the published example says.
TENTH_OF_MARCH = datetime(2026, 3, 10, 1, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def tenth_of_march():
    with time_machine.travel(TENTH_OF_MARCH, tick=False):
        yield


def counted(client, **changed):
    sent = {"amount": "5", "term_months": "12", "method": "interest_only", "count": "yes"} | changed
    return client.get("/calc", sent)


def words_of(response):
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_fifty_thousand_for_a_year_costs_2281_25_which_the_treasury_refunds(client, offices):
    a_programme(offices)
    response = counted(client)
    words = words_of(response)
    assert response.status_code == HTTPStatus.OK
    assert words.count("2,281.25 元") == 2
    for said in ("年利率 4.50%", "政府退给您", "0 元", "50,000.00 元", "的部分，政府不补贴。"):
        assert said in words
    assert "按“石榴市 2026-1”算，2026 年 1 月 1 日起执行" in words


def test_half_a_subsidy_leaves_her_the_other_half(client, offices):
    a_programme(offices, changes={"subsidy_regime": "C"})
    words = words_of(counted(client))
    # Rounded half up in each of the five periods; what she bears is the rest.
    assert "1,140.64 元" in words
    assert "1,140.61 元" in words


def test_where_the_subsidy_is_waived_she_pays_nothing_first(client, offices):
    a_programme(offices, changes={"subsidy_payment": "waived"})
    words = words_of(counted(client))
    assert "政府付" in words
    assert "政府退" not in words
    assert "您不用付" in words


def test_each_year_has_its_subtotal_under_the_plan(client, offices):
    a_programme(offices)
    words = words_of(counted(client))
    assert "2026 年合计" in words
    assert "1,787.50" in words
    assert words.count("年合计") == 2


def test_the_plan_lists_every_day_with_what_is_due_from_her_and_what_the_treasury_gives(client, offices):
    a_programme(offices)
    words = words_of(counted(client))
    assert words.count('<th scope="row">') == 5
    assert "2026 年 3 月 21 日" in words
    assert "2027 年 3 月 10 日" in words


def test_equal_instalments_are_planned_as_well(client, offices):
    a_programme(offices)
    words = words_of(counted(client, method="equal_instalment", term_months="36"))
    assert words.count('<th scope="row">') == 13


def test_the_way_on_carries_amount_term_and_method(client, offices):
    a_programme(offices)
    assert 'href="/apply?amount=50000&amp;term_months=12&amp;method=interest_only"' in words_of(counted(client))


def test_a_fresh_page_asks_and_counts_nothing(client, offices):
    a_programme(offices)
    words = words_of(client.get("/calc"))
    assert "1 万元到 10 万元" in words
    assert "要花多少钱</h2>" not in words


def test_the_pre_check_fills_the_amount_in(client, offices):
    a_programme(offices)
    assert 'value="50000"' in words_of(client.get("/calc", {"amount": "50000"}))


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"amount": "50 万"}, "金额要在 1 万元到 10 万元之间"),
        ({"amount": "很多"}, "金额要写数字，比如 50000 或 5 万"),
        ({"term_months": "18"}, "选一下贷多长时间"),
        ({"method": "bullet"}, "选一下怎么还"),
    ],
)
def test_what_is_not_offered_says_so_and_keeps_the_rest(client, offices, changed, error):
    a_programme(offices)
    response = counted(client, **changed)
    words = words_of(response)
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert words.count(error) == 2
    assert "哪天要付多少" not in words


def test_a_policy_with_one_way_of_repaying_doesnt_ask_which(client, offices):
    a_programme(offices, changes={"method_options": ["interest_only"]})
    words = words_of(client.get("/calc"))
    assert "怎么还？" not in words
    assert 'type="hidden" name="method" value="interest_only"' in words


def test_without_a_policy_the_page_says_that_it_hasnt_begun(client, db):
    response = client.get("/calc")
    assert response.status_code == HTTPStatus.OK
    assert "现在还没开始受理" in words_of(response)


def test_counting_asks_the_database_for_the_policy_alone(client, offices):
    a_programme(offices)
    with assertNumQueries(1):
        counted(client)
