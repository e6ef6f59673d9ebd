"""The page with one field, and the federation's list of who waits for a call."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from applicants import call_backs
from applicants.identity import mask_mobile
from applicants.models import CallBack
from tests.makers.cases import MONDAY
from tests.makers.people import Offices
from tests.makers.programme import a_programme

pytestmark = pytest.mark.django_db

MOBILE = "13700000001"


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def city(offices: Offices) -> Client:
    return signed_in(offices.city_reviewer)


@pytest.fixture
def call(offices: Offices) -> CallBack:
    return call_backs.ask(MOBILE, address="10.0.0.1", at=MONDAY)


def move(client: Client, call: CallBack, name: str, **sent: str):
    return client.post(f"/work/calls/{call.pk}/{name}", sent)


def test_every_public_page_leads_to_it(offices: Offices, client: Client):
    a_programme(offices)
    for page in ("/", "/guide", "/check", "/login"):
        assert 'href="/call-back"' in client.get(page).content.decode(), page
    assert 'href="/call-back"' not in client.get("/call-back").content.decode()


def test_she_leaves_her_number_and_reads_until_when(offices: Offices, client: Client):
    assert client.post("/call-back", {"mobile": " 137 0000 0001"})["Location"] == "/call-back/done"
    page = client.get("/call-back/done").content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "9 月 22 日下班前打给您" in page
    assert CallBack.objects.get().mobile == MOBILE


def test_whoever_asks_again_reads_the_same(call: CallBack, client: Client):
    assert client.post("/call-back", {"mobile": MOBILE})["Location"] == "/call-back/done"
    assert CallBack.objects.count() == 1


def test_a_number_that_is_none_is_refused_beside_the_field(offices: Offices, client: Client):
    response = client.post("/call-back", {"mobile": "137"})
    assert response.status_code == 422
    assert response.content.decode().count("手机号要写 11 位数字") == 2


def test_too_many_from_one_address_are_told_what_else_to_do(offices: Offices, client: Client):
    for number in range(20):
        call_backs.ask(f"137000001{number:02d}", address="127.0.0.1", at=MONDAY)
    response = client.post("/call-back", {"mobile": MOBILE})
    assert response.status_code == 429
    assert "直接打电话给我们" in response.content.decode()


def test_the_number_is_shown_to_whoever_takes_the_call(call: CallBack, city: Client, offices: Offices):
    assert MOBILE not in city.get("/work/calls").content.decode()
    assert move(city, call, "take")["Location"] == "/work/calls"
    assert f'href="tel:{MOBILE}"' in city.get("/work/calls").content.decode()
    other = signed_in(offices.town_reviewer).get("/work/calls").content.decode()
    assert MOBILE not in other
    assert "纪荷香 来打" in other


def test_who_called_and_how_it_went_stays_to_be_read(call: CallBack, city: Client):
    move(city, call, "take")
    move(city, call, "try")
    assert "1 次没打通" in city.get("/work/calls").content.decode()
    move(city, call, "close", outcome="begins", note="请村里上门")
    page = city.get("/work/calls").content.decode()
    assert "没有人在等电话。" in page
    assert "有人帮她办了：请村里上门" in page
    assert "纪荷香" in page
    assert MOBILE not in page


def test_without_an_outcome_it_stays_open(call: CallBack, city: Client):
    move(city, call, "take")
    response = move(city, call, "close")
    assert response.status_code == 422
    assert response.content.decode().count("选一下电话打得怎么样") == 2
    assert CallBack.objects.open().exists()


def test_somebody_was_quicker(call: CallBack, city: Client, offices: Offices):
    move(city, call, "take")
    page = signed_in(offices.leader)
    move(page, call, "take")
    assert "这个电话已经有人打了。" in page.get("/work/calls").content.decode()
    assert CallBack.objects.get().taken_by == offices.city_reviewer


def test_a_late_call_stands_first_and_says_so(call: CallBack, city: Client):
    with time_machine.travel(MONDAY + timedelta(days=2)):
        city = signed_in(city.get("/work/calls").wsgi_request.user)
        call_backs.ask("13700000002", address="10.0.0.2", at=MONDAY + timedelta(days=2))
        page = city.get("/work/calls").content.decode()
    assert "超过 1 个工作日了" in page
    assert page.index(mask_mobile(MOBILE)) < page.index(mask_mobile("13700000002"))


def test_it_takes_as_many_questions_for_one_call_as_for_ten(city: Client, offices: Offices):
    counts = []
    city.get("/work/calls")
    for number in range(10):
        call_backs.ask(f"137000001{number:02d}", address="10.0.0.1", at=MONDAY)
        if number in (0, 9):
            with CaptureQueriesContext(connection) as asked:
                city.get("/work/calls")
            counts.append(len(asked))
    assert counts[0] == counts[1] <= 8


@pytest.mark.parametrize("who", ["helper", "bank_officer", "finance_officer", "auditor", "sysadmin"])
def test_nobody_else_has_this_list(call: CallBack, offices: Offices, who):
    client = signed_in(getattr(offices, who))
    assert client.get("/work/calls").status_code == 404
    assert move(client, call, "take").status_code == 404


def test_a_move_that_doesnt_exist_is_no_page(call: CallBack, city: Client):
    assert move(city, call, "sell").status_code == 404
