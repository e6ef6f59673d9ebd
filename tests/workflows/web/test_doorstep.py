"""The link didn't reach her phone: the helper and the town hear of it, and the town prints a slip for her door."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from applicants.models import Mandate
from records.models import Notice
from tests.makers.cases import MONDAY
from tests.makers.people import Offices
from tests.workflows.web.filling import WOMAN, begin_for_her, fill_in, submit
from workflows import doorsteps
from workflows.models import Application

pytestmark = pytest.mark.django_db


@pytest.fixture
def given_up(helper: Client, offices: Offices) -> Mandate:
    """She was asked by a link, and the gateway gave it up."""
    begin_for_her(helper)
    submit(helper, fill_in(helper, offices, with_consents=False))
    Notice.objects.filter(kind="confirm_link").update(sent_at=None, dead_at=MONDAY)
    return Mandate.objects.get()


@pytest.fixture
def town(offices: Offices) -> Client:
    client = Client()
    client.force_login(offices.town_reviewer)
    return client


def slip(client: Client, mandate: Mandate):
    return client.post(f"/helper/verify/{mandate.pk}/slip")


def test_helper_and_town_hear_of_it_once(given_up: Mandate, offices: Offices):
    assert doorsteps.tell_of_undelivered(at=MONDAY) == doorsteps.tell_of_undelivered(at=MONDAY) == 1
    told = Notice.objects.filter(kind="link_undelivered").values_list("to_user__username", flat=True)
    assert sorted(told) == ["helper", "town", "town2"]


def test_a_link_that_arrived_is_no_task(given_up: Mandate):
    Notice.objects.filter(kind="confirm_link").update(sent_at=MONDAY, dead_at=None)
    assert not doorsteps.undelivered().exists()


def test_a_link_sent_anew_ends_the_task(given_up: Mandate, helper: Client):
    Notice.objects.filter(kind="confirm_link").update(created_at=MONDAY - timedelta(minutes=5))
    helper.post("/helper", {"again": Application.objects.get().number})
    assert not doorsteps.undelivered().exists()


def test_the_helper_reads_what_happens_now_and_prints_no_slip(given_up: Mandate, helper: Client):
    assert "短信没送到她的手机" in helper.get("/helper").content.decode()
    assert slip(helper, given_up).status_code == 404


def test_the_town_finds_her_and_prints_a_slip_that_leads_to_her_page(given_up: Mandate, town: Client):
    assert "链接没送到，要上门" in town.get("/helper/verify").content.decode()
    old = given_up.token_sha256
    response = slip(town, given_up)
    page = response.content.decode()
    assert response.status_code == 200
    assert WOMAN["full_name"] not in page
    assert "data:image/svg+xml" in page
    link = response.context["link"].removeprefix("http://testserver")
    given_up.refresh_from_db()
    assert given_up.token_sha256 != old
    assert re.fullmatch(r"/c/[\w-]+", link)
    assert Client().post(link, {"answer": "yes"})["Location"] == f"{link}/done"
    assert Application.objects.get().state == "SUBMITTED"
    assert "要上门" not in town.get("/helper/verify").content.decode()


def test_until_she_answers_another_slip_can_be_printed_and_the_first_is_dead(given_up: Mandate, town: Client):
    first = slip(town, given_up).context["link"]
    assert slip(town, given_up).status_code == 200
    assert Client().get(first).status_code == 404


def test_nobody_of_another_place_prints_it(given_up: Mandate, offices: Offices):
    for user in (offices.other_town_reviewer, offices.bank_officer, offices.auditor):
        client = Client()
        client.force_login(user)
        assert slip(client, given_up).status_code == 404
