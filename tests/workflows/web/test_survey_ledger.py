"""摸底台账 in the browser: the matrix, the list behind each number, the invitation, and the table in and out."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applicants import survey_ledger
from applicants.models import SurveyedWoman
from applicants.survey_ledger import AlreadyBegun, Told
from records.models import Notice
from records.refusals import NotPermitted
from tests.applicants.test_survey_sheet import a_row, a_sheet
from tests.makers import cases
from tests.makers.cases import MONDAY
from tests.workflows.past_the_engine import refused, run
from tests.workflows.web.offices_at_work import browser_of, page_of
from workflows.states import State
from workflows.survey_states import NoHelperThere, NotToInvite, invite, kept_for


@pytest.fixture(autouse=True)
def _monday(programme):
    with time_machine.travel(MONDAY, tick=False):
        yield


def a_woman_asked(offices, name, *, willing="yes", village=0, is_whole=True):
    told = Told(full_name=name, wants="养奶羊", willing=willing)
    place = offices.villages[village]
    return survey_ledger.keep(
        told, key=uuid.uuid4(), village=place, is_whole=is_whole, by=offices.helper, at=MONDAY - timedelta(days=1)
    )


def begin(row, case):
    survey_ledger.begin(row, case.applicant)


def come_of(row, offices) -> str:
    return str(kept_for(offices.city_reviewer).get(pk=row.pk).come)


def test_each_woman_stands_where_she_has_come(offices):
    assert come_of(a_woman_asked(offices, "甲", is_whole=False), offices) == "unfinished"
    for willing in ("yes", "thinks", "no"):
        assert come_of(a_woman_asked(offices, "乙", willing=willing), offices) == willing
    row = a_woman_asked(offices, "丙")
    invite(row, by=offices.town_reviewer, at=MONDAY)
    assert come_of(row, offices) == "invited"
    for state, come in ((State.DRAFT, "invited"), (State.SURVEY, "applied"), (State.DISBURSED, "paid")):
        row = a_woman_asked(offices, "丁")
        begin(row, cases.a_case_in(state, offices))
        assert come_of(row, offices) == come


def test_the_matrix_leads_to_the_list_behind_each_number(offices):
    a_woman_asked(offices, "申请人甲")
    a_woman_asked(offices, "申请人乙", willing="no")
    town = browser_of(offices.town_reviewer)
    words = page_of(town.get("/work/survey"))
    village = offices.villages[0].code
    assert f'href="?village={village}&amp;come=yes#list">1</a>' in words
    assert "申请人甲" not in words
    assert "点上面的一个数" in words
    assert "申请人甲" in page_of(town.get("/work/survey?all=1"))
    behind = page_of(town.get(f"/work/survey?village={village}&come=yes"))
    assert "申请人甲" in behind
    assert "申请人乙" not in behind


def test_nobody_asked_yet_says_what_to_do(offices):
    assert "还没有摸底记录。" in page_of(browser_of(offices.town_reviewer).get("/work/survey"))


def test_an_invitation_goes_to_the_helper_who_finds_the_form_filled(offices):
    row = a_woman_asked(offices, "申请人甲")
    SurveyedWoman.objects.filter(pk=row.pk).update(by=offices.town_reviewer)
    helper, town = browser_of(offices.helper), browser_of(offices.town_reviewer)
    assert helper.get(f"/helper/new?from={row.pk}").status_code == 404
    for _twice in range(2):
        town.post("/work/survey", {"invite": row.pk})
    told = Notice.objects.get(kind="survey_invited")
    assert (told.to_user, told.text) == (offices.helper, "申请人甲 想申请贷款，请您上门帮她填。她说过的已经写在里面。")
    assert "镇里请您去帮她填" in page_of(helper.get("/helper/survey"))
    assert 'value="申请人甲"' in page_of(helper.get(f"/helper/new?from={row.pk}"))
    assert "已发邀请" in page_of(town.get("/work/survey"))


def test_who_may_not_be_invited(offices):
    with pytest.raises(NotToInvite):
        invite(a_woman_asked(offices, "甲", willing="no"), by=offices.town_reviewer, at=MONDAY)
    with pytest.raises(NotToInvite):
        invite(a_woman_asked(offices, "乙", is_whole=False), by=offices.town_reviewer, at=MONDAY)
    with pytest.raises(NoHelperThere):
        invite(a_woman_asked(offices, "丙", village=1), by=offices.town_reviewer, at=MONDAY)
    begun = a_woman_asked(offices, "丁")
    begin(begun, cases.a_case_in(State.DRAFT, offices))
    with pytest.raises(AlreadyBegun):
        invite(begun, by=offices.town_reviewer, at=MONDAY)
    for who in ("other_town_reviewer", "helper", "bank_officer"):
        with pytest.raises(NotPermitted):
            invite(a_woman_asked(offices, "戊"), by=getattr(offices, who), at=MONDAY)


def test_the_database_knows_no_invitation_by_nobody(offices):
    row = a_woman_asked(offices, "甲")
    with refused("an_invitation_is_for_a_sent_row_and_by_somebody"):
        run("UPDATE applicants_surveyedwoman SET invited_at = begun_at WHERE id = %s", row.pk)


@pytest.mark.parametrize("who", ["helper", "bank_officer", "finance_officer", "auditor"])
def test_for_everybody_else_there_is_no_ledger(offices, who):
    for address in ("/work/survey", "/work/survey/export", "/work/survey/import"):
        assert browser_of(getattr(offices, who)).get(address).status_code == 404


def test_another_town_neither_sees_nor_invites(offices):
    row = a_woman_asked(offices, "申请人甲")
    other = browser_of(offices.other_town_reviewer)
    assert "申请人甲" not in page_of(other.get("/work/survey"))
    assert other.post("/work/survey", {"invite": row.pk}).status_code == 404


def test_a_table_is_looked_at_before_it_is_kept_and_the_second_time_adds_nothing(offices):
    town, content = browser_of(offices.town_reviewer), a_sheet(a_row(offices), a_row(offices, full_name="", willing=""))
    for fresh in (1, 0):
        words = page_of(town.post("/work/survey/import", {"sheet": SimpleUploadedFile("a.xlsx", content)}))
        assert f"新的 {fresh} 户，台账里有了 {1 - fresh} 户，有错的 1 行。" in words
        assert "第 3 行" in words
        assert SurveyedWoman.objects.count() == 1 - fresh
        if fresh:
            file = words.partition('name="apply" value="')[2].partition('"')[0]
            assert browser_of(offices.city_reviewer).post("/work/survey/import", {"apply": file}).status_code == 404
            assert town.post("/work/survey/import", {"apply": file})["Location"] == "/work/survey"
    assert SurveyedWoman.objects.count() == 1
    out = town.get("/work/survey/export")
    assert out["Content-Disposition"] == 'attachment; filename="survey.xlsx"'
    assert out.content.startswith(b"PK")


@pytest.mark.parametrize("sent", [{}, {"sheet": SimpleUploadedFile("a.xlsx", b"no table")}])
def test_what_is_no_table_is_said(offices, sent):
    response = browser_of(offices.town_reviewer).post("/work/survey/import", sent)
    assert response.status_code == 422
    assert "这个文件读不了。" in page_of(response)


def test_the_page_asks_as_many_questions_however_many_were_asked(offices):
    town, counted = browser_of(offices.town_reviewer), []
    a_woman_asked(offices, "申请人甲")
    town.get("/work/survey")
    for name in ("申请人乙", "申请人丙"):
        a_woman_asked(offices, name)
        with CaptureQueriesContext(connection) as asked:
            town.get("/work/survey")
        counted.append(len(asked))
    assert counted[0] == counted[1] <= 8
