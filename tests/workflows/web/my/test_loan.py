"""Her loan: what is taken when, what the treasury bears, and how each instalment stands."""

from datetime import timedelta
from http import HTTPStatus

import pytest
import time_machine

from loans import servicing
from loans.claims import refunds
from loans.claims.quarter import quarter_of
from tests.makers import claims
from tests.makers.cases import MONDAY, a_case_in
from tests.makers.loans import moment
from tests.makers.programme import a_programme
from tests.workflows.web.my.her_pages import due_box, heading, on, questions, read, sign_in
from workflows.states import State

FIRST = (12, 21)


@pytest.fixture
def case(offices, programme):
    """50,000 yuan for a year from 21 September 2026: interest on 21 December, March, June, September."""
    return a_case_in(State.DISBURSED, offices)


def instalment(case, number):
    return case.loan.instalments.get(number=number)


def repay(case, offices, amount_fen, day, *, serial="R1"):
    servicing.record_repayment(
        case.loan,
        amount_fen=amount_fen,
        value_on=day,
        bank_serial=serial,
        by=offices.bank_officer,
        at=moment(day, 18),
    )


def test_the_next_day_and_its_amount_are_the_heading(client, case):
    first = instalment(case, 1)
    words = read(client, case, "/loan", at=MONDAY)
    assert heading(words) == f"下次 12 月 21 日扣款，前一天卡里要有 {first.due_from_her_fen / 100:.2f} 元。"
    for said in ("50,000.00 元", "年利率 4.50%", "2026 年 9 月 21 日到 2027 年 9 月 21 日", "先息后本", "尾号 1234"):
        assert said in due_box(words)
    assert case.applicant.account_no not in words


def test_each_instalment_says_her_part_and_the_treasurys(client, case):
    words = read(client, case, "/loan", at=MONDAY)
    assert words.count('class="card inst') == case.loan.instalments.count()
    assert words.count("<dt>您付</dt>") == words.count("<dt>政府退</dt>")
    assert "本金 5 万元和利息" in words
    assert "按时付了才退" in words
    assert "最后一次" in words
    assert words.count("下一次") == 1


def test_each_year_has_its_subtotal(client, case):
    words = read(client, case, "/loan", at=MONDAY)
    assert "2026 年一共：您付" in words
    assert "2027 年一共：您付" in words


def test_what_was_paid_in_time_is_done_and_the_refund_is_on_its_way(client, case, offices):
    first = instalment(case, 1)
    repay(case, offices, first.due_from_her_fen, first.due_on)
    words = read(client, case, "/loan", at=on(12, 28))
    assert words.count("已付") == 1
    assert "财政局审核后退给您" in words
    assert "下次 3 月 21 日扣款" in heading(words)


def test_a_day_that_passed_unpaid_is_said_first(client, case):
    words = read(client, case, "/loan", at=on(12, 24))
    assert "过了日子，今天就打电话" in heading(words)
    assert "12 月 21 日该付的还没付。过了日子的利息，政府不补。" in words
    assert 'class="due sorry"' in words
    assert 'class="tag late"' in words
    assert "下一次" not in words


def test_on_the_day_itself_nothing_is_late_yet(client, case):
    words = read(client, case, "/loan", at=on(*FIRST))
    assert heading(words).startswith("今天扣款，卡里要有")
    assert 'class="due sorry"' not in words


def test_what_she_repaid_early_is_told(client, case, offices):
    repay(case, offices, 2_000_000, on(10, 12).date())
    words = read(client, case, "/loan", at=on(10, 13))
    assert "您提前还过 20,000.00 元本金" in words
    assert "30,000.00 元" in due_box(words)


def test_a_loan_that_is_repaid_says_thank_you_and_needs_no_calendar(client, case, offices):
    position = servicing.position(case.loan, on=on(10, 12).date())
    repay(case, offices, position.payoff_fen, on(10, 12).date())
    words = read(client, case, "/loan", at=on(10, 13))
    assert heading(words) == "这笔钱还清了，谢谢您。"
    assert "0.00 元" in due_box(words)
    assert "days.ics" not in words
    assert "想提前还" not in words


def test_where_the_subsidy_is_waived_the_treasury_pays_the_bank(client, offices):
    a_programme(offices, changes={"subsidy_payment": "waived"})
    words = read(client, a_case_in(State.DISBURSED, offices), "/loan", at=MONDAY)
    assert "<dt>政府付</dt>" in words
    assert "<dt>政府退</dt>" not in words
    assert "政府直接付给农信" in words


def test_whom_to_call_stands_below(client, case):
    words = read(client, case, "/loan", at=MONDAY)
    assert "有困难，先打电话" in words
    assert words.count('href="tel:') >= 3


@pytest.mark.parametrize("state", [State.SURVEY, State.SIGNING, State.PAYOUT])
def test_before_the_money_there_is_no_loan_page(client, offices, programme, state):
    case = a_case_in(state, offices)
    assert sign_in(client, case).get(f"/my/{case.number}/loan").status_code == HTTPStatus.NOT_FOUND


def test_however_many_repayments_the_page_asks_as_many_questions(client, case, offices):
    before = questions(client, case, "/loan", at=on(10, 13))
    for number in range(4):
        repay(case, offices, 100_000, (on(10, 12) + timedelta(days=number)).date(), serial=f"R{number}")
    assert questions(client, case, "/loan", at=on(10, 18)) == before <= 15


def test_how_to_repay_and_what_settles_it_today_stand_there_in_a_sentence_each(client, case):
    words = read(client, case, "/loan", at=on(10, 21))
    assert "怎么还：每季 20 日前卡里要有利息钱，政府审核后退给您。" in words
    owed_fen = servicing.position(case.loan, on=on(10, 21).date()).payoff_fen
    assert f"今天一次还清要 {owed_fen / 100:,.2f} 元" in words


def choose(client, case, *days):
    with time_machine.travel(MONDAY, tick=False):
        sign_in(client, case)
        return client.post(f"/my/{case.number}/reminders", {"version": case.version, "days_before": days})


def test_she_chooses_her_reminders(client, case):
    assert "扣款前发短信：提前 7 天、提前 3 天、当天。" in read(client, case, "/loan", at=MONDAY)
    page = read(client, case, "/reminders", at=MONDAY)
    assert page.count("checked") == 3
    assert choose(client, case, 3)["Location"] == f"/my/{case.number}/loan"
    assert "扣款前发短信：提前 3 天。" in read(client, case, "/loan", at=MONDAY)
    choose(client, case)
    assert "您关了提醒" in read(client, case, "/loan", at=MONDAY)


def test_there_are_no_other_days(client, case):
    assert choose(client, case, 5).status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_before_the_money_there_is_nothing_to_remind_of(client, offices, programme):
    survey = a_case_in(State.SURVEY, offices)
    assert sign_in(client, survey).get(f"/my/{survey.number}/reminders").status_code == HTTPStatus.NOT_FOUND


def test_she_sees_how_far_each_quarters_refund_has_come(client, case, offices):
    pool = case.loan.guarantee.pool
    claim = claims.made(pool, offices, quarter_of(MONDAY.date()))
    assert "农信在申报。" in read(client, case, "/loan", at=moment(claim.to_on, 20))
    claim = claims.opined(claims.handed_in(claim, offices), offices)
    words = read(client, case, "/loan", at=moment(claim.to_on, 20))
    assert "财政局在审核。" in words
    assert "2026 年第 4 季度" in words
    claim = claims.paid_out(claims.reviewed(claim, offices), offices)
    at = moment(claim.to_on + timedelta(days=5))
    assert "12 月 24 日财政局拨给农信了，农信在退。" in read(client, case, "/loan", at=at)
    on = at.date()
    refunds.record_refunds(claim, refunded_on=on, bank_serial="TX1", by=offices.bank_officer, at=at)
    assert "12 月 26 日退到您卡里了。" in read(client, case, "/loan", at=at)
