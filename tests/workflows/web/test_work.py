"""The lists of the offices: what is due next first, in tabs, narrowed by conditions, page by page."""

import re
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from loans.models import Programme
from tests.makers.cases import a_case_in, a_helped_draft, a_submitted_case, ask_for_papers, withdraw
from tests.makers.people import SHANGHAI, Offices
from tests.makers.women import a_woman
from tests.workflows.web.offices_at_work import MONDAY, browser_of, page_of
from workflows import assigning, inbox
from workflows.models import Application
from workflows.stages import intake, interruptions
from workflows.states import State
from workflows.urgency import Key

pytestmark = pytest.mark.django_db

WEDNESDAY_AFTER = datetime(2026, 10, 14, 9, 0, tzinfo=SHANGHAI)
# Session and user, and her memberships, which every page of staff reads.
SIGNED_IN = 3


def numbers_on(text: str) -> list[str]:
    """The cases of the list, in their order."""
    return re.findall(r'href="/case/(W2026-\d+)">[^<]+</a><small>', text)


@pytest.fixture
def october(programme: Programme, offices: Offices) -> dict[str, Application]:
    """Cases accepted at different times, as they stand on Wednesday 14 October."""
    started = {
        "late": datetime(2026, 9, 21, 9, 0, tzinfo=SHANGHAI),
        "later": datetime(2026, 9, 23, 9, 0, tzinfo=SHANGHAI),
        "today": datetime(2026, 9, 29, 9, 0, tzinfo=SHANGHAI),
        "soon": datetime(2026, 9, 30, 9, 0, tzinfo=SHANGHAI),
        "far": datetime(2026, 10, 13, 9, 0, tzinfo=SHANGHAI),
    }
    cases = {name: a_case_in(State.SURVEY, offices, at=at) for name, at in started.items()}
    paused = a_case_in(State.SURVEY, offices, at=started["far"])
    cases["paused"] = ask_for_papers(paused, offices, started["far"])
    cases["new"] = a_submitted_case(offices, at=started["far"])
    over = a_case_in(State.SURVEY, offices, at=started["far"])
    cases["over"] = withdraw(over, offices, started["far"])
    return cases


def test_what_is_due_next_comes_first_then_what_is_paused_then_what_has_not_begun(october, offices: Offices):
    with time_machine.travel(WEDNESDAY_AFTER, tick=False):
        text = page_of(browser_of(offices.city_reviewer).get("/work?tab=all"))
    order = ["late", "later", "today", "soon", "far", "paused", "new", "over"]
    assert numbers_on(text) == [october[name].number for name in order]
    for heading in (
        "已超期 2 件",
        "今天到期 1 件",
        "3 天内 1 件",
        "以后 1 件",
        "已暂停 1 件",
        "未起算 1 件",
        "已办结 1 件",
    ):
        assert heading in text
    for words in ("已超 5 天", "已超 3 天", "今天到期", "还剩 2 天", "已暂停：等补材料", "未起算", "按时 用 0 天"):
        assert words in text


def test_each_tab_says_how_many_it_holds(october, offices: Offices):
    late, new = october["late"], october["new"]
    assigning.assign(late, owner=offices.town_reviewer, by=offices.town_reviewer, at=MONDAY)
    with time_machine.travel(WEDNESDAY_AFTER, tick=False):
        browser = browser_of(offices.town_reviewer)
        mine, unassigned = browser.get("/work"), browser.get("/work?tab=unassigned")
    assert numbers_on(page_of(mine)) == [late.number]
    assert new.number in numbers_on(page_of(unassigned))
    counts = [(tab.value, count) for tab, count, _url, _current in mine.context["tabs"]]
    assert counts == [("mine", 1), ("unassigned", 6), ("paused", 1), ("overdue", 2), ("all", 8)]


def test_a_town_sees_its_own_cases_only(october, offices: Offices):
    elsewhere = a_submitted_case(offices, applicant=a_woman(offices, village=2))
    text = page_of(browser_of(offices.other_town_reviewer).get("/work?tab=all"))
    assert numbers_on(text) == [elsewhere.number]


def test_conditions_narrow_the_list_and_each_can_be_taken_off(october, offices: Offices):
    elsewhere = a_submitted_case(offices, applicant=a_woman(offices, village=2))
    browser = browser_of(offices.city_reviewer)
    response = browser.get(f"/work?tab=all&town={offices.towns[1].code}&stage=SUBMITTED&source=self")
    assert numbers_on(page_of(response)) == [elsewhere.number]
    chips = {chip.label: chip.without for chip in response.context["chips"]}
    assert list(chips) == ["樱桃镇", "已收件", "本人"]
    assert chips["樱桃镇"] == "?tab=all&stage=SUBMITTED&source=self"
    without = browser.get("/work" + chips["樱桃镇"])
    assert set(numbers_on(page_of(without))) == {october["new"].number, elsewhere.number}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("due=overdue", ["late", "later"]),
        ("due=today", ["today"]),
        ("due=soon", ["today", "soon"]),
        ("due=paused", ["paused"]),
        ("amount=over_50000", []),
        ("amount=30000_to_50000&due=today", ["today"]),
        ("project=shop", []),
        ("project=farm_stay&stage=WITHDRAWN", ["over"]),
        ("source=helper", []),
    ],
)
def test_the_list_is_narrowed_by_deadline_project_and_source(october, offices: Offices, query, names):
    with time_machine.travel(WEDNESDAY_AFTER, tick=False):
        text = page_of(browser_of(offices.city_reviewer).get(f"/work?tab=all&{query}"))
    assert numbers_on(text) == [october[name].number for name in names]
    assert names or "没有符合条件的" in text


def test_a_case_is_found_by_its_number_or_a_part_of_her_name(october, offices: Offices):
    browser, wanted = browser_of(offices.city_reviewer), october["soon"]
    assert numbers_on(page_of(browser.get(f"/work?tab=all&find={wanted.number.lower()}"))) == [wanted.number]
    name = wanted.applicant.full_name
    assert wanted.number in numbers_on(page_of(browser.get(f"/work?tab=all&find={name[-1]}")))


def test_an_address_with_conditions_that_nobody_offers_shows_the_list_without_them(october, offices: Offices):
    text = page_of(browser_of(offices.city_reviewer).get("/work?tab=all&stage=NOWHERE&due=never&after=x.y"))
    assert len(numbers_on(text)) == len(october)


def test_sixty_cases_come_in_two_pages_each_of_them_once(programme: Programme, offices: Offices):
    numbers = {a_submitted_case(offices).number for _ in range(60)}
    browser = browser_of(offices.city_reviewer)
    with time_machine.travel(MONDAY, tick=False):
        first = browser.get("/work?tab=all")
        second = browser.get("/work" + first.context["next_url"])
        again = browser.get("/work" + second.context["previous_url"])
    shown = numbers_on(page_of(first)), numbers_on(page_of(second))
    assert [len(rows) for rows in shown] == [50, 10]
    assert {*shown[0], *shown[1]} == numbers
    assert numbers_on(page_of(again)) == shown[0]
    assert (first.context["previous_url"], second.context["next_url"]) == ("", "")
    assert again.context["previous_url"] == ""
    assert "共 60 件" in page_of(first)


def test_forty_cases_take_no_more_questions_than_three(programme: Programme, offices: Offices):
    browser, counted = browser_of(offices.city_reviewer), []
    with time_machine.travel(MONDAY, tick=False):
        browser.get("/work?tab=all")
        for more in (3, 37):
            for _ in range(more):
                a_submitted_case(offices)
            with CaptureQueriesContext(connection) as asked:
                page = browser.get("/work?tab=all")
            counted.append(len(asked))
    assert len(numbers_on(page_of(page))) == 40
    assert counted[0] == counted[1] <= 8 + SIGNED_IN


def test_who_else_has_a_case_open_is_said_in_the_list_and_at_its_head(october, offices: Offices):
    case = october["new"]
    with time_machine.travel(WEDNESDAY_AFTER, tick=False):
        browser_of(offices.town_reviewer).get(f"/case/{case.number}")
    with time_machine.travel(WEDNESDAY_AFTER + timedelta(minutes=3), tick=False):
        browser = browser_of(offices.city_reviewer)
        words = f"{offices.town_reviewer} 正在看（3 分钟前）"
        assert page_of(browser.get("/work?tab=all")).count(words) == 1
        assert words in page_of(browser.get(f"/case/{case.number}"))
        assert "正在看（3" not in page_of(browser_of(offices.town_reviewer).get("/work?tab=all"))
    with time_machine.travel(WEDNESDAY_AFTER + timedelta(minutes=14), tick=False):
        assert "正在看" not in page_of(browser.get("/work?tab=all"))


def test_a_case_that_moves_on_between_two_pages_hides_no_other(programme: Programme, offices: Offices, monkeypatch):
    monkeypatch.setattr(inbox, "PAGE_ROWS", 3)
    cases = [a_case_in(State.SURVEY, offices) for _ in range(5)]
    browser = browser_of(offices.city_reviewer)
    with time_machine.travel(MONDAY, tick=False):
        first = browser.get("/work?tab=all")
        withdraw(cases[0], offices)
        second = browser.get("/work" + first.context["next_url"])
    assert numbers_on(page_of(second)) == [cases[3].number, cases[4].number, cases[0].number]


def test_what_is_over_is_listed_newest_first_also_across_pages(programme: Programme, offices: Offices, monkeypatch):
    monkeypatch.setattr(inbox, "PAGE_ROWS", 3)
    days = [MONDAY + timedelta(days=day) for day in (0, 2, 1, 2, 0)]
    cases = [withdraw(a_submitted_case(offices, at=MONDAY), offices, at=at) for at in days]
    browser = browser_of(offices.city_reviewer)
    first = browser.get("/work?tab=all")
    second = browser.get("/work" + first.context["next_url"])
    shown = [*numbers_on(page_of(first)), *numbers_on(page_of(second))]
    expected = sorted(cases, key=lambda case: (-(case.ended_on or MONDAY.date()).toordinal(), case.pk))
    assert shown == [case.number for case in expected]
    back = browser.get("/work" + second.context["previous_url"])
    assert numbers_on(page_of(back)) == shown[:3]


def test_an_empty_list_says_where_to_go_next(programme: Programme, offices: Offices):
    browser = browser_of(offices.town_reviewer)
    mine = page_of(browser.get("/work"))
    assert "今天没有待办。看看有没有该回访的。" in mine
    assert 'href="/work/follow-ups">去跟踪服务' in mine
    assert "有了会按到期先后排在这里" in page_of(browser.get("/work?tab=paused"))
    a_submitted_case(offices)
    assert 'href="?tab=unassigned">看未分派的 1 件' in page_of(browser.get("/work"))
    assert 'href="?tab=all">看全部 1 件' in page_of(browser.get("/work?tab=paused"))
    assert 'href="?tab=all">去掉全部条件' in page_of(browser.get("/work?tab=all&due=overdue"))


def test_the_list_shows_no_number_of_hers(october, offices: Offices):
    text = page_of(browser_of(offices.city_reviewer).get("/work?tab=all"))
    for case in october.values():
        for secret in (case.applicant.id_no, case.applicant.mobile, case.applicant.account_no):
            assert secret not in text


@pytest.mark.parametrize("name", ["finance_officer", "helper", "auditor", "sysadmin", "guarantor_officer"])
def test_only_the_federation_has_its_list(offices: Offices, name):
    assert browser_of(getattr(offices, name)).get("/work").status_code == 404


@pytest.mark.parametrize("name", ["finance_officer", "helper", "town_reviewer", "city_reviewer"])
def test_only_guarantor_and_bank_have_theirs(offices: Offices, name):
    assert browser_of(getattr(offices, name)).get("/partner").status_code == 404


@pytest.mark.parametrize("page", ["/work", "/partner"])
def test_an_applicant_has_no_list_of_an_office(programme: Programme, offices: Offices, page):
    assert browser_of(a_submitted_case(offices).applicant.user).get(page).status_code == 404


def test_a_partner_sees_what_was_handed_to_it_by_what_has_to_be_done(programme: Programme, offices: Offices):
    a_case_in(State.ELIGIBILITY, offices)
    waiting = {
        state: a_case_in(state, offices)
        for state in (State.GUARANTEE, State.DISBURSEMENT, State.SIGNING, State.TERMS_OFFERED, State.PAYOUT)
    }
    bank, guarantor = browser_of(offices.bank_officer), browser_of(offices.guarantor_officer)
    assert numbers_on(page_of(guarantor.get("/partner"))) == [waiting[State.GUARANTEE].number]
    assert numbers_on(page_of(bank.get("/partner"))) == [waiting[State.DISBURSEMENT].number]
    to_sign = {waiting[State.SIGNING].number, waiting[State.TERMS_OFFERED].number}
    assert set(numbers_on(page_of(bank.get("/partner?tab=to_sign")))) == to_sign
    assert numbers_on(page_of(bank.get("/partner?tab=to_pay"))) == [waiting[State.PAYOUT].number]
    assert len(numbers_on(page_of(bank.get("/partner?tab=all")))) == 4
    text = page_of(guarantor.get("/partner"))
    assert "待处理 1 件" in text
    assert "保证金 100\N{NO-BREAK SPACE}万元 × 5 倍 = 额度 500\N{NO-BREAK SPACE}万元" in text


def test_a_partner_has_a_tab_for_what_is_overdue(programme: Programme, offices: Offices):
    late = a_case_in(State.GUARANTEE, offices, at=MONDAY - timedelta(days=60))
    a_case_in(State.GUARANTEE, offices)
    with time_machine.travel(MONDAY, tick=False):
        response = browser_of(offices.guarantor_officer).get("/partner?tab=overdue")
    assert numbers_on(page_of(response)) == [late.number]


@pytest.mark.parametrize("key", [Key(0, date(2026, 10, 8), 7), Key(6, date.min, 1), Key(5, date.max, 2**63 - 1)])
def test_a_place_in_the_list_is_read_from_the_address_as_it_was_written(key):
    assert Key.read(str(key)) == key


@pytest.mark.parametrize("text", ["", "1", "1.2026-10-14", "x.2026-10-14.7", "1.2026-13-40.7", "1.2026-10-14.x"])
def test_what_is_no_place_in_the_list_is_none(text):
    assert Key.read(text) is None


@pytest.mark.parametrize("who", ["town_reviewer", "city_reviewer"])
def test_what_somebody_says_isnt_hers_stands_first_on_everybodys_own_list(offices, programme, who):
    overdue = a_submitted_case(offices, at=MONDAY - timedelta(days=60))
    waiting = intake.request_consent(a_helped_draft(offices), by=offices.helper, at=MONDAY, version=None)
    frozen = interruptions.freeze(waiting, reason="不是我办的", by=waiting.applicant.user, at=MONDAY, version=None)
    client = browser_of(getattr(offices, who))
    assert frozen.number in client.get("/work").content.decode()
    page = client.get("/work?tab=all").content.decode()
    assert "有人说不是她办的，先核实 1 件" in page
    assert page.index(frozen.number) < page.index(overdue.number)
