"""What the federation does with a case in the browser: accept, ask, visit, settle, recommend, decline, hold up."""

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from loans.models import Programme
from tests.makers.cases import (
    MONDAY,
    a_case_in,
    a_submitted_case,
    ask_for_papers,
    decline,
    supply,
)
from tests.makers.people import Offices
from tests.workflows.web.filling import photograph
from tests.workflows.web.offices_at_work import VISIT, act, browser_of, fresh, page_of
from workflows.models import Application
from workflows.states import State

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_work(programme: Programme):
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def submitted(offices: Offices) -> Application:
    return a_submitted_case(offices)


@pytest.fixture
def eligible(offices: Offices) -> Application:
    return a_case_in(State.ELIGIBILITY, offices)


def choices_of(user: User, case: Application) -> list[str]:
    """What the page offers, in its order."""
    desk = browser_of(user).get(f"/case/{case.number}").context["desk"]
    return [choice.label for choice in desk.choices]


def test_the_page_offers_what_is_open_to_the_town(submitted, offices: Offices):
    assert choices_of(offices.town_reviewer, submitted) == ["受理", "退回补齐", "排队等额度", "不予通过", "冻结"]


def test_the_page_offers_what_is_open_to_the_city(eligible, offices: Offices):
    assert choices_of(offices.city_reviewer, eligible) == [
        "推荐",
        "请她补材料",
        "退回上一环节",
        "请担保公司和农信一起走访",
        "不予通过",
        "冻结",
    ]
    assert choices_of(offices.town_reviewer, eligible) == ["请担保公司和农信一起走访", "冻结"]


def test_accepting_starts_the_promise(submitted, offices: Offices):
    browser = browser_of(offices.town_reviewer)
    form = browser.get(f"/case/{submitted.number}/moves/accept")
    assert "材料齐了才受理" in page_of(form)
    response = act(browser, submitted, "accept")
    assert response["Location"] == f"/case/{submitted.number}"
    text = page_of(browser.get(response["Location"]))
    assert "受理了，从明天起算。下一步去走访。" in text
    assert fresh(submitted).state == State.SURVEY


def test_everything_missing_is_told_her_at_once(submitted, offices: Offices):
    browser = browser_of(offices.town_reviewer)
    sent = {"missing": ["household_self", "else"], "why_household_self": "拍糊了，重拍一张", "why_else": "地址少了门牌"}
    assert act(browser, submitted, "send_back", **sent).status_code == 302
    items = fresh(submitted).supplements.get().items
    assert items == [{"kind": "household_self", "why": "拍糊了，重拍一张"}, {"kind": "", "why": "地址少了门牌"}]


def test_what_was_never_handed_in_is_ticked_beforehand(submitted, offices: Offices):
    submitted.applicant.documents.filter(kind="site").update(removed_at=MONDAY)
    form = browser_of(offices.town_reviewer).get(f"/case/{submitted.number}/moves/send_back").context["form"]
    assert [row.kind for row in form.rows() if row.is_ticked] == ["site"]


def test_each_missing_paper_needs_a_word_on_how_to_mend_it(submitted, offices: Offices):
    response = act(
        browser_of(offices.town_reviewer), submitted, "send_back", missing=["site", "id_back"], why_site="补拍"
    )
    text = page_of(response)
    assert response.status_code == 422
    assert text.count("写一下怎么补“身份证反面”，她会看到") == 2  # in the summary and at the field
    assert 'value="补拍"' in text
    assert "<title>错误：" in text
    assert fresh(submitted).state == State.SUBMITTED


def test_a_second_list_of_what_is_missing_takes_the_head(offices: Offices):
    case = supply(ask_for_papers(a_case_in(State.ELIGIBILITY, offices), offices), at=MONDAY)
    sent = {"missing": ["site"], "why_site": "看不清门牌，再拍一张"}
    refused = act(browser_of(offices.city_reviewer2), case, "request_supplement", **sent)
    assert refused.status_code == 403
    assert "要单位负责人同意才行。" in page_of(refused)
    assert "看不清门牌，再拍一张" in page_of(refused)
    assert act(browser_of(offices.leader), case, "request_supplement", **sent).status_code == 302
    assert fresh(case).state == State.SUPPLEMENT


def test_a_visit_is_written_down_on_a_page_of_its_own(offices: Offices):
    case, browser = a_case_in(State.SURVEY, offices), browser_of(offices.town_reviewer)
    assert browser.get(f"/case/{case.number}/moves/record_survey")["Location"] == f"/case/{case.number}/visit"
    page = browser.get(f"/case/{case.number}/visit")
    assert "没见到本人，这次走访不能作为通过的依据" in page_of(page)
    sent = VISIT | {"version": case.version, "visitors": [offices.town_reviewer.pk, offices.town_reviewer2.pk]}
    assert browser.post(f"/case/{case.number}/visit", sent).status_code == 302
    report = fresh(case).survey_reports.get()
    assert (report.suggested_amount_fen, report.visitors.count()) == (5_000_000, 2)


def test_a_visit_on_which_nobody_met_her_says_that_it_carries_nothing(offices: Offices):
    case, browser = a_case_in(State.SURVEY, offices), browser_of(offices.town_reviewer)
    sent = VISIT | {"version": case.version, "visitors": [offices.town_reviewer.pk, offices.town_reviewer2.pk]}
    response = browser.post(f"/case/{case.number}/visit", sent | {"met_in_person": "no"}, follow=True)
    assert page_of(response).count("没见到本人，这次走访不能作为通过的依据") == 2  # the message, and at the visit
    assert "1 条不满足" in page_of(browser_of(offices.city_reviewer).get(f"/case/{case.number}"))


def test_what_was_photographed_on_a_visit_is_among_her_papers(offices: Offices):
    case, browser = a_case_in(State.SURVEY, offices), browser_of(offices.town_reviewer)
    visitors = [offices.town_reviewer.pk, offices.town_reviewer2.pk]
    sent = VISIT | {"version": case.version, "visitors": visitors, "photo_1": photograph("stove")}
    assert browser.post(f"/case/{case.number}/visit", sent).status_code == 302
    newest = case.applicant.documents.latest("pk")
    assert (newest.kind, newest.added_by) == ("site", offices.town_reviewer)


def test_a_visit_with_what_is_no_photograph_is_not_kept_by_half(offices: Offices):
    case, browser = a_case_in(State.SURVEY, offices), browser_of(offices.town_reviewer)
    visitors = [offices.town_reviewer.pk, offices.town_reviewer2.pk]
    plan = SimpleUploadedFile("plan.pdf", b"%PDF-1.4", "application/pdf")
    sent = VISIT | {"version": case.version, "visitors": visitors, "photo_1": photograph("stove"), "photo_2": plan}
    before = case.applicant.documents.count()
    response = browser.post(f"/case/{case.number}/visit", sent)
    assert response.status_code == 422
    assert "选一张照片，不要选文档。" in page_of(response)
    assert (case.applicant.documents.count(), fresh(case).state) == (before, State.SURVEY)


def test_a_visit_of_tomorrow_by_one_person_is_not_kept_and_nothing_typed_is_lost(offices: Offices):
    case, browser = a_case_in(State.SURVEY, offices), browser_of(offices.town_reviewer)
    sent = VISIT | {"version": case.version, "visitors": [offices.town_reviewer.pk], "visit_on": "2026-09-22"}
    response = browser.post(f"/case/{case.number}/visit", sent)
    text = page_of(response)
    assert response.status_code == 422
    for words in ("走访日期不能晚于今天", "走访至少要 2 个人，都写上"):
        assert text.count(words) == 2
    assert VISIT["seen"] in text
    assert not case.survey_reports.exists()


def test_the_town_is_offered_no_visit_of_a_case_that_is_past_it(eligible, offices: Offices):
    response = browser_of(offices.town_reviewer).get(f"/case/{eligible.number}/visit", follow=True)
    assert "这件现在不用记走访" in page_of(response)


def test_the_city_recommends_with_an_opinion(eligible, offices: Offices):
    browser = browser_of(offices.city_reviewer)
    empty = act(browser, eligible, "recommend", opinion="")
    assert empty.status_code == 422
    assert page_of(empty).count("写一下推荐意见") == 2
    assert act(browser, eligible, "recommend", opinion="项目真实，同意推荐。").status_code == 302
    assert fresh(eligible).state == State.GUARANTEE


def test_whoever_visited_is_told_so_before_she_writes_a_recommendation(offices: Offices):
    case = a_case_in(State.SURVEY, offices)
    browser = browser_of(offices.city_reviewer)
    sent = VISIT | {"version": case.version, "visitors": [offices.city_reviewer.pk, offices.town_reviewer.pk]}
    assert browser.post(f"/case/{case.number}/visit", sent).status_code == 302
    text = page_of(browser.get(f"/case/{case.number}"))
    assert "走访是您做的，推荐要由另一个人来定。" in text
    refused = act(browser, fresh(case), "recommend", opinion="同意推荐")
    assert refused.status_code == 403
    assert "走访是您做的" in page_of(refused)


def test_work_goes_back_to_the_office_before_with_a_reason(eligible, offices: Offices):
    browser = browser_of(offices.city_reviewer)
    assert act(browser, eligible, "return_for_rework", reason="").status_code == 422
    assert act(browser, eligible, "return_for_rework", reason="走访没写家人知不知道，再去一次").status_code == 302
    assert fresh(eligible).state == State.SURVEY
    assert "走访没写家人知不知道，再去一次" in page_of(browser.get(f"/case/{eligible.number}"))


def test_a_case_is_frozen_by_the_town_and_freed_by_the_city(eligible, offices: Offices):
    assert act(browser_of(offices.town_reviewer), eligible, "freeze", reason="她打电话说不是她办的").status_code == 302
    frozen = fresh(eligible)
    assert choices_of(offices.town_reviewer, frozen) == []
    assert choices_of(offices.city_reviewer, frozen) == ["解除冻结"]
    assert act(browser_of(offices.city_reviewer), frozen, "unfreeze", reason="当面问过，是她办的").status_code == 302
    assert fresh(eligible).state == State.ELIGIBILITY


def test_waiting_in_line_is_for_when_there_is_no_room(submitted, offices: Offices):
    response = act(browser_of(offices.town_reviewer), submitted, "waitlist")
    assert response.status_code == 409
    assert "额度够，不用排队，直接受理。" in page_of(response)


def test_a_leader_without_a_part_in_it_finds_for_her_on_appeal(eligible, offices: Offices):
    case = decline(eligible, offices)
    browser = browser_of(offices.city_reviewer2)
    assert act(browser, case, "appeal", words="她说棋牌室那间改成农家乐了").status_code == 302
    assert choices_of(offices.city_reviewer2, fresh(case)) == []
    matter = case.matters.get()
    answer = {"version": case.version, "outcome": "grant", "answer": "复核了，项目在支持范围里，接着办。"}
    response = browser_of(offices.leader).post(f"/case/{case.number}/matters/{matter.pk}", answer)
    assert response.status_code == 302
    assert fresh(case).state == State.ELIGIBILITY


def test_partners_are_invited_to_look_along(offices: Offices):
    case = a_case_in(State.SURVEY, offices)
    assert act(browser_of(offices.town_reviewer), case, "invite_partners").status_code == 302
    assert "请担保公司和农信一起走访" not in choices_of(offices.town_reviewer, case)
    guarantor = browser_of(offices.guarantor_officer)
    assert choices_of(offices.guarantor_officer, case) == ["先写担保初步意见"]
    assert act(guarantor, case, "record_preliminary", outcome="passed", note="一起看过").status_code == 302
    assert "符合，一起看过" in page_of(guarantor.get(f"/case/{case.number}"))
    assert act(browser_of(offices.bank_officer), case, "record_credit", outcome="passed").status_code == 302
