"""本村摸底 on a helper's phone: drafts that are found again, rows that arrive once, and an application from a row."""

import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from applicants.models import Applicant, SurveyedWoman
from tests.makers.people import Offices
from tests.makers.women import an_id_no
from tests.workflows.web.filling import HER_ID_NO, WOMAN, said_thrice
from workflows.models import Application

pytestmark = pytest.mark.django_db

KEY = str(uuid.UUID(int=7))
HOUSEHOLD = {
    "key": KEY,
    "full_name": "申请人甲",
    "place": "三组",
    "age_band": "from_30",
    "wants": "养奶羊",
    "wish_band": "to_5",
    "learns": "电商",
    "willing": "yes",
    "mobile": "139 0000 0002",
}


def save(helper: Client, **changed: str):
    return helper.post("/helper/survey", HOUSEHOLD | changed)


def page_of(helper: Client) -> str:
    return helper.get("/helper/survey").content.decode()


def test_it_begins_empty_with_the_first_household(helper: Client):
    page = page_of(helper)
    assert "本村还没开始摸底。先记第一户。" in page
    assert "记了 0 户" in page


def test_a_household_is_kept_and_the_next_form_is_empty(helper: Client, offices: Offices):
    assert save(helper)["Location"] == "/helper/survey"
    row = SurveyedWoman.objects.get()
    assert (row.full_name, row.mobile, row.village, row.by) == (
        "申请人甲",
        "13900000002",
        offices.villages[0],
        offices.helper,
    )
    page = page_of(helper)
    assert "申请人甲 记好了。" in page
    assert "记了 1 户" in page
    assert "想做养奶羊" in page
    assert KEY not in page


def test_a_row_that_is_sent_again_is_one_row(helper: Client):
    save(helper)
    assert save(helper, by="script").status_code == 204
    assert SurveyedWoman.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"full_name": ""}, "名字"),
        ({"willing": ""}, "选一下她愿不愿意"),
        ({"mobile": "139"}, "手机号要写 11 位数字"),
        ({"wants": "养" * 61}, "写短一点，最多 60 个字"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(helper: Client, changed, words):
    response = save(helper, **changed)
    if "full_name" in changed:
        assert response.status_code == 422
        assert "full_name" in response.context["form"].errors
    else:
        said_thrice(response, words)
    assert not SurveyedWoman.objects.sent().exists()


def test_what_is_typed_is_found_again_on_another_phone(helper: Client, offices: Offices):
    sent = HOUSEHOLD | {"draft": "yes", "willing": "", "mobile": "139"}
    assert helper.post("/helper/survey", sent).status_code == 204
    draft = SurveyedWoman.objects.get()
    assert (draft.sent_at, draft.full_name, draft.mobile) == (None, "申请人甲", "")
    other = Client()
    other.force_login(offices.helper)
    page = page_of(other)
    assert f'value="{KEY}"' in page
    assert 'value="养奶羊"' in page
    assert "记了 0 户" in page
    save(other)
    assert SurveyedWoman.objects.get().sent_at is not None


def test_a_draft_without_a_key_keeps_nothing_and_breaks_nothing(helper: Client):
    assert helper.post("/helper/survey", {"draft": "yes", "key": "x"}).status_code == 204
    assert not SurveyedWoman.objects.exists()


def test_a_row_can_be_corrected_until_an_application_began(helper: Client):
    save(helper)
    row = SurveyedWoman.objects.get()
    assert 'value="三组"' in helper.get(f"/helper/survey/{row.pk}").content.decode()
    save(helper, willing="thinks")
    assert "替她申请" not in page_of(helper)


def test_an_application_begins_from_a_row(helper: Client):
    save(helper)
    row = SurveyedWoman.objects.get()
    assert f'href="/helper/new?from={row.pk}"' in page_of(helper)
    form = helper.get(f"/helper/new?from={row.pk}").content.decode()
    assert 'value="申请人甲"' in form
    assert 'value="13900000002"' in form
    begun = helper.post(f"/helper/new?from={row.pk}", WOMAN)
    assert begun["Location"] == "/apply"
    row.refresh_from_db()
    assert row.applicant == Applicant.objects.get()
    assert "已替她申请" in page_of(helper)
    assert helper.get(f"/helper/survey/{row.pk}").status_code == 404
    assert helper.get(f"/helper/new?from={row.pk}").status_code == 404


def test_of_two_tabs_one_begins(helper: Client):
    save(helper)
    row = SurveyedWoman.objects.get()
    SurveyedWoman.objects.filter(pk=row.pk).update(applicant=None)
    helper.post(f"/helper/new?from={row.pk}", WOMAN)
    response = helper.post(f"/helper/new?from={row.pk}", WOMAN | {"id_no": an_id_no(2)})
    assert response.status_code == 404
    assert Application.objects.count() == 1
    assert Applicant.objects.get().id_no == HER_ID_NO


def test_the_empty_list_says_how_many_would_apply(helper: Client):
    save(helper)
    assert "摸底名单里有 1 位想申请" in helper.get("/helper").content.decode()


def test_nobody_else_reads_what_was_told_at_the_door(helper: Client, offices: Offices):
    save(helper)
    row = SurveyedWoman.objects.get()
    other = Client()
    for user in (offices.city_reviewer, offices.bank_officer):
        other.force_login(user)
        assert other.get("/helper/survey").status_code == 403
        assert other.get(f"/helper/survey/{row.pk}").status_code == 403
    other.force_login(offices.town_reviewer)
    assert "养奶羊" not in page_of(other), "an officer of the town has a survey of her own"
    assert other.get(f"/helper/survey/{row.pk}").status_code == 404
    SurveyedWoman.objects.update(by=offices.town_reviewer)
    assert "养奶羊" not in page_of(helper)
    assert helper.get(f"/helper/survey/{row.pk}").status_code == 404
    assert helper.get(f"/helper/new?from={row.pk}").status_code == 404


def test_it_takes_as_many_questions_for_one_household_as_for_ten(helper: Client):
    page_of(helper)
    counts = []
    for number in range(10):
        save(helper, key=str(uuid.UUID(int=number + 1)), by="script")
        if number in (0, 9):
            with CaptureQueriesContext(connection) as asked:
                page_of(helper)
            counts.append(len(asked))
    assert counts[0] == counts[1] <= 10
