"""The leverage is changed by two finance officers, with the repayment rate before their eyes."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from loans.models import LeverageChange
from tests.makers.loans import make_active_loan, make_guarantee, moment, refreshed
from tests.workflows.web.offices_at_work import browser_of, page_of

TODAY = date(2027, 6, 1)


@pytest.fixture(autouse=True)
def june() -> Iterator[None]:
    with time_machine.travel(moment(TODAY), tick=False):
        yield


@pytest.fixture
def first(offices):
    return browser_of(offices.finance_officer)


@pytest.fixture
def second(offices):
    return browser_of(offices.finance_officer2)


def text_of(response) -> str:
    return page_of(response).replace("\N{NO-BREAK SPACE}", " ")


def proposed(browser, pool, leverage) -> LeverageChange:
    sent = {"leverage": str(leverage), "grounds": "上年到期还款率 98%"}
    assert browser.post(f"/finance/{pool.pk}/leverage", sent).status_code == 302
    return LeverageChange.objects.latest("pk")


def test_one_proposes_with_the_rates_in_sight_and_another_agrees(pool, offices, first, second):
    make_active_loan(pool, offices)
    text = text_of(first.get(f"/finance/{pool.pk}/leverage"))
    assert "没有到期的本金" in text
    assert "0.00%（到期 5 万元，还了 0 元）" in text
    change = proposed(first, pool, 8)
    page = f"/finance/leverage/{change.pk}"
    assert page in text_of(second.get("/finance"))
    assert "这是您提的" in text_of(first.get(page))
    assert first.post(page, {"outcome": "approved"}).status_code in (403, 409)
    assert refreshed(pool).leverage == 5
    assert "保证金 100 万元 × 8 倍 = 额度 800 万元" in text_of(second.get(page))
    assert second.post(page, {"outcome": "approved"}).status_code == 302
    assert refreshed(pool).leverage == 8


def test_a_cut_below_what_is_promised_is_refused_and_says_how_much_is_missing(pool, offices, first, second):
    make_guarantee(pool, offices, amount_fen=100_000_001)
    change = proposed(first, pool, 1)
    page = f"/finance/leverage/{change.pk}"
    assert "比已经答应的少 0.01 元，现在不能降这么多。" in text_of(second.get(page))
    answer = second.post(page, {"outcome": "approved"})
    assert answer.status_code == 409
    assert "担保额度不够，还差 0.01 元" in text_of(answer)
    assert refreshed(pool).leverage == 5
    assert LeverageChange.objects.get(pk=change.pk).decision.is_open


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"leverage": ""}, "写 1 到 10 之间的整数"),
        ({"leverage": "0"}, "写 1 到 10 之间的整数"),
        ({"leverage": "11"}, "写 1 到 10 之间的整数"),
        ({"leverage": "2.5"}, "写 1 到 10 之间的整数"),
        ({"leverage": "5"}, "现在就是 5 倍"),
        ({"grounds": " "}, "写明依据什么改"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_above(pool, first, changed, words):
    sent = {"leverage": "8", "grounds": "文件"} | changed
    answer = first.post(f"/finance/{pool.pk}/leverage", sent)
    assert answer.status_code == 422
    assert text_of(answer).count(words) == 2
    assert not LeverageChange.objects.exists()


@pytest.mark.parametrize("who", ["bank_officer", "guarantor_officer", "leader"])
def test_it_is_the_finance_bureau_s_alone(pool, offices, who):
    browser = browser_of(getattr(offices, who))
    assert browser.get(f"/finance/{pool.pk}/leverage").status_code == 404
