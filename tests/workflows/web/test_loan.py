"""对账单 in the browser, and how an extension or a recall goes through two officers of the bank."""

from datetime import timedelta
from http import HTTPStatus

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models.organisation import OrganisationKind
from loans.models import GuaranteePool, PlanChange
from loans.servicing import record_repayment
from tests.makers import cases
from tests.makers.cases import MONDAY
from tests.makers.people import organisation
from tests.workflows.web.offices_at_work import browser_of, page_of
from workflows import loan_requests
from workflows.matter_kinds import MatterKind
from workflows.states import State

LATER = MONDAY + timedelta(days=60)
AGREED = {"counter_consent": "谷雨生签了同意书", "agreement_no": "石农信展〔2026〕1 号"}


@pytest.fixture
def case(offices, programme):
    return cases.a_case_in(State.DISBURSED, offices)


@pytest.fixture(autouse=True)
def _later(case):
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture
def bank(offices):
    return browser_of(offices.bank_officer)


@pytest.fixture
def second(offices):
    return browser_of(offices.bank_officer2)


def granted_request(case, offices):
    asked = loan_requests.ask(
        case,
        MatterKind.EXTENSION,
        wanted_on=case.loan.matures_on + timedelta(days=90),
        words="秋天才卖得出去，想晚三个月",
        by=case.applicant.user,
        at=LATER,
    )
    words = "经营正常，同意继续担保三个月。"
    seconded = loan_requests.second(asked, agrees=True, words=words, by=offices.guarantor_officer, at=LATER)
    return loan_requests.grant(seconded, answer="同意展期，请您来签协议。", by=offices.bank_officer, at=LATER)


def page(client, case, query=""):
    return page_of(client.get(f"/case/{case.number}/loan{query}"))


def test_the_case_leads_to_the_statement_with_what_pays_it_off(case, bank):
    assert f'href="/case/{case.number}/loan"' in page_of(bank.get(f"/case/{case.number}"))
    first = case.loan.disbursed_on
    words = page(bank, case, f"?on={first + timedelta(days=8)}")
    # 50,000 at 4.50 % by 360: 6.25 a day.
    for said in ("一次还清", "50,050.00 元", "没有逾期", "正常", "到这一天还没有还款"):
        assert said in words


def test_each_payment_says_what_it_paid(case, bank, offices):
    record_repayment(
        case.loan,
        amount_fen=100_000,
        value_on=case.loan.disbursed_on + timedelta(days=2),
        bank_serial="HK1",
        by=offices.bank_officer,
        at=LATER,
    )
    words = page(bank, case)
    assert "HK1" in words
    assert "1,000.00" in words


def test_a_day_that_cannot_be_is_today_or_the_first(case, bank):
    for query in ("?on=2026-13-45", "?on=gestern", "?on=1999-01-01"):
        assert bank.get(f"/case/{case.number}/loan{query}").status_code == HTTPStatus.OK


def test_the_page_costs_a_bounded_number_of_queries(case, bank, offices):
    page(bank, case)
    for number in range(6):
        record_repayment(
            case.loan,
            amount_fen=10_000,
            value_on=case.loan.disbursed_on,
            bank_serial=f"HK{number}",
            by=offices.bank_officer,
            at=LATER,
        )
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page(bank, case)
    assert len(queries) <= 32


def test_a_granted_request_becomes_an_extension_by_two_officers(case, bank, second, offices):
    until = granted_request(case, offices).wanted_on
    assert "办展期" in page(bank, case)
    form = page_of(bank.get(f"/case/{case.number}/loan/extend"))
    assert f'value="{until}"' in form
    assert "展期的部分政府不贴息" in form
    sent = bank.post(f"/case/{case.number}/loan/extend", {"until": str(until), **AGREED})
    assert sent.status_code == HTTPStatus.FOUND
    change = PlanChange.objects.get()
    path = f"/case/{case.number}/loan/changes/{change.pk}"
    assert "要由另一位同事复核" in page_of(bank.get(path))
    refused = bank.post(path, {"outcome": "approved", "reason": ""})
    assert refused.status_code == HTTPStatus.FORBIDDEN
    assert second.post(path, {"outcome": "approved", "reason": ""}).status_code == HTTPStatus.FOUND
    case.loan.refresh_from_db()
    assert case.loan.matures_on == until
    assert "办展期" not in page(bank, case)
    assert not loan_requests.may_ask(case, MatterKind.EXTENSION, on=LATER.date())
    assert loan_requests.may_ask(case, MatterKind.EARLY_REPAYMENT, on=LATER.date())


def test_the_banks_yes_leads_to_where_the_extension_is_carried_out(case, bank, offices):
    wanted_on = case.loan.matures_on + timedelta(days=90)
    said = "秋天才卖得出去，想晚三个月"
    asked = loan_requests.ask(
        case, MatterKind.EXTENSION, wanted_on=wanted_on, words=said, by=case.applicant.user, at=LATER
    )
    words = "经营正常，同意继续担保三个月。"
    loan_requests.second(asked, agrees=True, words=words, by=offices.guarantor_officer, at=LATER)
    sent = {"outcome": "grant", "answer": "同意展期，请您来签协议。", "version": case.version}
    answer = bank.post(f"/case/{case.number}/matters/{asked.pk}", sent, follow=True)
    assert answer.redirect_chain[-1][0] == f"/case/{case.number}/loan"
    assert "在这里办展期" in page_of(answer)


def test_the_recall_says_the_last_day_with_its_year(case, bank):
    words = page_of(bank.get(f"/case/{case.number}/loan/recall")).replace("\N{NO-BREAK SPACE}", " ")
    assert f"{case.loan.matures_on.year} 年" in words


def test_without_a_granted_request_there_is_nothing_to_extend(case, bank):
    assert "办展期" not in page(bank, case)
    assert bank.get(f"/case/{case.number}/loan/extend").status_code == HTTPStatus.NOT_FOUND


def test_an_extension_over_a_year_is_refused_and_keeps_what_was_typed(case, bank, offices):
    granted_request(case, offices)
    too_late = case.loan.matures_on + timedelta(days=400)
    answer = bank.post(f"/case/{case.number}/loan/extend", {"until": str(too_late), **AGREED})
    assert answer.status_code == HTTPStatus.CONFLICT
    assert "展期最多一年" in page_of(answer)
    assert AGREED["agreement_no"] in page_of(answer)
    assert not PlanChange.objects.exists()


def test_a_form_without_the_counter_guarantors_word_is_refused(case, bank, offices):
    granted_request(case, offices)
    sent = {"until": str(case.loan.matures_on + timedelta(days=9)), **AGREED, "counter_consent": ""}
    answer = bank.post(f"/case/{case.number}/loan/extend", sent)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "写上反担保人怎么同意的" in page_of(answer)


def test_a_recall_makes_all_due_on_its_day(case, bank, second):
    on = LATER.date()
    sent = {"on": str(on), "ground": "misuse", "words": "钱拿去还了别人的债"}
    assert bank.post(f"/case/{case.number}/loan/recall", sent).status_code == HTTPStatus.FOUND
    path = f"/case/{case.number}/loan/changes/{PlanChange.objects.get().pk}"
    assert "钱拿去还了别人的债" in page_of(second.get(path))
    second.post(path, {"outcome": "approved", "reason": ""})
    case.loan.refresh_from_db()
    assert case.loan.matures_on == on


def test_other_offices_read_and_change_nothing(case, bank, offices):
    bank.post(f"/case/{case.number}/loan/recall", {"on": str(LATER.date()), "ground": "misuse", "words": "另作他用"})
    path = f"/case/{case.number}/loan/changes/{PlanChange.objects.get().pk}"
    for person in (offices.guarantor_officer, offices.city_reviewer):
        client = browser_of(person)
        assert client.get(f"/case/{case.number}/loan").status_code == HTTPStatus.OK
        assert client.get(f"/case/{case.number}/loan/recall").status_code == HTTPStatus.NOT_FOUND
        assert "等农信的另一位同事复核" in page_of(client.get(path))
        client.post(path, {"outcome": "approved", "reason": ""})
    assert PlanChange.objects.get().is_open
    assert browser_of(offices.auditor).get(f"/case/{case.number}/loan").status_code == HTTPStatus.NOT_FOUND


def test_before_the_payout_there_is_no_statement(offices, programme):
    early = cases.a_case_in(State.SURVEY, offices)
    assert browser_of(offices.city_reviewer).get(f"/case/{early.number}/loan").status_code == HTTPStatus.NOT_FOUND


def test_the_finance_bureau_reads_the_loans_of_its_pool_and_no_others(case, offices):
    pool, path = case.loan.guarantee.pool, f"/finance/loans/{case.loan.number}"
    client = browser_of(offices.finance_officer)
    assert f'href="{path}"' in page_of(client.get(f"/pool/{pool.pk}"))
    words = page_of(client.get(path))
    assert "一次还清" in words
    assert "提前收回" not in words
    assert client.post(path).status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert client.get(f"/case/{case.number}").status_code == HTTPStatus.NOT_FOUND
    for other in (offices.bank_officer, offices.city_reviewer, offices.auditor, case.applicant.user):
        assert browser_of(other).get(path).status_code == HTTPStatus.NOT_FOUND
    elsewhere = organisation("梨花市财政局", "梨花财政", kind=OrganisationKind.FINANCE, region=offices.city)
    GuaranteePool.objects.filter(pk=pool.pk).update(finance=elsewhere)
    assert client.get(path).status_code == HTTPStatus.NOT_FOUND
