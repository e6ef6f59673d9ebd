"""The desk of those who watch: the log for the auditor, the people for the security administrator."""

import re
from datetime import datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from records.models import AuditEntry
from records.refusals import Refusal
from reports.web.audit_words import ACTIONS, action_words, outcome_words
from tests.makers.people import PASSWORD, SHANGHAI, Offices, phone_user
from tests.workflows.web.offices_at_work import browser_of, page_of

NOON = datetime(2026, 9, 21, 12, 0, tzinfo=SHANGHAI)
# Session and user, and her memberships.
SIGNED_IN = 3


def write(by, action, outcome, *, about="", at=NOON):
    return AuditEntry.objects.create(at=at, by=by, action=action, about=about, outcome=outcome)


@pytest.fixture
def log(offices: Offices) -> None:
    write(offices.leader, "sign_in", "done")
    write(offices.finance_officer, "decide_fund_move", "same_person", about="财凭 1", at=NOON + timedelta(days=1))
    write(offices.bank_officer, "guarantee", "pool_exhausted", about="W2026-0101", at=NOON + timedelta(days=2))
    write(phone_user("phone-3f2a"), "recognise", "not_recognised", about="applicant:7", at=NOON + timedelta(days=3))


def shown(offices: Offices, query: str = "") -> list[str]:
    """Who stands on the page, from the top."""
    text = page_of(browser_of(offices.auditor).get(f"/admin-office?{query}"))
    return re.findall(r'<th scope="row">([^<]+)</th>', text)


@pytest.mark.parametrize(
    "who",
    [
        "helper",
        "town_reviewer",
        "city_reviewer",
        "leader",
        "guarantor_officer",
        "bank_officer",
        "finance_officer",
        "sysadmin",
    ],
)
def test_those_who_are_watched_are_told_of_nothing(log, offices, who):
    assert browser_of(getattr(offices, who)).get("/admin-office").status_code == 404


def test_women_and_strangers_neither(log, offices, client):
    assert browser_of(phone_user("13800000001")).get("/admin-office").status_code == 404
    assert client.get("/admin-office").headers["Location"] == "/staff/login?next=/admin-office"


def test_the_newest_stands_first_in_words(log, offices):
    assert shown(offices) == ["申请人", "成雅静（bank）", "尚明义（finance）", "温若兰（leader）"]
    text = page_of(browser_of(offices.auditor).get("/admin-office"))
    for words in (
        "审计记录 4 条",
        "同意担保",
        "担保额度不够",
        "W2026-0101",
        "复核资金",
        "这是您提交的，要由另一个人复核。",
        "登录",
        "办成了",
        "12:00:00",
    ):
        assert words in text
    assert "phone-3f2a" not in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("who=若兰", ["温若兰（leader）"]),
        ("who=bank", ["成雅静（bank）"]),
        ("who=ban", []),
        ("about=w2026-01", ["成雅静（bank）"]),
        ("since=2026-09-23", ["申请人", "成雅静（bank）"]),
        ("until=2026-09-21", ["温若兰（leader）"]),
        ("since=2026-09-22&until=2026-09-22", ["尚明义（finance）"]),
        ("who=若兰&since=2026-09-22", []),
    ],
)
def test_it_is_narrowed_by_person_day_and_case(log, offices, query, found):
    assert shown(offices, query) == found


def test_nothing_found_says_what_to_do(log, offices):
    assert "没有查到" in page_of(browser_of(offices.auditor).get("/admin-office?who=没有这个人"))


def test_a_day_that_is_none_is_said(log, offices):
    answer = browser_of(offices.auditor).get("/admin-office?since=昨天&who=若兰")
    assert answer.status_code == 422
    assert page_of(answer).count("日期要写成 2026-03-10 这样") == 2
    assert 'value="若兰"' in page_of(answer)


def test_it_is_read_page_by_page_and_never_written(offices):
    for number in range(52):
        write(offices.leader, "sign_in", "done", at=NOON + timedelta(minutes=number))
    browser = browser_of(offices.auditor)
    assert len(shown(offices)) == 50
    assert 'rel="next"' in page_of(browser.get("/admin-office?who=若兰"))
    assert browser.post("/admin-office").status_code == 405


def test_an_empty_log_says_what_will_appear(offices):
    assert "还没有记录" in page_of(browser_of(offices.auditor).get("/admin-office"))


def test_a_sign_in_of_today_is_a_row(offices, client):
    client.post("/staff/login", {"username": "leader", "password": PASSWORD})
    assert shown(offices) == ["温若兰（leader）"]


def test_every_refusal_reads_as_words_without_a_placeholder():
    codes = {one.code for one in Refusal.__subclasses__() if one.code != Refusal.code}
    for code in codes:
        words, tone = outcome_words(code)
        assert "%(" not in words
        assert tone == "soon"
    assert outcome_words("no_such_code")[0] == "no_such_code"


def test_an_action_nobody_named_is_shown_as_it_is():
    assert action_words("accept") == "受理"
    assert action_words("POST /api/v1/x") == "POST /api/v1/x"
    assert all(action_words(action) != action for action in ACTIONS)


def test_the_security_administrator_sees_people_and_roles(offices, client):
    client.post("/staff/login", {"username": "leader", "password": PASSWORD})
    offices.bank_officer2.is_active = False
    offices.bank_officer2.save()
    phone_user("phone-1")
    text = page_of(browser_of(offices.secadmin).get("/admin-office"))
    for words in ("人员和角色，16 人", "温若兰", "市妇联（负责人）", "没登录过", "停用", "市妇联 · 安全管理员"):
        assert words in text
    assert "phone-1" not in text
    assert "审计记录" not in text
    assert '<a href="/admin-office" aria-current="page">人员</a>' in text


def test_both_pages_ask_the_database_a_fixed_number_of_questions(
    log, offices, django_assert_max_num_queries: DjangoAssertNumQueries
):
    for user in (offices.auditor, offices.secadmin):
        browser = browser_of(user)
        browser.get("/admin-office")
        with django_assert_max_num_queries(SIGNED_IN + 3):
            browser.get("/admin-office")


def test_the_log_is_narrowed_by_what_was_done(log, offices):
    assert shown(offices, "what=guarantee") == ["成雅静（bank）"]
    text = page_of(browser_of(offices.auditor).get("/admin-office?what=nonsense"))
    assert "选名单里的一种" in text


def test_an_export_says_why_and_stands_in_the_log_itself(log, offices):
    browser = browser_of(offices.auditor)
    answer = browser.post("/admin-office/export?what=guarantee", {"reason": "市纪委调阅"})
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "成雅静" in lines[1]
    entry = AuditEntry.objects.get(action="export_audit")
    assert (entry.by, entry.about, entry.outcome) == (offices.auditor, "1：市纪委调阅", "done")


def test_nothing_is_exported_without_a_reason(log, offices):
    answer = browser_of(offices.auditor).post("/admin-office/export", {"reason": " "})
    assert answer.status_code == 422
    assert "写一下为什么导出" in page_of(answer)
    assert not AuditEntry.objects.filter(action="export_audit").exists()


def test_more_than_a_file_holds_is_narrowed_first(log, offices, monkeypatch):
    monkeypatch.setattr("reports.web.audit.EXPORT_MOST", 2)
    answer = browser_of(offices.auditor).post("/admin-office/export", {"reason": "调阅"})
    assert answer.status_code == 422
    assert "一次最多导出 2 条" in page_of(answer)


@pytest.mark.parametrize("who", ["secadmin", "sysadmin", "leader"])
def test_nobody_else_takes_the_log_out(log, offices, who):
    answer = browser_of(getattr(offices, who)).post("/admin-office/export", {"reason": "看看"})
    assert answer.status_code == 404
