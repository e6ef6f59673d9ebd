"""时限对账单 and the contests behind it, as the offices see them."""

import io
from datetime import datetime

import openpyxl
import pytest
import time_machine

from tests.makers import cases
from tests.makers.people import SHANGHAI, Offices
from tests.workflows.web.offices_at_work import browser_of, page_of
from workflows.models import Application, ChargeContest
from workflows.states import State

pytestmark = pytest.mark.django_db

ACCEPTED = datetime(2026, 9, 28, 9, 0, tzinfo=SHANGHAI)
NOW = datetime(2026, 10, 14, 9, 0, tzinfo=SHANGHAI)
# Charged to the guarantor: 29 and 30 September; 8, 9, 10, 12 and 13 October.


@pytest.fixture(autouse=True)
def at_work(programme):
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def case(offices: Offices) -> Application:
    return cases.a_case_in(State.GUARANTEE, offices, at=ACCEPTED)


def read(user, path: str) -> str:
    return page_of(browser_of(user).get(path)).replace("\N{NO-BREAK SPACE}", " ")


def a_contest(case, offices, *days: str):
    sent = {"contest-words": "农信的材料没有转来。", "contest-evidence": "收文登记第 9 号"}
    browser = browser_of(offices.guarantor_officer)
    return browser.post(f"/case/{case.number}/charges", sent | {"act": "contest", "contest-days": list(days)})


def a_ruling(case, user, **changes: object):
    key = ChargeContest.objects.latest("pk").pk
    given = {"outcome": "approved", "moved_to": "", "reason": "收文登记属实。"} | changes
    sent = {f"ruling-{key}-{name}": value for name, value in given.items()}
    return browser_of(user).post(f"/case/{case.number}/charges", sent | {"act": str(key)})


def test_the_month_of_an_office_has_its_cases_and_its_days_by_stage(case, offices):
    text = read(offices.guarantor_officer, "/work/time-limits?month=2026-10")
    assert "担保公司 2026 年 10 月时限对账单" in text
    assert "1 件，按时 0，超期 1，用 5 个工作日" in text
    assert "担保审批 5 天" in text
    assert "用 2 个工作日" in read(offices.guarantor_officer, "/work/time-limits?month=2026-09")
    assert "这个月没有算在本单位的日子。" in read(offices.bank_officer, "/work/time-limits?month=2026-10")


def test_an_upheld_contest_moves_days_in_both_statements_and_not_her_day(case, offices):
    assert a_contest(case, offices, "2026-10-08", "2026-10-09").status_code == 302
    assert "有异议 2 天，改算 0 天" in read(offices.guarantor_officer, "/work/time-limits")
    text = read(offices.city_reviewer, f"/case/{case.number}/charges")
    assert "担保公司有异议：10 月 8 日、10 月 9 日" in text
    assert a_ruling(case, offices.city_reviewer, moved_to=offices.city_federation.pk).status_code == 302
    assert "用 3 个工作日，有异议 2 天，改算 -2 天" in read(offices.guarantor_officer, "/work/time-limits")
    city = read(offices.leader, f"/work/time-limits?office={offices.city_federation.pk}")
    assert "用 2 个工作日" in city
    assert Application.objects.get(pk=case.pk).due_on == case.due_on
    settled = read(offices.guarantor_officer, f"/case/{case.number}/charges")
    assert "纪荷香：同意，改算市妇联。收文登记属实。" in settled


def test_what_is_wrong_is_said_and_nothing_is_kept(case, offices):
    assert a_contest(case, offices).status_code == 422
    assert a_contest(case, offices, "2026-10-01").status_code == 422
    assert not ChargeContest.objects.exists()
    a_contest(case, offices, "2026-10-08")
    assert a_ruling(case, offices.city_reviewer, reason="").status_code == 422
    # The bank doesn't see a case that wasn't disclosed to it, and the guarantor rules over nothing.
    assert a_ruling(case, offices.bank_officer).status_code == 404
    a_ruling(case, offices.guarantor_officer2)
    assert ChargeContest.objects.get().decision.is_open


def test_the_excel_file_says_the_same(case, offices):
    response = browser_of(offices.guarantor_officer).get("/work/time-limits.xlsx?month=2026-10")
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).worksheets[0]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert rows[1][0] == case.number
    assert dict(zip(rows[0], rows[1], strict=True))["合计"] == 5
    assert dict(zip(rows[0], rows[1], strict=True))["担保审批"] == 5


@pytest.mark.parametrize("who", ["helper", "finance_officer", "auditor", "sysadmin"])
def test_whoever_is_charged_nothing_has_no_statement(offices, who):
    assert browser_of(getattr(offices, who)).get("/work/time-limits").status_code == 404


def test_the_statement_of_another_office_is_the_citys_to_read(case, offices):
    address = f"/work/time-limits?office={offices.guarantor.pk}"
    assert "担保公司 2026 年 10 月" in read(offices.leader, address)
    assert browser_of(offices.bank_officer).get(address).status_code == 404
