"""What guarantor and bank do with a case in the browser: promise, approve, sign, and pay, two of them at a time."""

from typing import Any

import pytest
import time_machine

from accounts.models import User
from applicants.profiles import save_account
from loans.models import Programme
from tests.makers.cases import MONDAY, a_case_in, release_payout
from tests.makers.parties import a_surety
from tests.makers.people import Offices
from tests.makers.women import a_woman, let_everybody_agree
from tests.workflows.web.offices_at_work import act, browser_of, fresh, page_of
from workflows.models import Application
from workflows.models.application import Application as Case
from workflows.states import State

pytestmark = pytest.mark.django_db

LARGE_FEN = 8_000_000
COVER = {
    "cover": "5万",
    "guarantee_no": "石担函〔2026〕53 号",
    "opinion": "同意担保。",
    "counter_kind_1": "person",
    "counter_what_1": "堂兄，镇上开店",
}
TERMS = {
    "credit_result": "passed",
    "approved_amount": "50000",
    "term_months": "12",
    "method": "interest_only",
    "rate": "4.50",
    "lpr": "3.00",
    "lpr_on": "2026-08-20",
}
PAYMENT = {"bank_serial": "N2609210001", "bank_loan_no": "J0001", "paid_on": "2026-09-21", "amount": "5 万元"}


@pytest.fixture(autouse=True)
def at_work(programme: Programme):
    with time_machine.travel(MONDAY, tick=False):
        yield


def choices_of(user: User, case: Application) -> dict[str, str]:
    """What the page offers, and what keeps this person from it."""
    desk = browser_of(user).get(f"/case/{case.number}").context["desk"]
    return {choice.label: choice.blocked for choice in desk.choices}


def test_the_guarantor_sees_what_is_left_of_the_pool_before_it_promises(offices: Offices):
    case = a_case_in(State.GUARANTEE, offices)
    text = page_of(browser_of(offices.guarantor_officer).get(f"/case/{case.number}/moves/guarantee"))
    for words in ("还能用", "出函后还能用 495", "8\N{NO-BREAK SPACE}万元以上，要另一位同事复核后才算数。"):
        assert words in text, words


def test_a_guarantee_is_given_with_its_letter_and_what_secures_it(offices: Offices):
    case = a_case_in(State.GUARANTEE, offices)
    assert act(browser_of(offices.guarantor_officer), case, "guarantee", **COVER).status_code == 302
    moved = fresh(case)
    assert moved.state == State.DISBURSEMENT
    assert moved.guarantee_given is not None
    assert moved.guarantee_given.amount_fen == 5_000_000
    assert [one.kind for one in moved.guarantee_given.counter_guarantees.all()] == ["person"]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"cover": "很多"}, "金额要写数字，比如 50000 或 5 万"),
        ({"cover": "6万"}, "担保金额要大于 0，不超过申请的 5\N{NO-BREAK SPACE}万元"),
        ({"guarantee_no": ""}, "写上担保函号"),
        ({"counter_what_1": ""}, "写清是谁担保，或拿什么担保"),
        ({"counter_kind_1": "", "counter_what_1": ""}, "选一种反担保；不用的选“免反担保”，写明依据"),
        ({"counter_kind_2": "", "counter_what_2": "她的房子"}, "选一下是哪一种反担保"),
    ],
)
def test_what_is_wrong_with_a_guarantee_stands_at_its_field(offices: Offices, changed, words):
    case = a_case_in(State.GUARANTEE, offices)
    response = act(browser_of(offices.guarantor_officer), case, "guarantee", **(COVER | changed))
    assert response.status_code == 422
    assert page_of(response).count(words) == 2
    assert fresh(case).state == State.GUARANTEE


def test_a_small_loan_is_exempt_from_counter_guarantees_with_the_reason_written_out(offices: Offices):
    case = a_case_in(State.GUARANTEE, offices, amount_fen=2_000_000)
    form = browser_of(offices.guarantor_officer).get(f"/case/{case.number}/moves/guarantee").context["form"]
    assert form["counter_kind_1"].value() == "exempt"
    assert form["counter_what_1"].value() == "不到 3\N{NO-BREAK SPACE}万元，按规定免反担保"


def test_a_larger_one_begins_with_whom_she_named(offices: Offices):
    woman = a_woman(offices)
    a_surety(woman)
    let_everybody_agree(woman)
    case = a_case_in(State.GUARANTEE, offices, applicant=woman)
    form = browser_of(offices.guarantor_officer).get(f"/case/{case.number}/moves/guarantee").context["form"]
    assert (form["counter_kind_1"].value(), form["counter_what_1"].value()) == ("person", "担保人甲，亲戚")


def test_a_large_guarantee_waits_for_a_second_officer(offices: Offices):
    case = a_case_in(State.GUARANTEE, offices, amount_fen=LARGE_FEN)
    first, second = browser_of(offices.guarantor_officer), browser_of(offices.guarantor_officer2)
    assert act(first, case, "guarantee", **(COVER | {"cover": "8万"})).status_code == 302
    assert fresh(case).state == State.GUARANTEE
    own = choices_of(offices.guarantor_officer, case)
    assert own["复核担保意见"] == "这是您提交的，要由另一个人复核。"
    assert "同意担保" not in own
    assert "等另一位复核" in page_of(second.get("/partner"))
    alone = act(first, case, "check_guarantee", outcome="approved")
    assert alone.status_code == 403
    text = page_of(second.get(f"/case/{case.number}/moves/check_guarantee"))
    assert "石担函〔2026〕53 号" in text
    assert act(second, case, "check_guarantee", outcome="approved").status_code == 302
    assert fresh(case).state == State.DISBURSEMENT


def test_the_second_officer_may_say_no_and_the_case_stays(offices: Offices):
    case = a_case_in(State.GUARANTEE, offices, amount_fen=LARGE_FEN)
    act(browser_of(offices.guarantor_officer), case, "guarantee", **(COVER | {"cover": "8万"}))
    second = browser_of(offices.guarantor_officer2)
    assert act(second, case, "check_guarantee", outcome="").status_code == 422
    assert act(second, case, "check_guarantee", outcome="refused").status_code == 302
    assert fresh(case).state == State.GUARANTEE
    assert "同意担保" in choices_of(offices.guarantor_officer, case)


def test_a_second_look_at_nothing_is_too_late(offices: Offices):
    case = a_case_in(State.GUARANTEE, offices)
    response = act(browser_of(offices.guarantor_officer2), case, "check_guarantee", outcome="approved")
    assert response.status_code == 409


@pytest.mark.parametrize(
    ("state", "name", "move"),
    [
        (State.GUARANTEE, "guarantor_officer", "refuse_guarantee"),
        (State.DISBURSEMENT, "bank_officer", "refuse_loan"),
    ],
)
def test_a_partner_says_no_with_reasons_and_without_an_appeal(offices: Offices, state, name, move):
    case, browser = a_case_in(state, offices), browser_of(getattr(offices, name))
    words = "您名下有一笔逾期的贷款 8 千元没还。"
    sent = {"reasons": "other", "words_other": words, "advice_other": "还清后带上结清单再来。"}
    look = page_of(act(browser, case, move, preview="yes", **sent))
    assert words in look
    assert "申请复核" not in look
    assert act(browser, case, move, **sent).status_code == 302
    assert fresh(case).state == State.DECLINED


def test_the_bank_approves_what_she_asked_for(offices: Offices):
    case = a_case_in(State.DISBURSEMENT, offices)
    browser = browser_of(offices.bank_officer)
    look = act(browser, case, "approve_loan", preview="yes", **TERMS)
    assert "和她申请的一样，批了就去签约。" in page_of(look)
    assert fresh(case).state == State.DISBURSEMENT
    assert act(browser, case, "approve_loan", **TERMS).status_code == 302
    assert fresh(case).state == State.SIGNING


def test_what_the_bank_changes_is_shown_old_to_new_and_needs_a_reason(offices: Offices):
    case = a_case_in(State.DISBURSEMENT, offices)
    browser = browser_of(offices.bank_officer)
    less = TERMS | {"approved_amount": "40000"}
    look = act(browser, case, "approve_loan", preview="yes", **less)
    changes = look.context["panel"].words["differences"]
    assert [(change.name, change.asked, change.offered) for change in changes] == [
        ("金额", "5\N{NO-BREAK SPACE}万元", "4\N{NO-BREAK SPACE}万元")
    ]
    refused = act(browser, case, "approve_loan", **less)
    assert refused.status_code == 422
    assert page_of(refused).count("和申请不一样，写明原因，她会看到") == 2
    assert 'value="40000"' in page_of(refused)
    assert act(browser, case, "approve_loan", **less, reason="流水偏少").status_code == 302
    assert fresh(case).state == State.TERMS_OFFERED


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"credit_result": "not_passed"}, "征信不符合，不能批准；写明原因，选不批"),
        ({"credit_result": ""}, "选一下征信结论"),
        ({"rate": "9.99"}, "年利率不能超过 LPR 加点后的 4.50%"),
        ({"rate": "四点五"}, "要写百分数，比如 4.50"),
        ({"lpr_on": "2026-09-22"}, "LPR 日期不能晚于今天"),
        ({"lpr_on": "八月"}, "日期要写成 2026-03-10 这样"),
        ({"term_months": "13"}, "13"),
    ],
)
def test_what_is_wrong_with_an_approval_stands_at_its_field(offices: Offices, changed, words):
    case = a_case_in(State.DISBURSEMENT, offices)
    response = act(browser_of(offices.bank_officer), case, "approve_loan", **(TERMS | changed))
    assert response.status_code == 422
    assert words in page_of(response)
    assert fresh(case).state == State.DISBURSEMENT


def test_signing_takes_the_contracts_number_and_a_day_that_is_not_tomorrow(offices: Offices):
    case, browser = a_case_in(State.SIGNING, offices), browser_of(offices.bank_officer)
    tomorrow = act(browser, case, "sign", contract_no="石农信借 12", signed_on="2026-09-22")
    assert tomorrow.status_code == 422
    assert page_of(tomorrow).count("签约日期不能晚于今天") == 2
    assert act(browser, case, "sign", contract_no="石农信借 12", signed_on="2026-09-21").status_code == 302
    assert fresh(case).state == State.PAYOUT


def test_money_takes_two_officers_and_the_banks_own_serial(offices: Offices):
    case: Case = a_case_in(State.PAYOUT, offices)
    first, second = browser_of(offices.bank_officer), browser_of(offices.bank_officer2)
    assert list(choices_of(offices.bank_officer, case)) == ["写放款指令"]
    form = page_of(first.get(f"/case/{case.number}/moves/instruct_payout"))
    assert "人民币伍万元整" in form
    assert "农信 ••••1234" in form
    assert act(first, case, "instruct_payout").status_code == 302
    assert choices_of(offices.bank_officer, case) == {"复核放款指令": "这是您提交的，要由另一个人复核。"}
    assert act(first, case, "release_payout", outcome="approved").status_code == 403
    assert act(second, case, "release_payout", outcome="approved").status_code == 302
    assert list(choices_of(offices.bank_officer, case)) == ["已放款", "没打成款"]
    assert act(first, case, "disburse", **PAYMENT).status_code == 302
    paid = fresh(case)
    assert paid.state == State.DISBURSED
    assert paid.loan is not None
    assert paid.loan.bank_serial == "N2609210001"


@pytest.mark.parametrize(
    ("changed", "status", "words"),
    [
        ({"bank_serial": ""}, 422, "写上银行流水号，没有就不能算已放款"),
        ({"paid_on": "2026-09-22"}, 422, "放款日期在签约之后，不晚于今天"),
        ({"amount": "4万"}, 409, "金额和放款指令不一样，和银行核对后再记。"),
    ],
)
def test_a_payment_that_is_not_the_banks_is_not_recorded(offices: Offices, changed, status, words):
    case = a_case_in(State.PAYOUT, offices)
    release_payout(case, offices)
    response: Any = act(browser_of(offices.bank_officer), case, "disburse", **(PAYMENT | changed))
    assert response.status_code == status
    assert words in page_of(response)
    assert fresh(case).state == State.PAYOUT


def test_a_payment_before_its_release_is_refused_in_words(offices: Offices):
    case = a_case_in(State.PAYOUT, offices)
    response = act(browser_of(offices.bank_officer), case, "disburse", **PAYMENT)
    assert response.status_code == 409
    assert PAYMENT["bank_serial"] in page_of(response)


def test_a_payment_that_failed_goes_back_to_signing_with_the_reason(offices: Offices):
    case = a_case_in(State.PAYOUT, offices)
    release_payout(case, offices)
    assert act(browser_of(offices.bank_officer), case, "payout_failed", reason="账号已销户").status_code == 302
    assert fresh(case).state == State.SIGNING


def test_a_release_of_nothing_is_too_late(offices: Offices):
    case = a_case_in(State.PAYOUT, offices)
    response = act(browser_of(offices.bank_officer2), case, "release_payout", outcome="approved")
    assert response.status_code == 409


def test_a_card_that_the_bank_opened_is_written_down_when_she_signs(offices: Offices):
    case = a_case_in(State.SIGNING, offices)
    save_account(case.applicant, account_no="", bank=offices.bank)
    browser = browser_of(offices.bank_officer)
    assert "她还没有卡。当场办好，写上卡号。" in page_of(browser.get(f"/case/{case.number}/moves/sign"))
    contract = {"contract_no": "石农信借 12", "signed_on": "2026-09-21"}
    without: Any = act(browser, case, "sign", **contract)
    assert without.status_code == 422
    assert "她还没有收款账户，写上办好的卡号" in page_of(without)
    wrong: Any = act(browser, case, "sign", **contract, account_no="6223190000000093446")
    assert "卡号不对，从卡正面照着写" in page_of(wrong)
    assert act(browser, case, "sign", **contract, account_no="6223 1900 0000 0093 445").status_code == 302
    assert fresh(case).applicant.masked_account == "••••3445"
