"""The page of a case: what it says, to whom, and what stays behind its masks."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from applicants import consents
from applicants.models import Applicant, ApplicantAccess
from applicants.models.consent import Recipient
from applicants.sight import note_access
from loans.models import Programme
from tests.makers.cases import MONDAY, a_case_in, a_submitted_case
from tests.makers.people import Offices
from tests.makers.women import a_woman
from tests.workflows.web.offices_at_work import browser_of, page_of
from workflows import notes
from workflows.models import Application
from workflows.states import State

pytestmark = pytest.mark.django_db

SIGNED_IN = 3
SPOUSE = "家属"


@pytest.fixture(autouse=True)
def at_work(programme: Programme):
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def case(offices: Offices) -> Application:
    return a_case_in(State.ELIGIBILITY, offices)


def read(user: User, case: Application) -> str:
    response = browser_of(user).get(f"/case/{case.number}")
    assert response.status_code == 200
    return page_of(response)


def secrets_of(applicant: Applicant) -> tuple[str, ...]:
    return applicant.id_no, applicant.mobile, applicant.account_no, applicant.household.get().id_no


def test_the_page_says_whose_case_it_is_where_it_waits_and_until_when(case, offices: Offices):
    text = read(offices.city_reviewer, case)
    for words in (
        case.applicant.full_name,
        case.number,
        "5\N{NO-BREAK SPACE}万元，12 个月",
        "石榴镇 河湾村",
        "资格审查",
        "市妇联，未分派",
        "还剩 7 个工作日",
        "环节还剩 1 天",
        "14 条满足",
        "院里有八张桌子",
        "修灶台、买桌椅",
        "记走访",
        "孟春草（石榴镇妇联）",
    ):
        assert words in text, words


def test_the_page_asks_few_questions_of_the_database(
    offices: Offices, django_assert_max_num_queries: DjangoAssertNumQueries
):
    case = a_case_in(State.PAYOUT, offices)
    for user in (offices.city_reviewer, offices.bank_officer):
        browser = browser_of(user)
        browser.get(f"/case/{case.number}")
        with django_assert_max_num_queries(28 + SIGNED_IN):
            browser.get(f"/case/{case.number}")


@pytest.mark.parametrize(
    "name",
    ["other_town_reviewer", "helper", "guarantor_officer", "bank_officer", "finance_officer", "auditor", "sysadmin"],
)
@pytest.mark.parametrize("page", ["", "/moves/decline", "/visit", "/assign", "/pause"])
def test_another_offices_case_is_not_there(case, offices: Offices, name, page):
    assert browser_of(getattr(offices, name)).get(f"/case/{case.number}{page}").status_code == 404


def test_the_offices_page_is_not_hers(case):
    assert browser_of(case.applicant.user).get(f"/case/{case.number}").status_code == 404


def test_a_draft_is_hers_alone(offices: Offices):
    draft = a_case_in(State.DRAFT, offices)
    assert browser_of(offices.city_reviewer).get(f"/case/{draft.number}").status_code == 404


def test_nothing_of_hers_stands_on_the_page_unmasked(case, offices: Offices):
    text = read(offices.city_reviewer, case)
    assert not [secret for secret in secrets_of(case.applicant) if secret in text]
    assert f"{case.applicant.id_no[:4]}••••••••{case.applicant.id_no[-4:]}" in text
    assert not ApplicantAccess.objects.exists()


@pytest.mark.parametrize("what", ["id_no", "mobile", "account_no", "spouse_id_no"])
def test_looking_behind_a_mask_is_written_down_where_she_can_read_it(case, offices: Offices, what):
    applicant = case.applicant
    whole = dict(zip(("id_no", "mobile", "account_no", "spouse_id_no"), secrets_of(applicant), strict=True))
    response = browser_of(offices.city_reviewer).post(f"/case/{case.number}/reveal/{what}")
    text = page_of(response)
    assert whole.pop(what) in text
    assert not [secret for secret in whole.values() if secret in text]
    assert "no-store" in response["Cache-Control"]
    look = ApplicantAccess.objects.get()
    assert (look.applicant, look.what, look.by, look.acting_for) == (
        applicant,
        what,
        offices.city_reviewer,
        "石榴市妇女联合会",
    )


def test_where_the_script_runs_only_the_value_comes_back(case, offices: Offices):
    browser = browser_of(offices.city_reviewer)
    text = page_of(browser.post(f"/case/{case.number}/reveal/mobile", headers={"HX-Request": "true"}))
    assert case.applicant.mobile in text
    assert "<html" not in text


def test_a_mask_is_never_lifted_by_an_address_alone(case, offices: Offices):
    assert browser_of(offices.city_reviewer).get(f"/case/{case.number}/reveal/id_no").status_code == 405


@pytest.mark.parametrize(
    ("name", "state", "open_to_it"),
    [
        ("guarantor_officer", State.GUARANTEE, {"id_no"}),
        ("bank_officer", State.DISBURSEMENT, {"id_no", "mobile", "account_no"}),
    ],
)
def test_a_partner_reveals_what_she_agreed_to_hand_over_to_it(offices: Offices, name, state, open_to_it):
    case, browser = a_case_in(state, offices), browser_of(getattr(offices, name))
    answers = {
        what: browser.post(f"/case/{case.number}/reveal/{what}").status_code
        for what in ("id_no", "mobile", "account_no", "spouse_id_no", "address")
    }
    assert {what for what, status in answers.items() if status == 200} == open_to_it
    assert set(answers.values()) == {200, 404}
    assert {look.what for look in ApplicantAccess.objects.all()} == open_to_it


def test_the_guarantor_sees_the_visit_and_neither_card_nor_phone_nor_family(offices: Offices):
    case = a_case_in(State.GUARANTEE, offices)
    text = read(offices.guarantor_officer, case)
    assert "院里有八张桌子" in text
    assert "推荐。项目真实，同意推荐。" in text
    for words in ("收款账户", "••••1234", "手机号", SPOUSE, "资格判断", "家里的情况", "记走访"):
        assert words not in text, words


def test_the_bank_sees_card_and_phone_and_neither_visit_nor_family(offices: Offices):
    case = a_case_in(State.DISBURSEMENT, offices)
    text = read(offices.bank_officer, case)
    assert "农信" in text
    assert "••••1234" in text
    assert "石担函" in text
    for words in ("院里有八张桌子", SPOUSE, "资格判断", "家里的情况"):
        assert words not in text, words


def test_a_partner_loses_sight_when_she_takes_her_yes_back(offices: Offices):
    case = a_case_in(State.GUARANTEE, offices)
    consents.take_back(case.applicant, recipient=Recipient.GUARANTOR, at=MONDAY)
    assert browser_of(offices.guarantor_officer).get(f"/case/{case.number}").status_code == 404


def test_no_photograph_is_shown_before_somebody_asks_for_it(case, offices: Offices):
    browser, document = browser_of(offices.city_reviewer), case.applicant.documents.earliest("pk")
    assert "<img" not in page_of(browser.get(f"/case/{case.number}"))
    text = page_of(browser.get(f"/case/{case.number}?paper={document.pk}"))
    assert f'src="/case/{case.number}/documents/{document.pk}"' in text
    assert "下一张" in text


def test_a_photograph_taken_sideways_is_turned_for_everybody(case, offices: Offices):
    document = case.applicant.documents.earliest("pk")
    response = browser_of(offices.city_reviewer).post(f"/case/{case.number}/documents/{document.pk}/turn")
    assert response["Location"] == f"/case/{case.number}?paper={document.pk}#papers"
    document.refresh_from_db()
    assert document.turned == 90


def test_the_photograph_of_another_woman_is_not_reached_through_this_case(case, offices: Offices):
    document = a_woman(offices).documents.earliest("pk")
    browser = browser_of(offices.city_reviewer)
    assert browser.post(f"/case/{case.number}/documents/{document.pk}/turn").status_code == 404
    assert "<img" not in page_of(browser.get(f"/case/{case.number}?paper={document.pk}"))


def test_a_missing_paper_is_named_beside_what_it_would_show(case, offices: Offices):
    case.applicant.documents.filter(kind="marriage").update(removed_at=MONDAY)
    text = read(offices.city_reviewer, case)
    assert "还缺：结婚证" in text
    assert "缺结婚证" in text


def test_cases_that_share_a_card_a_phone_or_a_home_are_pointed_out(case, offices: Offices):
    twin = a_submitted_case(offices)
    stranger = a_submitted_case(offices, applicant=a_woman(offices, village=2))
    Applicant.objects.filter(pk=stranger.applicant_id).update(account_index="", account_no="")
    text = read(offices.city_reviewer, case)
    assert "看看是不是重复" in text
    assert f"{twin.number}</a> · 同一张卡、同一个住址" in text
    assert stranger.number not in text


def test_of_a_twin_in_another_town_this_one_learns_that_there_is_one(case, offices: Offices):
    elsewhere = a_submitted_case(offices, applicant=a_woman(offices, village=2))
    assert f"{elsewhere.number}</a> · 同一张卡" in read(offices.city_reviewer, case)
    text = read(offices.town_reviewer, case)
    assert "<li>另一件案卷 · 同一张卡</li>" in text
    assert elsewhere.number not in text


def test_a_draft_that_shares_her_card_is_nobodys_business(case, offices: Offices):
    draft = a_case_in(State.DRAFT, offices, applicant=a_woman(offices))
    text = read(offices.city_reviewer, case)
    assert draft.number not in text
    assert "看看是不是重复" not in text


@pytest.mark.parametrize(
    ("shared", "words"),
    [
        ({"id_index", "id_no"}, "同一个人"),
        ({"account_index", "account_no"}, "同一张卡"),
        ({"mobile_index", "mobile"}, "同一个手机号"),
        ({"village_id", "address"}, "同一个住址"),
    ],
)
def test_each_of_the_four_makes_a_twin(case, offices: Offices, shared, words):
    twin = a_submitted_case(offices, applicant=a_woman(offices, village=2))
    Applicant.objects.filter(pk=twin.applicant_id).update(account_index="", account_no="", address="别处 8 号")
    Applicant.objects.filter(pk=twin.applicant_id).update(**{name: getattr(case.applicant, name) for name in shared})
    assert f"{twin.number}</a> · {words}</li>" in read(offices.city_reviewer, case)


def test_a_photograph_is_looked_at_in_four_sizes_without_script(case, offices: Offices):
    browser, document = browser_of(offices.city_reviewer), case.applicant.documents.earliest("pk")
    text = page_of(browser.get(f"/case/{case.number}?paper={document.pk}"))
    for size in (100, 150, 200, 300):
        assert f'href="/case/{case.number}?paper={document.pk}&amp;zoom={size}#papers"' in text
    assert 'class="sheet z100"' in text
    assert 'class="sheet z200"' in page_of(browser.get(f"/case/{case.number}?paper={document.pk}&zoom=200"))
    assert 'class="sheet z100"' in page_of(browser.get(f"/case/{case.number}?paper={document.pk}&zoom=9999"))


def test_more_papers_rules_and_notes_cost_no_more_questions(case, offices: Offices):
    browser = browser_of(offices.city_reviewer)

    def asked() -> int:
        with CaptureQueriesContext(connection) as context:
            assert browser.get(f"/case/{case.number}").status_code == 200
        return len(context)

    asked()
    before = asked()
    for n in range(5):
        notes.write(case, words=f"第 {n} 条", by=offices.city_reviewer, at=MONDAY)
        notes.write(case, words=f"镇里第 {n} 条", by=offices.town_reviewer, at=MONDAY)
        note_access(case.applicant, what="mobile", by=offices.town_reviewer, at=MONDAY)
    for document in list(case.applicant.documents.kept()):
        document.pk, document.kind = None, "site"
        document.save(force_insert=True)
    for finding in case.findings.all():
        finding.pk, finding.round = None, 2
        finding.settled_by, finding.settled, finding.settled_at = offices.city_reviewer2, finding.outcome, MONDAY
        finding.save(force_insert=True)
    assert asked() == before


@pytest.mark.parametrize(
    ("state", "name", "words"),
    [
        (State.FROZEN, "city_reviewer", "核实清楚以前，谁也不能往下办"),
        (State.SUPPLEMENT, "city_reviewer", "户口本本人页拍糊了，重拍一张。"),
        (State.DECLINED, "city_reviewer", "开棋牌室不在支持的项目里，这次贷不了。"),
        (State.TERMS_OFFERED, "bank_officer", "金额：5\N{NO-BREAK SPACE}万元 → 4\N{NO-BREAK SPACE}万元"),
        (State.DISBURSED, "bank_officer", "到账，流水号 SN"),
        (State.WITHDRAWN, "town_reviewer", "这件现在没有要您办的。"),
    ],
)
def test_what_has_to_be_known_first_is_said_first(offices: Offices, state, name, words):
    assert words in read(getattr(offices, name), a_case_in(state, offices))
