"""The list as a file: the cases that the address shows, safe to open, and written down who took it."""

import csv
import io

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from applicants.models import Applicant
from records.models import AuditEntry
from tests.makers.cases import MONDAY, a_case_in, a_submitted_case
from tests.makers.women import a_woman
from tests.workflows.web.offices_at_work import browser_of, fresh, page_of
from workflows.states import State
from workflows.web.work import files


@pytest.fixture(autouse=True)
def _monday(programme):
    with time_machine.travel(MONDAY, tick=False):
        yield


def rows_of(response):
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))


def sheet_of(response):
    return load_workbook(io.BytesIO(response.content)).worksheets[0]


def test_the_narrowed_list_comes_as_a_workbook_and_a_row_says_who_took_it(offices):
    wanted = a_case_in(State.SURVEY, offices)
    a_submitted_case(offices)
    response = browser_of(offices.city_reviewer).post(
        "/work/export?tab=all&stage=SURVEY&find=申请人", {"format": "xlsx"}
    )
    assert "filename*=utf-8''" in response["Content-Disposition"]
    assert "2026-09-21.xlsx" in response["Content-Disposition"]
    heads, *rows = [[cell.value for cell in row] for row in sheet_of(response).iter_rows()]
    assert heads[:5] == ["编号", "申请人", "镇", "村", "金额（元）"]
    assert [(row[0], row[4], row[7]) for row in rows] == [(wanted.number, 50000, "2026-10-08")]
    row = AuditEntry.objects.get(action=files.EXPORTED)
    assert (row.by, row.at, row.outcome) == (offices.city_reviewer, MONDAY, "done")
    assert row.about == "1 xlsx all stage=SURVEY", "whom she looked for is not told"


def test_what_was_ticked_comes_alone(offices):
    wanted = a_submitted_case(offices)
    a_submitted_case(offices)
    sent = {"format": "csv", "pick": f"{wanted.number}.{fresh(wanted).version}"}
    response = browser_of(offices.city_reviewer).post("/work/export?tab=all", sent)
    assert [row[0] for row in rows_of(response)[1:]] == [wanted.number]


def test_a_name_that_is_a_formula_is_reckoned_by_nobody(offices):
    case = a_submitted_case(offices)
    Applicant.objects.filter(pk=case.applicant_id).update(full_name="=HYPERLINK(1)")
    browser = browser_of(offices.city_reviewer)
    workbook = sheet_of(browser.post("/work/export?tab=all", {"format": "xlsx"}))
    assert (workbook["B2"].value, workbook["B2"].data_type) == ("=HYPERLINK(1)", "s")
    assert rows_of(browser.post("/work/export?tab=all", {"format": "csv"}))[1][1] == "'=HYPERLINK(1)"


def test_nothing_masked_is_in_it(offices):
    case = a_submitted_case(offices)
    text = browser_of(offices.city_reviewer).post("/work/export?tab=all", {"format": "csv"}).content.decode()
    for secret in (case.applicant.id_no, case.applicant.mobile, case.applicant.account_no, case.applicant.address):
        assert secret not in text


def test_another_towns_cases_are_in_no_file_of_hers_ticked_or_not(offices):
    elsewhere = a_submitted_case(offices, applicant=a_woman(offices, village=2))
    ours = a_submitted_case(offices)
    town = browser_of(offices.town_reviewer)
    assert [row[0] for row in rows_of(town.post("/work/export?tab=all", {"format": "csv"}))[1:]] == [ours.number]
    sent = {"format": "csv", "pick": f"{elsewhere.number}.{elsewhere.version}"}
    assert town.post("/work/export?tab=all", sent).status_code == 302
    assert AuditEntry.objects.filter(action=files.EXPORTED).count() == 1


def test_a_partners_file_holds_what_was_handed_to_it(offices):
    a_case_in(State.ELIGIBILITY, offices)
    theirs = a_case_in(State.GUARANTEE, offices)
    response = browser_of(offices.guarantor_officer).post("/work/export?tab=to_decide", {"format": "csv"})
    assert [row[0] for row in rows_of(response)[1:]] == [theirs.number]


@pytest.mark.parametrize("name", ["finance_officer", "helper", "auditor"])
def test_whoever_has_no_list_gets_no_file(offices, name):
    assert browser_of(getattr(offices, name)).post("/work/export", {"format": "csv"}).status_code == 404


def test_nothing_to_take_and_too_much_are_said_in_words(offices, monkeypatch):
    browser = browser_of(offices.city_reviewer)
    assert "没有可以导出的" in page_of(browser.post("/work/export?tab=all", {"format": "csv"}, follow=True))
    monkeypatch.setattr(files, "MOST", 1)
    for _ in range(2):
        a_submitted_case(offices)
    assert "一次最多导出 1 件" in page_of(browser.post("/work/export?tab=all", {"format": "csv"}, follow=True))
    assert not AuditEntry.objects.filter(action=files.EXPORTED).exists()


def test_it_takes_a_press_of_a_button(offices):
    assert browser_of(offices.city_reviewer).get("/work/export").status_code == 405


def test_a_longer_file_takes_no_more_questions(offices):
    browser, counted = browser_of(offices.city_reviewer), []
    browser.get("/work")  # the first visit reads more: the session
    for more in (1, 6):
        for _ in range(more):
            a_submitted_case(offices)
        with CaptureQueriesContext(connection) as asked:
            browser.post("/work/export?tab=all", {"format": "csv"})
        counted.append(len(asked))
    assert counted[0] == counted[1]
