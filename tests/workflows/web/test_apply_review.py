"""Looking it over and handing it in: once, complete, by the one whom it concerns."""

import pytest
from django.test import Client

from accounts.models import User
from tests.makers.people import Offices
from tests.workflows.web.filling import AMOUNT, SITUATION, fill_in, person, phone, said_thrice, submit, tell
from workflows.models import Application

pytestmark = pytest.mark.django_db


def test_what_is_missing_is_listed_with_the_way_there_and_cannot_be_handed_in(offices: Offices, begun: Client):
    tell(begun, "person", person(offices))
    page = begun.get("/apply/review").content.decode()
    assert "“材料照片”还没填完" in page
    assert "提交申请" not in page
    response = submit(begun, Application.objects.get())
    assert response.status_code == 422
    assert Application.objects.get().state == "DRAFT"


def test_without_the_declaration_nothing_is_handed_in(offices: Offices, begun: Client):
    draft = fill_in(begun, offices)
    said_thrice(submit(begun, draft, declared=""), "看一遍，都对就勾上，才能提交")
    assert Application.objects.get().state == "DRAFT"


def test_a_second_live_application_is_refused_in_words_that_tell_a_stranger_nothing(
    offices: Offices, begun: Client, her: User
):
    submit(begun, fill_in(begun, offices))
    stranger = Client()
    stranger.force_login(phone("13900000009"))
    draft = fill_in(stranger, offices)
    response = submit(stranger, draft)
    page = response.content.decode()
    assert response.status_code == 409
    assert "这份申请现在交不了。打电话给妇联，我们帮您看看。" in page
    assert "W2026-0001" not in page
    draft.refresh_from_db()
    assert (draft.state, draft.log.count()) == ("DRAFT", 0)


def test_what_the_rules_say_to_her_answers_is_said_before_and_keeps_her_from_nothing(offices: Offices, begun: Client):
    draft = fill_in(begun, offices)
    tell(begun, "situation", SITUATION | {"on_public_payroll": "yes"})
    assert "交之前看一眼" in begun.get("/apply/review").content.decode()
    assert submit(begun, draft).status_code == 302


def test_nothing_is_changed_any_more_once_it_was_handed_in(offices: Offices, begun: Client):
    case = fill_in(begun, offices)
    submit(begun, case)
    response = tell(begun, "amount", AMOUNT | {"amount": "6", "case": case.number})
    assert response["Location"] == f"/my/{case.number}"
    case.refresh_from_db()
    assert case.amount_fen == 5_000_000
