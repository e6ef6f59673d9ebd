"""保证金台账: one officer of the bureau writes money down, another agrees; nobody else is told of it."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from loans import compensation, funds
from loans.models import FundMove, FundProposal, GuaranteePool
from loans.models.fund import FundMoveKind
from records.models import AuditEntry
from records.models.decision import Outcome
from tests.makers.loans import YUAN, make_active_loan, make_guarantee, moment, move_fund, refreshed
from tests.makers.people import Offices
from tests.workflows.web.offices_at_work import browser_of, page_of

TODAY = date(2026, 11, 24)
# Session and user, and her memberships.
SIGNED_IN = 3


@pytest.fixture(autouse=True)
def november() -> Iterator[None]:
    with time_machine.travel(moment(TODAY), tick=False):
        yield


@pytest.fixture
def first(offices: Offices) -> Client:
    return browser_of(offices.finance_officer)


@pytest.fixture
def second(offices: Offices) -> Client:
    return browser_of(offices.finance_officer2)


def propose(browser: Client, pool: GuaranteePool, **changed: str) -> Any:
    sent = {"kind": "deposit", "amount": "20万", "value_on": "2026-11-20", "voucher_no": "财凭 2026-7"} | changed
    return browser.post(f"/finance/{pool.pk}/new", sent)


def proposed(browser: Client, pool: GuaranteePool, **changed: str) -> FundProposal:
    assert propose(browser, pool, **changed).status_code == 302
    return FundProposal.objects.order_by("-pk")[0]


def decide(browser: Client, proposal: FundProposal, *, outcome: str = "approved", reason: str = "") -> Any:
    return browser.post(f"/finance/proposals/{proposal.pk}", {"outcome": outcome, "reason": reason})


def test_the_bureau_lands_on_its_ledger(pool, offices, client):
    answer = client.post("/staff/login", {"username": "finance", "password": "sunflower-2026"}, follow=True)
    text = page_of(answer)
    assert answer.redirect_chain == [("/finance", 302)]
    for words in ("年初余额", "存入 100\N{NO-BREAK SPACE}万元", "登记资金", "没有等复核的", "放大 0.00 倍，上限 5 倍"):
        assert words in text


@pytest.mark.parametrize(
    "who", ["leader", "city_reviewer", "guarantor_officer", "bank_officer", "town_reviewer", "sysadmin", "auditor"]
)
def test_nobody_else_is_told_of_it(pool, first, offices, who):
    proposal = proposed(first, pool)
    browser = browser_of(getattr(offices, who))
    assert browser.get("/finance").status_code == 404
    assert propose(browser, pool, voucher_no="别的").status_code == 404
    assert decide(browser, proposal).status_code == 404
    assert refreshed(pool).fund_balance_fen == 100_000_000


def test_a_bureau_without_a_fund_is_told_what_will_appear(offices, first):
    assert "还没有担保基金" in page_of(first.get("/finance"))


def test_the_year_foots_and_the_leverage_is_a_quotient(pool, offices, first):
    move_fund(pool, offices, kind=FundMoveKind.INTEREST, amount_fen=5_001_234, at=moment(date(2025, 6, 1)))
    move_fund(pool, offices, kind=FundMoveKind.WITHDRAWAL, amount_fen=250_000 * YUAN)
    for _ in range(8):
        make_active_loan(pool, offices)
    text = page_of(first.get("/finance"))
    figures = re.findall(r'<dl class="stat [^"]*"><dt>(\w+)</dt><dd><b>([\d,.]+)</b>', text)
    assert figures == [
        ("年初余额", "5.001234"),
        ("收入", "100"),
        ("支出", "25"),
        ("余额", "80.001234"),
    ]
    plain = text.replace("\N{NO-BREAK SPACE}", " ")
    assert "在保 40 万元 ÷ 保证金 800,012.34 元 = 放大 0.50 倍，上限 5 倍" in plain


def test_a_deposit_takes_two_people(pool, first, second):
    proposal = proposed(first, pool)
    assert refreshed(pool).fund_balance_fen == 100_000_000
    assert "等另一位同事" in page_of(first.get("/finance"))
    assert "等您复核" in page_of(second.get("/finance"))
    asked = page_of(second.get(f"/finance/proposals/{proposal.pk}"))
    for words in ("200,000.00 元", "人民币贰拾万元整", "财凭 2026-7", "尚明义"):
        assert words in asked
    assert "同意以后：保证金 120 万元，额度 600 万元。" in asked.replace("\N{NO-BREAK SPACE}", " ")
    assert decide(second, proposal).headers["Location"] == f"/finance?pool={pool.pk}"
    assert refreshed(pool).fund_balance_fen == 120_000_000
    move = FundMove.objects.get(voucher_no="财凭 2026-7")
    assert (move.amount_fen, move.value_on) == (20_000_000, date(2026, 11, 20))
    text = page_of(second.get("/finance"))
    assert "同意了，已经记账。" in text
    assert "没有等复核的" in text


def test_whoever_proposed_it_is_refused_in_words(pool, first):
    proposal = proposed(first, pool)
    assert (
        "<form" not in page_of(first.get(f"/finance/proposals/{proposal.pk}")).split("</header>")[1].split("<footer")[0]
    )
    answer = decide(first, proposal)
    assert answer.status_code == 403
    assert "这是您提交的，要由另一个人复核。" in page_of(answer)
    assert refreshed(pool).fund_balance_fen == 100_000_000
    assert AuditEntry.objects.get().outcome == "same_person"


def test_a_withdrawal_that_breaks_the_bound_is_refused_in_words(pool, offices, first, second):
    for _ in range(8):
        make_guarantee(pool, offices)
    proposal = proposed(first, pool, kind="withdrawal", amount="92万")
    warned = page_of(second.get(f"/finance/proposals/{proposal.pk}")).replace("\N{NO-BREAK SPACE}", " ")
    # 80,000 × 5 = 400,000 is what eight guarantees of 50,000 take: exactly enough.
    assert "现在退不了这么多" not in warned
    too_much = proposed(first, pool, kind="withdrawal", amount="920000.01", voucher_no="财凭 2026-8")
    warned = page_of(second.get(f"/finance/proposals/{too_much.pk}")).replace("\N{NO-BREAK SPACE}", " ")
    assert "比已经答应的少 0.05 元，现在退不了这么多。" in warned
    answer = decide(second, too_much)
    assert answer.status_code == 409
    assert "担保额度不够，还差 0.05 元" in page_of(answer)
    assert refreshed(pool).fund_balance_fen == 100_000_000
    assert FundProposal.objects.get(pk=too_much.pk).decision.is_open
    assert decide(second, proposal).status_code == 302
    assert refreshed(pool).headroom_fen == 0


def test_a_refusal_says_why_and_moves_nothing(pool, first, second):
    proposal = proposed(first, pool)
    unexplained = decide(second, proposal, outcome="refused", reason="  ")
    assert unexplained.status_code == 422
    assert page_of(unexplained).count("写一下为什么不同意") == 2
    assert decide(second, proposal, outcome="refused", reason="和银行回单对不上").status_code == 302
    text = page_of(first.get("/finance"))
    assert "不同意" in text
    assert "和银行回单对不上" in text
    assert refreshed(pool).fund_balance_fen == 100_000_000


def test_what_is_decided_stays_decided(pool, first, second):
    proposal = proposed(first, pool)
    decide(second, proposal)
    again = decide(second, proposal, outcome="refused", reason="想错了")
    assert again.status_code == 409
    assert "刷新看看" in page_of(again)
    assert "<textarea" not in page_of(second.get(f"/finance/proposals/{proposal.pk}"))
    assert refreshed(pool).fund_balance_fen == 120_000_000


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"kind": ""}, "选一下是哪一种"),
        ({"kind": "compensation"}, "选一下是哪一种"),
        ({"amount": ""}, "写上金额，比如 50000 或 5 万"),
        ({"amount": "0"}, "金额要大于 0"),
        ({"amount": "-5"}, "金额不能是负数，去掉前面的减号"),
        ({"amount": "1.234"}, "金额最多写到分，小数点后面两位"),
        ({"value_on": ""}, "写上到账或支出的日期，比如 2026-03-10"),
        ({"value_on": "三月"}, "日期要写成 2026-03-10 这样"),
        ({"value_on": "2026-11-25"}, "日期不能晚于今天，钱到了再登记"),
        ({"voucher_no": " "}, "写上凭证号"),
        ({"voucher_no": "号" * 41}, "凭证号最多写 40 个字"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_above(pool, first, changed, words):
    answer = propose(first, pool, **changed)
    assert answer.status_code == 422
    text = page_of(answer)
    assert text.count(words) == 2
    assert "<title>错误：登记资金" in text
    assert not FundProposal.objects.filter(voucher_no="财凭 2026-7").exists()


def test_what_was_typed_is_not_lost(pool, first):
    text = page_of(propose(first, pool, amount="二十五万元多"))
    assert 'value="二十五万元多"' in text
    assert 'value="财凭 2026-7"' in text
    assert re.search(r'value="deposit"[^>]*checked', text)


def test_a_voucher_that_is_booked_is_refused_at_its_field(pool, offices, first):
    used = move_fund(pool, offices, kind=FundMoveKind.DEPOSIT, amount_fen=100)
    answer = propose(first, pool, voucher_no=used.voucher_no)
    assert answer.status_code == 409
    assert page_of(answer).count("这个凭证号登记过了，核对后换一个。") == 2


def test_what_the_bank_asks_for_a_loan_is_decided_here_too(pool, offices, first):
    loan = make_active_loan(pool, offices)
    at = moment(date(2027, 9, 1))
    with time_machine.travel(at, tick=False):
        asked = compensation.propose_compensation(loan, voucher_no="代 1", by=offices.bank_officer, at=at)
        browser = browser_of(offices.finance_officer)
        text = page_of(browser.get(f"/finance/proposals/{asked.pk}"))
        assert loan.number in text
        assert decide(browser, asked).status_code == 302
    loan = type(loan).objects.get(pk=loan.pk)
    assert loan.state == "COMPENSATED"
    assert refreshed(pool).fund_balance_fen == 96_000_000


def test_a_proposal_of_another_bureau_is_not_found(pool, first, offices):
    funds.propose_fund_move(
        pool,
        kind=FundMoveKind.DEPOSIT,
        amount_fen=1,
        value_on=TODAY,
        voucher_no="凭 9",
        by=offices.finance_officer,
        at=moment(TODAY),
    )
    assert first.get("/finance/proposals/999999").status_code == 404
    assert first.get(f"/finance/{pool.pk + 1}/new").status_code == 404


def test_the_page_asks_the_database_a_fixed_number_of_questions(
    pool, first, offices, django_assert_max_num_queries: DjangoAssertNumQueries
):
    for number in range(6):
        proposal = proposed(first, pool, voucher_no=f"凭 {number}")
        if number % 2:
            funds.decide_fund_move(proposal, outcome=Outcome.APPROVED, by=offices.finance_officer2, at=moment(TODAY))
    first.get("/finance")
    with django_assert_max_num_queries(SIGNED_IN + 8):
        first.get("/finance")
