"""代偿追偿: who sees it, what the bank asks for, that the finance bureau decides, and what it comes to in words."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from loans.models import FundMove, FundProposal, Loan, WriteOff
from loans.models.loan import LoanState
from loans.servicing import record_repayment
from tests.makers.loans import YUAN, compensated, make_active_loan, moment, recovered, refreshed, written_off
from tests.workflows.web.offices_at_work import browser_of, page_of

# 158 days after the first interest of a loan of 10 March fell due.
TODAY = date(2026, 8, 26)
SIGNED_IN = 3


@pytest.fixture(autouse=True)
def august() -> Iterator[None]:
    with time_machine.travel(moment(TODAY), tick=False):
        yield


@pytest.fixture
def bank(offices):
    return browser_of(offices.bank_officer)


@pytest.fixture
def finance(offices):
    return browser_of(offices.finance_officer)


def text_of(response) -> str:
    return page_of(response).replace("\N{NO-BREAK SPACE}", " ")


def sent(browser, loan, deed, **fields):
    return browser.post(f"/recoveries/{loan.number}/{deed}", fields)


def test_the_list_says_what_compensating_all_of_them_does_to_the_pool(pool, offices, bank):
    """The worked example: 30,000 left of one loan and 50,000 of another, 80 % the fund's."""
    first, second = make_active_loan(pool, offices), make_active_loan(pool, offices)
    paid_on = date(2026, 3, 12)
    record_repayment(
        first,
        amount_fen=20_000 * YUAN,
        value_on=paid_on,
        bank_serial="R1",
        by=offices.bank_officer,
        at=moment(paid_on),
    )
    text = text_of(bank.get("/recoveries"))
    assert "可以代偿 2 笔" in text
    assert "代偿 6.4 万元，额度少 32 万元（1 元代偿 = 5 元额度）" in text
    assert "这些贷款不再占 8 万元额度，还能用的一共少 24 万元" in text
    assert second.number in text
    assert "9 月 20 日结息日前提" in text


@pytest.mark.parametrize("who", ["bank_officer", "guarantor_officer", "finance_officer"])
def test_the_three_offices_that_bear_it_see_it(pool, loan, offices, who):
    browser = browser_of(getattr(offices, who))
    assert loan.number in text_of(browser.get("/recoveries"))
    assert browser.get(f"/recoveries/{loan.number}").status_code == 200


@pytest.mark.parametrize("who", ["city_reviewer", "leader", "town_reviewer", "helper", "auditor"])
def test_nobody_else_is_told_that_there_is_such_a_page(pool, loan, offices, who):
    browser = browser_of(getattr(offices, who))
    assert browser.get("/recoveries").status_code == 404
    assert browser.get(f"/recoveries/{loan.number}").status_code == 404


def test_a_loan_that_is_not_late_enough_is_not_among_them(pool, loan, bank):
    with time_machine.travel(moment(date(2026, 6, 19)), tick=False):
        assert "可以代偿 0 笔" in text_of(bank.get("/recoveries"))
        assert bank.get(f"/recoveries/{loan.number}").status_code == 404
        assert bank.get(f"/recoveries/{loan.number}/compensate").status_code == 404


def test_the_bank_asks_and_the_finance_bureau_pays(pool, loan, offices, bank, finance):
    assert sent(bank, loan, "compensate", voucher_no="代 1").status_code == 302
    page = f"/recoveries/{loan.number}"
    # One officer of the bank asked: none of the bank's can decide, and it isn't asked twice.
    assert "去复核" not in text_of(bank.get(page))
    assert "等财政局复核" in text_of(bank.get("/recoveries"))
    proposal = FundProposal.objects.get(loan=loan)
    assert f"/finance/proposals/{proposal.pk}" in text_of(finance.get(page))
    assert browser_of(offices.bank_officer2).get(f"/finance/proposals/{proposal.pk}").status_code == 404
    assert finance.post(f"/finance/proposals/{proposal.pk}", {"outcome": "approved"}).status_code == 302
    assert Loan.objects.get(pk=loan.pk).state == LoanState.COMPENSATED
    text = text_of(bank.get("/recoveries"))
    assert "正在追 1 笔" in text
    assert "2029 年 8 月 26 日前要起诉" in text


def test_only_the_bank_has_something_to_ask_for(pool, loan, offices, finance):
    for browser in (finance, browser_of(offices.guarantor_officer)):
        assert "申请代偿" not in text_of(browser.get(f"/recoveries/{loan.number}"))
        assert sent(browser, loan, "compensate", voucher_no="代 1").status_code == 404
    assert not FundProposal.objects.filter(loan=loan).exists()


def test_money_that_came_back_is_shown_with_whose_share_it_is(pool, loan, offices, bank, finance):
    compensated(loan, offices, at=moment(TODAY))
    fields = {"amount": "2万", "value_on": "2026-08-26", "voucher_no": "追 1"}
    assert sent(bank, loan, "recover", **fields).status_code == 302
    proposal = FundProposal.objects.get(voucher_no="追 1")
    finance.post(f"/finance/proposals/{proposal.pk}", {"outcome": "approved"})
    text = text_of(bank.get(f"/recoveries/{loan.number}"))
    for words in ("20,000.00", "16,000.00", "4,000.00", "30,000.00"):
        assert words in text
    assert refreshed(pool).fund_balance_fen == 97_600_000


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"amount": ""}, "写上金额，比如 50000 或 5 万"),
        ({"amount": "0"}, "金额要大于 0"),
        ({"amount": "0.01", "loss": "small"}, ""),
        ({"amount": "50000.01"}, "比要追回的还多 0.01 元，核对金额。"),
        ({"value_on": "2026-08-27"}, "日期要在代偿那天和今天之间"),
        ({"value_on": "2026-08-25"}, "日期要在代偿那天和今天之间"),
        ({"voucher_no": " "}, "写上凭证号"),
    ],
)
def test_what_is_wrong_with_a_recovery_is_said_beside_the_field_and_above(pool, loan, offices, bank, changed, words):
    compensated(loan, offices, at=moment(TODAY))
    fields = {"amount": "2万", "value_on": "2026-08-26", "voucher_no": "追 1"} | changed
    answer = sent(bank, loan, "recover", **fields)
    if not words:
        assert answer.status_code == 302  # a fen is the fund's: 80 % of it is more than half
        return
    assert answer.status_code in (409, 422)
    assert text_of(answer).count(words) == 2
    assert not FundProposal.objects.filter(voucher_no="追 1").exists()


def test_a_claim_is_given_up_by_the_bank_and_the_finance_bureau(pool, loan, offices, bank, finance):
    compensated(loan, offices, at=moment(TODAY))
    assert sent(bank, loan, "write-off", reason="法院终结执行").status_code == 302
    proposal = WriteOff.objects.get()
    page = f"/finance/write-offs/{proposal.pk}"
    assert page in text_of(finance.get("/finance"))
    assert bank.get(page).status_code == 404
    text = text_of(finance.get(page))
    assert "40,000.00 元" in text
    assert "10,000.00 元" in text
    assert "法院终结执行" in text
    unexplained = finance.post(page, {"outcome": "refused"})
    assert unexplained.status_code == 422
    assert finance.post(page, {"outcome": "approved"}).status_code == 302
    assert Loan.objects.get(pk=loan.pk).state == LoanState.CLOSED
    assert finance.post(page, {"outcome": "approved"}).status_code == 409
    text = text_of(bank.get("/recoveries"))
    assert "没有要追的" in text
    assert "已经结案的" in text


def test_a_write_off_says_why(pool, loan, offices, bank):
    compensated(loan, offices, at=moment(TODAY))
    answer = sent(bank, loan, "write-off", reason=" ")
    assert answer.status_code == 422
    assert text_of(answer).count("写明为什么追不回来") == 2
    assert not WriteOff.objects.exists()


def test_before_a_compensation_nothing_is_recovered_or_written_off(pool, loan, bank):
    for deed in ("recover", "write-off", "forgive"):
        assert bank.get(f"/recoveries/{loan.number}/{deed}").status_code == 404


def test_a_used_voucher_is_refused_at_its_field(pool, loan, offices, bank):
    used = FundMove.objects.get(kind="deposit").voucher_no
    answer = sent(bank, loan, "compensate", voucher_no=used)
    assert answer.status_code == 409
    assert text_of(answer).count("这个凭证号登记过了，核对后换一个。") == 2


def test_the_list_asks_the_database_a_fixed_number_of_questions(
    pool, offices, bank, django_assert_max_num_queries: DjangoAssertNumQueries
):
    loans = [make_active_loan(pool, offices) for _ in range(6)]
    for loan in loans[:3]:
        compensated(loan, offices, at=moment(TODAY))
    recovered(loans[0], offices, recovered_fen=1_000_000, at=moment(TODAY))
    written_off(loans[1], offices, at=moment(TODAY))
    bank.get("/recoveries")
    with django_assert_max_num_queries(SIGNED_IN + 16):
        bank.get("/recoveries")
