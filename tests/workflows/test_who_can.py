"""Every refusal of an action: its words and code, and who can act instead, on the page and over the API alike."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
import time_machine

from accounts.models import Membership, User
from tests.makers.cases import MISSING, MONDAY, a_case_in, a_submitted_case, a_visit, accept, decline
from tests.makers.people import Offices
from tests.workflows.api.client import Caller
from tests.workflows.web.offices_at_work import act, browser_of, page_of
from workflows.models import Application
from workflows.stages import interruptions, survey
from workflows.states import State
from workflows.who_can import who_can

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("programme")]

CITY = {"office": "市妇联", "people": ["纪荷香", "骆晚秋", "温若兰"]}
OTHERS_OF_THE_CITY = {"office": "市妇联", "people": ["骆晚秋", "温若兰"]}
SECOND_OF_THE_TOWN = {"office": "石榴镇妇联", "people": ["乔麦穗"]}
OPINION = {"opinion": "项目真实，同意推荐。"}
CITYS_WORDS = "市妇联的纪荷香、骆晚秋、温若兰"


@pytest.fixture(autouse=True)
def _at_work():
    with time_machine.travel(MONDAY, tick=False):
        yield


def filled_in_by_the_officer(offices: Offices) -> Application:
    case = a_submitted_case(offices)
    Application.objects.filter(pk=case.pk).update(filled_by=offices.town_reviewer)
    return case


def of_the_officers_household(offices: Offices) -> Application:
    case = a_submitted_case(offices)
    spouse = case.applicant.household.get()
    User.objects.filter(pk=offices.town_reviewer.pk).update(id_index=spouse.id_index)
    return case


def surveyed_by_the_city(offices: Offices) -> Application:
    case = accept(a_submitted_case(offices), offices)
    visit = a_visit(offices, on=MONDAY.date())
    return survey.record_survey(case, visit=visit, by=offices.city_reviewer, at=MONDAY, version=case.version)


def asked_once_already(offices: Offices) -> Application:
    case = a_case_in(State.ELIGIBILITY, offices)
    asked = interruptions.request_supplement(
        case, items=MISSING, by=offices.city_reviewer, at=MONDAY, version=case.version
    )
    for item in MISSING:
        case.applicant.documents.filter(kind=item.kind).update(added_at=MONDAY)
    return interruptions.supply(asked, by=case.applicant.user, at=MONDAY, version=asked.version)


def of_a_town_with_one_officer_and_a_city_without_any(offices: Offices) -> Application:
    case = filled_in_by_the_officer(offices)
    away = [offices.town_reviewer2, offices.city_reviewer, offices.city_reviewer2, offices.leader]
    Membership.objects.filter(user__in=away).update(ended_at=MONDAY)
    return case


def waiting(state: State) -> Callable[[Offices], Application]:
    return lambda offices: a_case_in(state, offices)


class Refused(NamedTuple):
    """Who tries what on which case, and what comes back."""

    case: Callable[[Offices], Application]
    officer: str
    move: str
    sent: dict[str, Any]
    status: int
    code: str
    words: str
    who_can: list[dict[str, Any]] | None
    sentence: str
    is_old: bool = False


TABLE = {
    "her role": Refused(
        waiting(State.ELIGIBILITY), "town_reviewer", "recommend", OPINION, 403, "not_permitted",
        "您的岗位办不了这一步。", [CITY], f"可以交给 {CITYS_WORDS}。",
    ),
    "her own case": Refused(
        filled_in_by_the_officer, "town_reviewer", "accept", {}, 403, "helper_conflict",
        "这件是您代办的，要由别人审核。", [SECOND_OF_THE_TOWN, CITY], f"可以交给 石榴镇妇联的乔麦穗；{CITYS_WORDS}。",
    ),
    "her household": Refused(
        of_the_officers_household, "town_reviewer", "accept", {}, 403, "kinship",
        "这件和您家有关系，要回避，由别人来办。", [SECOND_OF_THE_TOWN, CITY],
        f"可以交给 石榴镇妇联的乔麦穗；{CITYS_WORDS}。",
    ),
    "her own visit": Refused(
        surveyed_by_the_city, "city_reviewer", "recommend", OPINION, 403, "surveyed_it_yourself",
        "走访是您做的，推荐要由另一个人来定。", [OTHERS_OF_THE_CITY], "可以交给 市妇联的骆晚秋、温若兰。",
    ),
    "nobody else is there": Refused(
        of_a_town_with_one_officer_and_a_city_without_any, "town_reviewer", "accept", {}, 403, "helper_conflict",
        "这件是您代办的，要由别人审核。", [], "现在没有别人能办，请单位负责人找系统管理员加人。",
    ),
    "where it is now": Refused(
        waiting(State.GUARANTEE), "city_reviewer", "recommend", OPINION, 409, "move_not_open",
        "这件现在不在这一步了", [{"office": "担保公司", "people": []}], "这件现在在 担保公司，未分派。",
    ),
    "it is over": Refused(
        lambda offices: decline(a_case_in(State.ELIGIBILITY, offices), offices),
        "city_reviewer", "recommend", OPINION, 409, "move_not_open", "这件现在不在这一步了", [], "",
    ),
    "an old page": Refused(
        waiting(State.ELIGIBILITY), "city_reviewer", "recommend", OPINION, 409, "stale",
        "这件刚被改过。您写的还在，核对后再交。", None, "", is_old=True,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLE)
def test_a_refusal_says_why_and_who_can_act_instead(offices: Offices, name):
    row = TABLE[name]
    case, officer = row.case(offices), User.objects.get(pk=getattr(offices, row.officer).pk)
    version = case.version - 1 if row.is_old else case.version
    answer = Caller(officer).post(f"applications/{case.number}/moves/{row.move}", {"version": version, **row.sent})
    body = answer.json()
    assert (answer.status_code, body["code"], body.get("who_can")) == (row.status, row.code, row.who_can)
    refused = act(browser_of(officer), case, row.move, **{**row.sent, "version": version})
    text = page_of(refused)
    assert refused.status_code == row.status
    assert row.words in text
    assert row.sentence in text
    assert ('data-testid="who-can"' in text) == bool(row.sentence)
    assert Application.objects.get(pk=case.pk).version == case.version


def test_asking_a_second_time_names_the_head(offices: Offices):
    case = asked_once_already(offices)
    sent = {"missing": MISSING[0].kind, f"why_{MISSING[0].kind}": "还是拍糊了，再拍一张"}
    refused = act(browser_of(offices.city_reviewer), case, "request_supplement", **sent)
    assert refused.status_code == 403
    assert "要单位负责人同意才行。" in page_of(refused)
    assert "可以交给 市妇联的温若兰。" in page_of(refused)


def test_the_list_of_what_can_be_done_says_beforehand_who_can(offices: Offices):
    case = filled_in_by_the_officer(offices)
    text = page_of(browser_of(offices.town_reviewer).get(f"/case/{case.number}"))
    assert text.count("可以交给 石榴镇妇联的乔麦穗") == 1


def test_neither_she_nor_a_partners_system_is_told_who_works_where(offices: Offices):
    case = a_case_in(State.DISBURSEMENT, offices)
    for user in (case.applicant.user, offices.bank_system):
        answer = Caller(user).post(f"applications/{case.number}/moves/sign", {"version": case.version})
        assert answer.status_code in (403, 409)
        assert "who_can" not in answer.json()


def test_whoever_is_as_near_to_the_case_is_not_named(offices: Offices):
    case = a_submitted_case(offices)
    User.objects.filter(pk=offices.town_reviewer2.pk).update(mobile_index=case.applicant.mobile_index)
    named = who_can(case, "accept", besides=offices.town_reviewer)
    assert [one.office for one in named] == ["市妇联"]


def test_looking_up_who_can_costs_the_same_however_many_work_there(
    offices: Offices, django_assert_max_num_queries: Any
):
    case = Application.objects.with_places().get(pk=a_submitted_case(offices).pk)
    with django_assert_max_num_queries(5):
        assert who_can(case, "accept", besides=offices.town_reviewer)
