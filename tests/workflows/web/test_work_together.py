"""Many cases at once: shown before, done one by one, and what was refused stops none of the others."""

from datetime import timedelta
from http import HTTPStatus

import pytest
import time_machine

from records.models import AuditEntry
from tests.makers.cases import MONDAY, a_case_in, a_submitted_case, record_survey
from tests.makers.cases import accept as accepted
from tests.makers.women import a_woman
from tests.workflows.web.offices_at_work import browser_of, fresh, page_of
from workflows import bulk, looking, pausing
from workflows.models import Application, Assignment
from workflows.models.pause import PauseReason
from workflows.stages import eligibility
from workflows.states import State

OPINION = "项目真实，走访和材料对得上，同意推荐。"


@pytest.fixture(autouse=True)
def _monday(programme):
    with time_machine.travel(MONDAY, tick=False):
        yield


def ticked(*cases):
    return {"pick": [f"{case.number}.{fresh(case).version}" for case in cases], "back": "tab=all&stage=SURVEY"}


def read(case, reader):
    """She has opened it."""
    looking.open_case(fresh(case), by=reader, at=MONDAY)


def owners(*cases):
    return [Assignment.objects.get(application=case, ended_at__isnull=True).owner for case in cases]


def states(*cases):
    return [fresh(case).state for case in cases]


def test_it_says_before_which_are_done_and_why_the_others_are_not(offices):
    ready, unread = a_case_in(State.ELIGIBILITY, offices), a_case_in(State.ELIGIBILITY, offices)
    early = a_case_in(State.SURVEY, offices)
    for case in (ready, early):
        read(case, offices.city_reviewer)
    page = page_of(browser_of(offices.city_reviewer).post("/work/together/recommend", ticked(ready, unread, early)))
    assert "选了 3 件，其中 2 件不能批量" in page
    assert "您还没打开看过这件" in page
    assert "这件现在不在这一步了" in page
    assert "通过核实这 1 件" in page
    assert page.count('name="pick"') == 1
    assert 'href="/work?tab=all&amp;stage=SURVEY"' in page
    assert states(ready, unread, early) == [State.ELIGIBILITY, State.ELIGIBILITY, State.SURVEY]


def test_what_she_has_seen_is_recommended_each_by_itself(offices):
    cases = [a_case_in(State.ELIGIBILITY, offices) for _ in range(2)]
    unread = a_case_in(State.ELIGIBILITY, offices)
    for case in cases:
        read(case, offices.city_reviewer)
    sent = ticked(*cases, unread) | {"confirm": "yes", "opinion": OPINION}
    page = page_of(browser_of(offices.city_reviewer).post("/work/together/recommend", sent))
    assert "推荐出去了：2 件" in page
    assert "，1 件没办成" in page
    assert states(*cases, unread) == [State.GUARANTEE, State.GUARANTEE, State.ELIGIBILITY]
    assert {fresh(case).log.get(move="recommend").reason for case in cases} == {OPINION}
    assert AuditEntry.objects.get(about=unread.number).outcome == "not_opened_yet"


def test_a_second_press_does_nothing_twice_and_says_it_is_done(offices):
    case = a_case_in(State.ELIGIBILITY, offices)
    read(case, offices.city_reviewer)
    browser, sent = browser_of(offices.city_reviewer), ticked(case) | {"confirm": "yes", "opinion": OPINION}
    pages = [page_of(browser.post("/work/together/recommend", sent)) for _ in range(2)]
    assert all("推荐出去了：1 件" in page and "没办成" not in page for page in pages)
    assert fresh(case).log.filter(move="recommend").count() == 1


def test_the_same_version_recommended_by_somebody_else_is_no_success_of_hers(offices):
    case = a_case_in(State.ELIGIBILITY, offices)
    read(case, offices.city_reviewer)
    sent = ticked(case) | {"confirm": "yes", "opinion": OPINION}
    eligibility.recommend(case, opinion=OPINION, by=offices.leader, at=MONDAY, version=None)
    assert "1 件没办成" in page_of(browser_of(offices.city_reviewer).post("/work/together/recommend", sent))


def test_what_changed_since_the_list_was_opened_is_left_alone(offices):
    case = a_case_in(State.ELIGIBILITY, offices)
    read(case, offices.city_reviewer)
    sent = {"pick": f"{case.number}.{case.version - 1}"}
    browser = browser_of(offices.city_reviewer)
    assert "打开列表以后又有变动" in page_of(browser.post("/work/together/recommend", sent))
    done = page_of(browser.post("/work/together/recommend", sent | {"confirm": "yes", "opinion": OPINION}))
    assert "1 件没办成" in done
    assert states(case) == [State.ELIGIBILITY]


def test_a_look_before_it_last_moved_is_none(offices):
    case = a_case_in(State.SURVEY, offices)
    read(case, offices.city_reviewer)
    record_survey(case, offices)
    assert "您还没打开看过这件" in page_of(
        browser_of(offices.city_reviewer).post("/work/together/recommend", ticked(case))
    )


def test_where_a_rule_is_open_or_not_met_or_somebody_is_waited_for_it_takes_a_look_at_each(offices):
    asks, waits, mine = (a_case_in(State.ELIGIBILITY, offices) for _ in range(3))
    finding = asks.findings.get(position=1)
    eligibility.settle(finding, outcome="not_met", note="没有看到菜地", by=offices.leader, at=MONDAY)
    pausing.pause(
        waits,
        reason=PauseReason.OUTSIDE_CHECK,
        expected_on=(MONDAY + timedelta(days=2)).date(),
        note="等查地",
        by=offices.leader,
        at=MONDAY,
    )
    for case in (asks, waits, mine):
        read(case, offices.city_reviewer)
    Application.objects.filter(pk=mine.pk).update(filled_by=offices.city_reviewer)
    page = page_of(browser_of(offices.city_reviewer).post("/work/together/recommend", ticked(asks, waits, mine)))
    for words in ("还有几条没看完或不满足", "还有事没完", "这件是您代办的", "选的这些都不能一起办"):
        assert words in page


def test_cases_are_given_to_a_colleague_and_a_second_press_adds_no_row(offices):
    cases = [a_submitted_case(offices) for _ in range(2)]
    browser = browser_of(offices.town_reviewer)
    first = page_of(browser.post("/work/together/assign", ticked(*cases)))
    assert "选了 2 件，都可以一起办。" in first
    sent = ticked(*cases) | {"confirm": "yes", "owner": offices.town_reviewer2.pk}
    for _press in range(2):
        assert "分派好了：2 件" in page_of(browser.post("/work/together/assign", sent))
    assert owners(*cases) == [offices.town_reviewer2] * 2
    assert Assignment.objects.filter(application__in=cases).count() == 4


def test_what_another_office_has_is_not_given_away(offices):
    theirs, ours = a_case_in(State.ELIGIBILITY, offices), a_submitted_case(offices)
    browser = browser_of(offices.town_reviewer)
    assert "现在由市妇联办，不在本单位" in page_of(browser.post("/work/together/assign", ticked(theirs, ours)))
    sent = ticked(theirs, ours) | {"confirm": "yes", "owner": offices.town_reviewer2.pk}
    page = page_of(browser.post("/work/together/assign", sent))
    assert "分派好了：1 件" in page
    assert "1 件没办成" in page
    assert owners(ours) == [offices.town_reviewer2]


def test_nobody_of_another_office_is_chosen_and_nothing_is_done_without_a_choice(offices):
    case = a_submitted_case(offices)
    browser = browser_of(offices.town_reviewer)
    for owner in ("", str(offices.city_reviewer.pk)):
        response = browser.post("/work/together/assign", ticked(case) | {"confirm": "yes", "owner": owner})
        assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "选一个人" in page_of(response)
    assert owners(case) == [None]


def test_a_case_that_isnt_hers_to_see_among_the_ticked_stops_all_of_it(offices):
    ours = a_submitted_case(offices)
    elsewhere = a_submitted_case(offices, applicant=a_woman(offices, village=2))
    sent = ticked(ours, elsewhere) | {"confirm": "yes", "owner": offices.town_reviewer2.pk}
    assert browser_of(offices.town_reviewer).post("/work/together/assign", sent).status_code == HTTPStatus.NOT_FOUND
    assert owners(ours, elsewhere)[0] is None


@pytest.mark.parametrize("pick", ["W2026-0001", "W2026-0001.x", "1.1", "W2026-0001.1' OR 1=1"])
def test_a_tick_that_no_list_wrote_is_nothing(offices, pick):
    a_submitted_case(offices)
    response = browser_of(offices.town_reviewer).post("/work/together/assign", {"pick": pick})
    assert response.status_code == HTTPStatus.NOT_FOUND


def test_without_a_tick_or_with_too_many_it_leads_back_to_the_list(offices, monkeypatch):
    browser = browser_of(offices.town_reviewer)
    response = browser.post("/work/together/assign", {"back": "tab=unassigned"})
    assert response["Location"] == "/work?tab=unassigned"
    monkeypatch.setattr(bulk, "MOST", 1)
    response = browser.post("/work/together/assign", ticked(a_submitted_case(offices), a_submitted_case(offices)))
    assert "一次最多 1 件" in page_of(browser.get(response["Location"]))


@pytest.mark.parametrize(
    ("name", "deed"),
    [
        ("town_reviewer", "recommend"),
        ("bank_officer", "recommend"),
        ("finance_officer", "assign"),
        ("helper", "assign"),
        ("city_reviewer", "decline"),
        ("city_reviewer", "nothing"),
    ],
)
def test_nobody_refuses_many_and_others_than_the_city_recommend_none(offices, name, deed):
    response = browser_of(getattr(offices, name)).post(f"/work/together/{deed}", ticked(a_submitted_case(offices)))
    assert response.status_code == HTTPStatus.NOT_FOUND


def test_the_list_offers_what_she_may_do(offices):
    accepted(a_submitted_case(offices), offices)
    town, city = (
        page_of(browser_of(one).get("/work?tab=all")) for one in (offices.town_reviewer, offices.city_reviewer)
    )
    assert 'formaction="/work/together/assign"' in town
    assert 'formaction="/work/together/recommend"' not in town
    assert 'formaction="/work/together/recommend"' in city
    assert 'formaction="/work/export?tab=all"' in town
