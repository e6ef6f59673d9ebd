"""Beside moving a case: whose it is, whether its clock runs, what becomes of a finding."""

from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from applicants.models import Applicant
from loans.models import Programme
from tests.makers.cases import MONDAY, a_case_in
from tests.makers.people import Offices
from tests.makers.women import a_woman
from tests.workflows.web.offices_at_work import browser_of, fresh, page_of
from workflows.assigning import current_assignment
from workflows.models import Application, AssessedFinding
from workflows.states import State

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_work(programme: Programme):
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def case(offices: Offices) -> Application:
    return a_case_in(State.ELIGIBILITY, offices)


def send(client: Client, case: Application, page: str, **sent: Any) -> Any:
    return client.post(f"/case/{case.number}/{page}", {"version": str(case.version), **sent})


def owner_of(case: Application) -> User | None:
    assignment = current_assignment(fresh(case))
    assert assignment is not None
    return assignment.owner


def finding_of(case: Application, rule: str) -> AssessedFinding:
    return case.findings.get(rule=rule)


def assessed(offices: Offices, **facts: Any) -> Application:
    """A case of which some facts are otherwise, as the city finds it."""
    woman = a_woman(offices)
    Applicant.objects.filter(pk=woman.pk).update(**facts)
    woman.refresh_from_db()
    return a_case_in(State.ELIGIBILITY, offices, applicant=woman)


def test_a_case_of_nobody_is_taken_with_one_press(case, offices: Offices):
    browser = browser_of(offices.city_reviewer)
    assert "我来办" in page_of(browser.get(f"/case/{case.number}"))
    response = browser.post(f"/case/{case.number}/assign", {"version": case.version, "owner": offices.city_reviewer.pk})
    assert response.status_code == 302
    assert owner_of(case) == offices.city_reviewer
    text = page_of(browser.get(f"/case/{case.number}"))
    assert "您接手了。" in text
    assert "纪荷香 接手" in text
    assert "我来办" not in text


def test_a_case_is_given_to_a_colleague_of_the_office_that_has_it(case, offices: Offices):
    browser = browser_of(offices.city_reviewer)
    form = browser.get(f"/case/{case.number}/assign").context["form"]
    assert [label for _pk, label in form.fields["owner"].choices] == ["纪荷香", "骆晚秋", "温若兰"]
    assert send(browser, case, "assign", owner=offices.city_reviewer2.pk).status_code == 302
    assert owner_of(case) == offices.city_reviewer2
    assert "交给 骆晚秋 办" in page_of(browser.get(f"/case/{case.number}"))


def test_nobody_outside_the_office_is_given_a_case(case, offices: Offices):
    response = send(browser_of(offices.city_reviewer), case, "assign", owner=offices.town_reviewer.pk)
    assert response.status_code == 422
    assert page_of(response).count("选一个人") == 2
    assert owner_of(case) is None


def test_only_the_office_that_has_the_case_says_whose_it_is(case, offices: Offices):
    browser = browser_of(offices.town_reviewer)
    assert "转交" not in page_of(browser.get(f"/case/{case.number}"))
    refused = send(browser, case, "assign", owner=offices.city_reviewer.pk)
    assert refused.status_code == 403
    assert "您的岗位办不了这一步。" in page_of(refused)


def test_the_city_hands_out_a_towns_case_and_does_not_take_it(offices: Offices):
    case, browser = a_case_in(State.SURVEY, offices), browser_of(offices.city_reviewer)
    assert "我来办" not in page_of(browser.get(f"/case/{case.number}"))
    assert send(browser, case, "assign", owner=offices.town_reviewer2.pk).status_code == 302
    assert owner_of(case) == offices.town_reviewer2


def test_a_case_that_is_over_is_nobodys(offices: Offices):
    case = a_case_in(State.DECLINED, offices)
    browser = browser_of(offices.city_reviewer)
    assert "谁在办" not in page_of(browser.get(f"/case/{case.number}"))
    assert browser.get(f"/case/{case.number}/assign").status_code == 404


def test_the_clock_is_stopped_for_what_nobody_here_can_help_and_runs_again(case, offices: Offices):
    browser = browser_of(offices.city_reviewer)
    sent = {"pause_reason": "force_majeure", "until": "2026-09-30", "note": "发大水，路断了"}
    assert send(browser, case, "pause", **sent).status_code == 302
    text = page_of(browser.get(f"/case/{case.number}"))
    assert "已暂停：不可抗力" in text
    assert (
        "不可抗力：发大水，路断了（预计 9\N{NO-BREAK SPACE}月\N{NO-BREAK SPACE}30\N{NO-BREAK SPACE}日接着办）"
        in text.replace("9 月 30 日", "9\N{NO-BREAK SPACE}月\N{NO-BREAK SPACE}30\N{NO-BREAK SPACE}日")
    )
    assert "接着算时间" in text
    assert send(browser, case, "pause").status_code == 302
    assert "已暂停" not in page_of(browser.get(f"/case/{case.number}"))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"pause_reason": ""}, "选暂停原因"),
        ({"pause_reason": "papers"}, "选暂停原因"),
        ({"until": ""}, "写预计哪天能接着办，最多 10 个工作日"),
        ({"until": "2026-12-31"}, "写预计哪天能接着办，最多 10 个工作日"),
        ({"note": ""}, "写一下为什么要停"),
    ],
)
def test_a_pause_says_why_and_until_when(case, offices: Offices, changed, words):
    sent = {"pause_reason": "force_majeure", "until": "2026-09-30", "note": "发大水"} | changed
    response = send(browser_of(offices.city_reviewer), case, "pause", **sent)
    assert response.status_code == 422
    assert page_of(response).count(words) >= 2
    assert fresh(case).pauses.count() == 0


def test_a_check_outside_takes_the_head(case, offices: Offices):
    sent = {"pause_reason": "outside_check", "until": "2026-09-30", "note": "派出所在查"}
    refused = send(browser_of(offices.city_reviewer), case, "pause", **sent)
    assert refused.status_code == 403
    assert "要单位负责人同意才行。" in page_of(refused)
    assert "派出所在查" in page_of(refused)
    assert send(browser_of(offices.leader), case, "pause", **sent).status_code == 302


def test_a_case_that_has_not_begun_has_no_clock_to_stop(offices: Offices):
    case = a_case_in(State.SUBMITTED, offices)
    browser = browser_of(offices.town_reviewer)
    assert browser.get(f"/case/{case.number}").context["desk"].pause is None
    sent = {"pause_reason": "force_majeure", "until": "2026-09-30", "note": "发大水"}
    assert send(browser, case, "pause", **sent).status_code == 409


def test_what_the_rules_could_not_tell_a_person_settles(offices: Offices):
    case = assessed(offices, has_overdue_debt=None)
    browser, finding = browser_of(offices.city_reviewer), finding_of(case, "overdue_debt")
    text = page_of(browser.get(f"/case/{case.number}"))
    assert "13 条满足 · 1 条要人看" in text
    page = f"findings/{finding.pk}"
    assert "结论由您来定" in page_of(browser.get(f"/case/{case.number}/{page}"))
    without = send(browser, case, page, outcome="not_met", note="")
    assert without.status_code == 422
    assert send(browser, case, page, outcome="met", note="问过农信，没有逾期").status_code == 302
    text = page_of(browser.get(f"/case/{case.number}"))
    assert "14 条满足" in text
    assert "纪荷香 定 问过农信，没有逾期" in text


def test_calling_met_what_was_found_not_met_takes_two_people(offices: Offices):
    case = assessed(offices, on_public_payroll=True)
    first, second = browser_of(offices.city_reviewer), browser_of(offices.city_reviewer2)
    page = f"findings/{finding_of(case, 'public_payroll').pk}"
    assert "1 条不满足" in page_of(first.get(f"/case/{case.number}"))
    assert send(first, case, page, note="").status_code == 422
    assert send(first, case, page, note="公益岗，不是财政工资").status_code == 302
    assert "纪荷香 提出改成满足：公益岗，不是财政工资，等另一个人复核" in page_of(second.get(f"/case/{case.number}"))
    assert send(first, case, page, outcome="approved").status_code == 403
    assert "等另一位复核" in page_of(second.get("/work?tab=all"))
    assert send(second, case, page, outcome="approved").status_code == 302
    assert "14 条满足" in page_of(second.get(f"/case/{case.number}"))


def test_findings_are_settled_where_the_case_is_judged_and_by_those_who_judge(case, offices: Offices):
    page = f"findings/{finding_of(case, 'age').pk}"
    refused = send(browser_of(offices.town_reviewer), case, page, outcome="not_met", note="我看不行")
    assert refused.status_code == 403
    guaranteed = a_case_in(State.GUARANTEE, offices)
    late = f"findings/{finding_of(guaranteed, 'age').pk}"
    assert send(browser_of(offices.city_reviewer), guaranteed, late, outcome="not_met", note="晚了").status_code == 409
    partner = browser_of(offices.guarantor_officer)
    assert partner.get(f"/case/{guaranteed.number}/{late}").status_code in (302, 404)


def test_the_finding_of_another_case_is_not_settled_here(case, offices: Offices):
    other = a_case_in(State.ELIGIBILITY, offices)
    page = f"findings/{finding_of(other, 'age').pk}"
    assert send(browser_of(offices.city_reviewer), case, page, outcome="met").status_code == 404
