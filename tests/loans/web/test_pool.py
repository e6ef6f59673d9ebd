"""The page of a pool: who sees it, that every number foots, and the lists behind it."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from loans.models import GuaranteePool
from loans.models.fund import FundMoveKind
from loans.money import parse_yuan
from loans.web.pool_guarantees import PAGE_ROWS
from loans.web.pool_limit import Number, numbers_of
from tests.makers.loans import (
    YUAN,
    compensated,
    make_active_loan,
    make_guarantee,
    make_policy,
    make_pool,
    make_programme,
    moment,
    move_fund,
    refreshed,
)
from tests.makers.people import Offices, phone_user
from tests.workflows.web.offices_at_work import browser_of, page_of

TODAY = date(2026, 11, 24)
# Session and user, and her memberships.
SIGNED_IN = 3


@pytest.fixture(autouse=True)
def november() -> Iterator[None]:
    with time_machine.travel(moment(TODAY), tick=False):
        yield


@pytest.fixture
def url(pool: GuaranteePool) -> str:
    return f"/pool/{pool.pk}"


def comes_to(number: Number) -> int:
    """What the parts of a number sum to, in fen; a factor multiplies."""
    total_fen = 0
    for part in number.parts:
        if part.sign == "×":
            total_fen *= int(part.amount)
        else:
            total_fen += parse_yuan(part.amount) * (-1 if part.sign == "−" else 1)
    return total_fen


@pytest.mark.parametrize("who", ["city_reviewer", "leader", "guarantor_officer", "bank_officer", "finance_officer"])
def test_those_who_take_part_see_it(pool, url, offices, who):
    browser = browser_of(getattr(offices, who))
    assert browser.get("/pool").headers["Location"] == url
    text = page_of(browser.get(url))
    assert "保证金 100\N{NO-BREAK SPACE}万元 × 5 倍 = 额度 500\N{NO-BREAK SPACE}万元" in text
    assert '<a href="/pool" aria-current="page">额度</a>' in text


@pytest.mark.parametrize("who", ["helper", "town_reviewer", "sysadmin", "secadmin", "auditor"])
def test_nobody_else_is_told_of_it(pool, url, offices, who):
    browser = browser_of(getattr(offices, who))
    assert browser.get(url).status_code == 404
    assert browser.get("/pool").status_code == 404


def test_a_stranger_signs_in_at_the_door_of_the_staff(pool, url, client):
    assert client.get(url).headers["Location"] == f"/staff/login?next={url}"


def test_a_woman_who_applies_is_not_told_of_it(pool, url):
    assert browser_of(phone_user("13800000001")).get(url).status_code == 404


def test_it_is_read_and_never_written(pool, url, offices):
    assert browser_of(offices.leader).post(url).status_code == 405


def test_every_number_is_the_sum_of_its_parts(pool, offices):
    loan = make_active_loan(pool, offices)
    make_guarantee(pool, offices, amount_fen=30_000 * YUAN)
    move_fund(pool, offices, kind=FundMoveKind.INTEREST, amount_fen=1_234)
    move_fund(pool, offices, kind=FundMoveKind.WITHDRAWAL, amount_fen=10_000 * YUAN)
    compensated(loan, offices, at=moment(date(2026, 12, 31)))
    pool = refreshed(pool)
    numbers = numbers_of(pool)
    assert [number.label for number in numbers] == ["保证金", "额度", "在保", "预留", "还能用"]
    for number in numbers:
        assert comes_to(number) == parse_yuan(number.amount), number.label
    assert parse_yuan(numbers[0].amount) == pool.fund_balance_fen
    assert parse_yuan(numbers[4].amount) == pool.available_fen


def test_a_pool_that_counts_a_part_of_each_loan_says_so(offices):
    pool = make_pool(offices, exposure_weight_ppm=800_000)
    make_active_loan(pool, offices)
    assert "按担保金额的 80.00% 计。" in page_of(browser_of(offices.leader).get(f"/pool/{pool.pk}"))
    assert "在保 40,000.00 元" in page_of(browser_of(offices.leader).get(f"/pool/{pool.pk}")).replace("\n", "")


def test_over_its_limit_it_says_since_when_and_by_how_much(offices):
    pool = make_pool(offices, deposit_fen=20_000 * YUAN)
    loans = [make_active_loan(pool, offices) for _ in range(2)]
    at = moment(date(2027, 9, 1))
    with time_machine.travel(at, tick=False):
        # 100,000 were guaranteed with 20,000 × 5. One is called: 50,000 are left, 40,000 of the fund are gone.
        move_fund(pool, offices, kind=FundMoveKind.DEPOSIT, amount_fen=25_000 * YUAN, at=at)
        compensated(loans[0], offices, at=at)
        text = page_of(browser_of(offices.bank_officer).get(f"/pool/{pool.pk}"))
    pool = refreshed(pool)
    assert pool.over_limit_since == at.date()
    assert pool.headroom_fen == -25_000 * YUAN
    assert "从 2027 年 9 月 1 日起超限 2.5 万元" in text.replace("\N{NO-BREAK SPACE}", " ")
    assert "超限期间是 0，补上以前不能新做担保。" in text


def test_the_list_holds_what_uses_the_limit_and_on_request_everything(pool, url, offices):
    live, over = make_active_loan(pool, offices), make_active_loan(pool, offices)
    assert live.guarantee is not None
    assert over.guarantee is not None
    compensated(over, offices, at=moment(date(2027, 9, 1)))
    browser = browser_of(offices.leader)
    text = page_of(browser.get(url))
    assert "担保 1 笔" in text
    assert live.guarantee.letter_no in text
    assert over.guarantee.letter_no not in text
    everything = page_of(browser.get(f"{url}?show=all"))
    assert "担保 2 笔" in everything
    assert "已代偿" in everything


def test_who_she_is_stands_there_only_for_those_who_may_open_her_case(pool, url, offices):
    guarantee = make_guarantee(pool, offices)
    number, name = guarantee.case_number, guarantee.applicant.full_name
    for who, sees_her in (("leader", True), ("finance_officer", False), ("guarantor_officer", False)):
        text = page_of(browser_of(getattr(offices, who)).get(url))
        assert number in text
        assert (f'href="/case/{number}"' in text) is sees_her, who
        assert (name in text) is sees_her, who


def test_a_long_list_is_turned_page_by_page(offices):
    pool = make_pool(offices)
    letters = [make_guarantee(pool, offices, amount_fen=YUAN).letter_no for _ in range(PAGE_ROWS + 2)]
    browser = browser_of(offices.leader)
    first = page_of(browser.get(f"/pool/{pool.pk}"))
    assert f"担保 {PAGE_ROWS + 2} 笔" in first
    onward = re.search(r'href="(\?after=\d+)" rel="next"', first)
    assert onward is not None
    second = page_of(browser.get(f"/pool/{pool.pk}{onward[1]}"))
    shown = [letter for letter in letters if letter in first] + [letter for letter in letters if letter in second]
    assert sorted(shown) == sorted(letters)


def test_the_fund_s_movements_name_both_people_and_the_voucher(pool, url, offices):
    move = move_fund(pool, offices, kind=FundMoveKind.WITHDRAWAL, amount_fen=12_345)
    text = page_of(browser_of(offices.finance_officer).get(url))
    assert move.voucher_no in text
    assert f"{offices.finance_officer}，{offices.finance_officer2}" in text
    for amount in ("1,000,000.00", "123.45", "999,876.55"):
        assert amount in text


def test_another_year_is_a_link_away(pool, url, offices):
    move_fund(pool, offices, kind=FundMoveKind.INTEREST, amount_fen=777, at=moment(date(2025, 3, 1)))
    text = page_of(browser_of(offices.leader).get(f"{url}?year=2025"))
    assert "2025 年保证金流水" in text
    assert "2026 年保证金流水" in page_of(browser_of(offices.leader).get(f"{url}?year=1999"))


def test_both_sides_of_the_trial_balance_are_even(pool, url, offices):
    make_active_loan(pool, offices)
    text = page_of(browser_of(offices.leader).get(url))
    sums = re.findall(r"<tfoot><tr><th scope=\"row\">合计</th>(.*?)</tr></tfoot>", text)
    debit, credit = re.findall(r">([\d,.]+)</td>", sums[-1])
    assert debit == credit == "1,100,000.00"
    assert "账上有错" not in text


def test_an_empty_pool_says_what_will_appear(offices):
    pool = make_pool(offices, deposit_fen=0)
    text = page_of(browser_of(offices.leader).get(f"/pool/{pool.pk}"))
    assert "现在没有担保占着额度" in text
    assert "2026 年还没有进出" in text
    assert "还没有记过账" in text


def test_several_pools_are_a_list(pool, offices):
    programme = make_programme("second")
    make_policy(offices, programme=programme)
    second = make_pool(offices, programme=programme, deposit_fen=0)
    text = page_of(browser_of(offices.leader).get("/pool"))
    assert {f"/pool/{pool.pk}", f"/pool/{second.pk}"} <= set(re.findall(r'href="(/pool/\d+)"', text))


def test_the_page_asks_the_database_a_fixed_number_of_questions(
    pool, url, offices: Offices, django_assert_max_num_queries: DjangoAssertNumQueries
):
    browser = browser_of(offices.guarantor_officer)
    for _ in range(6):
        make_guarantee(pool, offices)
    browser.get(url)
    with django_assert_max_num_queries(SIGNED_IN + 10):
        browser.get(url)
