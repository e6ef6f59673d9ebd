"""替她补材料: a helper photographs what was asked for, as long as her leave holds."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from applicants.models import ApplicantAccess, Mandate
from applicants.models.document import DocumentKind
from tests.makers import cases
from tests.makers.cases import MONDAY
from tests.makers.people import Offices
from tests.workflows.web.filling import photograph
from workflows.models import Application
from workflows.stages import intake, interruptions
from workflows.stages.intake import MissingItem
from workflows.states import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(helper: Client, offices: Offices) -> Application:
    """A helped case of which a paper is missing."""
    waiting = intake.request_consent(cases.a_helped_draft(offices), by=offices.helper, at=MONDAY, version=None)
    case = intake.accept(cases.confirm(waiting), by=offices.town_reviewer, at=MONDAY, version=None)
    items = [MissingItem(DocumentKind.HOUSEHOLD_SELF, "户口本本人页拍糊了，重拍一张。")]
    return interruptions.request_supplement(case, items=items, by=offices.town_reviewer, at=MONDAY, version=None)


def page_of(case: Application) -> str:
    return f"/helper/{case.number}/supplement"


def later(**passed: int):
    return time_machine.travel(MONDAY + timedelta(**passed), tick=False)


def test_the_list_leads_to_what_is_missing(asked: Application, helper: Client):
    assert f'href="{page_of(asked)}"' in helper.get("/helper").content.decode()
    page = helper.get(page_of(asked)).content.decode()
    assert "户口本本人页拍糊了，重拍一张。" in page
    assert "您正在替" in page
    assert 'href="/helper"' in page
    assert f"/my/{asked.number}" not in page


def test_she_photographs_it_and_hands_it_in(asked: Application, helper: Client, offices: Offices):
    with later(minutes=5):
        sent = helper.post(page_of(asked), {"kind": "household_self", "photo": photograph("page")})
        assert sent["Location"] == f"{page_of(asked)}#paper-household_self"
        picture = asked.applicant.documents.latest("pk")
        assert picture.added_by == offices.helper
        small = helper.get(f"/case/{asked.number}/thumbnails?of={picture.pk}.0")
        assert (small.status_code, ApplicantAccess.objects.count()) == (200, 0), "her own photograph"
        done = helper.post(page_of(asked), {"supply": "yes", "version": asked.version})
    assert done["Location"] == "/helper"
    case = Application.objects.get()
    assert (case.state, case.log.get(move="supply").by) == (State.SURVEY, offices.helper)


def test_what_is_missing_still_is_said_and_nothing_moves(asked: Application, helper: Client):
    response = helper.post(page_of(asked), {"supply": "yes", "version": asked.version})
    assert response.status_code == 409
    assert Application.objects.get().state == State.SUPPLEMENT


def test_to_look_at_what_she_photographed_herself_leaves_a_trace(asked: Application, helper: Client):
    hers = asked.applicant.documents.first()
    assert hers is not None
    helper.get(f"/case/{asked.number}/documents/{hers.pk}")
    assert ApplicantAccess.objects.count() == 1


def test_after_the_leave_has_run_out_nothing_is_handed_in(asked: Application, helper: Client):
    Mandate.objects.update(valid_until_on=MONDAY.date() - timedelta(days=1))
    assert helper.get(page_of(asked)).status_code == 403
    assert helper.post(page_of(asked), {"supply": "yes", "version": asked.version}).status_code == 403
    assert "替她补材料" not in helper.get("/helper").content.decode()


def test_nobody_else_has_this_page(asked: Application, offices: Offices, client: Client):
    other = Client()
    other.force_login(offices.town_reviewer)
    assert other.get(page_of(asked)).status_code == 404
    Mandate.objects.update(answer="not_mine", answered_at=MONDAY)
    client.force_login(offices.helper)
    assert client.get(page_of(asked)).status_code == 404


def test_with_nothing_asked_for_it_leads_back_to_the_list(helper: Client, offices: Offices):
    draft = cases.a_helped_draft(offices)
    assert helper.get(page_of(draft))["Location"] == "/helper"


def test_who_was_not_let_supply_has_no_such_page(asked: Application, helper: Client):
    Mandate.objects.update(may_supply=False)
    assert helper.get(page_of(asked)).status_code == 403
    assert "替她补材料" not in helper.get("/helper").content.decode()
