"""By what way she came to the office stands on her case from its first day, and in the lists."""

import uuid

import pytest
import time_machine
from django.test import Client

from applicants import survey_ledger
from applicants.survey_ledger import Told
from tests.makers import cases
from tests.makers.cases import MONDAY
from tests.makers.women import an_id_no
from tests.workflows.past_the_engine import refused, run
from tests.workflows.web.offices_at_work import browser_of, page_of
from workflows.models import Application
from workflows.states import State

WOMAN = {"full_name": "申请人甲", "id_no": an_id_no(77), "mobile": "", "route": "in_person"}


@pytest.fixture(autouse=True)
def _monday(programme):
    with time_machine.travel(MONDAY, tick=False):
        yield


def begun_by(browser: Client, address: str = "/helper/new", **sent: str) -> str:
    assert browser.post(address, WOMAN | sent)["Location"] == "/apply"
    way: str = Application.objects.latest("pk").came_by
    return way


def test_she_came_alone(offices):
    assert cases.a_draft(offices).came_by == "self"


def test_her_helper_came_to_her(offices):
    assert "她怎么找来的" not in page_of(browser_of(offices.helper).get("/helper/new"))
    assert begun_by(browser_of(offices.helper), came_by="hotline") == "helper"


def test_she_was_asked_at_her_door(offices):
    told = Told(full_name="申请人甲", willing="yes")
    row = survey_ledger.keep(
        told, key=uuid.uuid4(), village=offices.villages[0], is_whole=True, by=offices.helper, at=MONDAY
    )
    assert begun_by(browser_of(offices.helper), f"/helper/new?from={row.pk}") == "survey"


@pytest.mark.parametrize(
    ("sent", "way"), [("", "counter"), ("counter", "counter"), ("hotline", "hotline"), ("letter", "letter")]
)
def test_an_office_says_how_she_found_it(offices, sent, way):
    town = browser_of(offices.town_reviewer)
    assert "她怎么找来的" in page_of(town.get("/helper/new"))
    assert begun_by(town, came_by=sent, village=offices.villages[0].code) == way


def test_it_stands_on_the_case_and_narrows_the_list(offices):
    case = cases.a_case_in(State.SURVEY, offices)
    Application.objects.filter(pk=case.pk).update(came_by="hotline")
    town = browser_of(offices.town_reviewer)
    assert "热线" in page_of(town.get(f"/case/{case.number}"))
    assert case.number in page_of(town.get("/work?tab=all&source=hotline"))
    assert case.number not in page_of(town.get("/work?tab=all&source=letter"))


def test_the_database_knows_no_other_way(offices):
    case = cases.a_helped_draft(offices)
    for way in ("self", "gossip"):
        with refused("whoever_is_helped_came_by_another_way_than_alone"):
            run("UPDATE workflows_application SET came_by = %s WHERE id = %s", way, case.pk)
