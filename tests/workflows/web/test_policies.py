"""政策参数: a draft is written in a browser, looked at with what it would do, and published by two people."""

import re

import pytest
import time_machine

from loans.models import Policy, PolicyDraft
from records.models import AuditEntry
from tests.makers import cases
from tests.makers.cases import MONDAY
from tests.workflows.web.offices_at_work import browser_of, page_of
from workflows.states import State


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def city(offices):
    return browser_of(offices.city_reviewer)


def begun(browser, programme):
    assert browser.post(f"/policies/programmes/{programme.pk}/draft").status_code == 302
    return PolicyDraft.objects.latest("pk")


def as_shown(browser, draft):
    """What a browser would send of the form as it stands."""
    form = browser.get(f"/policies/drafts/{draft.pk}").context["form"]
    sent = {}
    for bound in form:
        value = bound.value()
        if value is True:
            sent[bound.html_name] = "on"
        elif value is not None and value is not False:
            sent[bound.html_name] = value
    return sent


def write(browser, draft, **changed):
    return browser.post(f"/policies/drafts/{draft.pk}", as_shown(browser, draft) | changed)


NAMED = {"version": "石榴市 2027-1", "document_no": "石妇字〔2026〕9 号", "valid_from": "2027-01-01"}


def test_a_form_sent_as_it_stands_changes_nothing(programme, city):
    draft = begun(city, programme)
    before = dict(draft.terms)
    answer = write(city, draft)
    assert answer.status_code == 302, answer.context["form"].errors
    draft.refresh_from_db()
    assert draft.terms == before


def test_a_policy_goes_from_draft_to_publication(programme, offices, city):
    case = cases.a_case_in(State.ELIGIBILITY, offices)
    cases.a_case_in(State.DISBURSED, offices)
    draft = begun(city, programme)
    assert write(city, draft, **NAMED, amount_max_fen="4万").headers["Location"] == f"/policies/drafts/{draft.pk}/check"
    text = page_of(city.get(f"/policies/drafts/{draft.pk}/check")).replace("\N{NO-BREAK SPACE}", " ")
    for words in (
        "按新规则，在办的 1 件结果会变",
        case.number,
        "金额符合：不满足",
        "改了 4 处",
        "少过 1 件",
        "40,000.00 元",
    ):
        assert words in text
    draft.refresh_from_db()
    assert city.post(f"/policies/drafts/{draft.pk}/check", {"version": draft.version}).status_code == 302
    assert Policy.objects.count() == 1
    leader = browser_of(offices.leader)
    assert "纪荷香" in page_of(leader.get(f"/policies/drafts/{draft.pk}/check"))
    assert leader.post(f"/policies/drafts/{draft.pk}/check", {"outcome": "approved"}).status_code == 302
    new = Policy.objects.get(version="石榴市 2027-1")
    assert new.amount_max_fen == 4_000_000
    assert "还没开始" in page_of(city.get("/policies"))
    assert "40,000.00 元" in page_of(city.get(f"/policies/{new.pk}"))
    case.refresh_from_db()
    assert case.policy.version == "石榴市 2026-1"


def test_whoever_proposed_it_sees_no_form_and_is_refused(programme, city):
    draft = begun(city, programme)
    write(city, draft, **NAMED)
    city.post(f"/policies/drafts/{draft.pk}/check", {"version": 1})
    text = page_of(city.get(f"/policies/drafts/{draft.pk}/check"))
    assert "这是您提的" in text
    assert 'name="outcome"' not in text
    assert city.post(f"/policies/drafts/{draft.pk}/check", {"outcome": "approved"}).status_code == 403
    assert Policy.objects.count() == 1
    assert AuditEntry.objects.filter(action="publish_policy", outcome="same_person").exists()


def test_a_draft_without_a_first_day_is_not_proposed_and_says_why(programme, city):
    draft = begun(city, programme)
    answer = city.post(f"/policies/drafts/{draft.pk}/check", {"version": "0"})
    assert answer.status_code == 422
    assert "生效日期还没写" in page_of(answer)


def test_what_was_changed_meanwhile_is_not_proposed_unseen(programme, city):
    draft = begun(city, programme)
    write(city, draft, **NAMED)
    assert city.post(f"/policies/drafts/{draft.pk}/check", {"version": "0"}).status_code == 409
    assert city.post(f"/policies/drafts/{draft.pk}/check", {"version": "x"}).status_code == 409


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("lpr_ppm", "三", "要写百分数，比如 4.50"),
        ("amount_max_fen", "很多", "金额要写数字，比如 50000 或 5 万"),
        ("term_options", "一年", "写数字，中间用逗号隔开"),
        ("age_min", "", "写上数字"),
        ("lpr_on", "昨天", "日期要写成 2026-03-10 这样"),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_field_and_nothing_is_kept(programme, city, field, typed, words):
    draft = begun(city, programme)
    answer = write(city, draft, **{field: typed}, version="改了")
    assert answer.status_code == 422
    assert words in page_of(answer)
    draft.refresh_from_db()
    assert draft.terms["version"] == ""


def test_two_who_write_at_once_do_not_overwrite_each_other(programme, offices, city):
    draft = begun(city, programme)
    sent = as_shown(city, draft)
    write(browser_of(offices.leader), draft, version="主席改的")
    assert city.post(f"/policies/drafts/{draft.pk}", sent | {"version": "我改的"}).status_code == 409
    draft.refresh_from_db()
    assert draft.terms["version"] == "主席改的"


def test_the_treasury_reads_and_is_not_told_which_cases(programme, offices, city):
    case = cases.a_case_in(State.ELIGIBILITY, offices)
    draft = begun(city, programme)
    write(city, draft, **NAMED, amount_max_fen="4万")
    finance = browser_of(offices.finance_officer)
    text = page_of(finance.get(f"/policies/drafts/{draft.pk}/check"))
    assert "在办的 1 件结果会变" in text
    assert case.number not in text
    assert "提交复核" not in text
    assert finance.get(f"/policies/drafts/{draft.pk}").status_code == 404
    assert finance.post(f"/policies/programmes/{programme.pk}/draft").status_code == 404
    assert finance.post(f"/policies/drafts/{draft.pk}/drop").status_code == 404
    assert finance.post(f"/policies/drafts/{draft.pk}/check", {"version": "1"}).status_code == 403


@pytest.mark.parametrize("who", ["town_reviewer", "guarantor_officer", "bank_officer", "sysadmin", "auditor", "helper"])
def test_nobody_else_is_told_of_policies(programme, offices, city, who):
    draft = begun(city, programme)
    browser = browser_of(getattr(offices, who))
    for path in ("/policies", f"/policies/drafts/{draft.pk}", f"/policies/drafts/{draft.pk}/check"):
        assert browser.get(path).status_code == 404


def test_a_draft_is_given_up_and_still_read(programme, city):
    draft = begun(city, programme)
    city.post(f"/policies/drafts/{draft.pk}/drop")
    assert "作废了" in page_of(city.get("/policies"))
    assert "这份草稿作废了。" in page_of(city.get(f"/policies/drafts/{draft.pk}/check"))
    assert begun(city, programme).pk != draft.pk


def test_the_list_takes_a_few_queries_however_many_versions(programme, city, django_assert_max_num_queries):
    for _ in range(3):
        draft = begun(city, programme)
        city.post(f"/policies/drafts/{draft.pk}/drop")
    with django_assert_max_num_queries(8):
        text = page_of(city.get("/policies"))
    assert len(re.findall('<span class="tag ">作废了', text)) == 3


def test_the_check_takes_as_many_queries_for_many_cases(programme, offices, city, django_assert_max_num_queries):
    for _ in range(3):
        cases.a_submitted_case(offices)
    draft = begun(city, programme)
    write(city, draft, **NAMED, amount_max_fen="4万")
    with django_assert_max_num_queries(18):
        city.get(f"/policies/drafts/{draft.pk}/check")
