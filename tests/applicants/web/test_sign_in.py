"""Signing in by phone, as a browser does it."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import get_user
from django.test import Client
from django.utils import timezone

from accounts.models import User
from applicants.models import Applicant, SignInCode
from records.models import AuditEntry, Notice
from records.models.notice import Channel
from tests.makers.people import Offices
from tests.makers.women import a_woman

pytestmark = pytest.mark.django_db

MOBILE = "13800000001"


def ask_for_code(client: Client, mobile: str = MOBILE, *, query: str = ""):
    return client.post(f"/login{query}", {"mobile": mobile})


def code_sent() -> str:
    found = re.search(r"\d{6}", Notice.objects.filter(kind="sign_in").latest("pk").text)
    assert found is not None
    return found.group()


def signed_in(client: Client, mobile: str = MOBILE, *, query: str = ""):
    ask_for_code(client, mobile, query=query)
    return client.post(f"/login/code{query}", {"code": code_sent()})


def test_phone_and_code_sign_her_in(client: Client):
    response = ask_for_code(client)
    assert (response.status_code, response["Location"]) == (302, "/login/code")
    assert "138••••0001" in client.get("/login/code").content.decode()
    response = client.post("/login/code", {"code": code_sent()})
    assert (response.status_code, response["Location"]) == (302, "/apply")
    user = get_user(client)
    assert isinstance(user, User)
    assert user.is_applicant
    assert user.phone_number.mobile == MOBILE


def test_the_code_goes_out_at_once(client: Client):
    ask_for_code(client)
    assert Notice.objects.get(kind="sign_in").sent_at is not None


@pytest.mark.parametrize("mobile", ["138 0000 0001", "+86 13800000001", "１３８００００００ ０１".replace(" ", "")])
def test_the_phone_is_read_as_people_write_it(client: Client, mobile):
    assert ask_for_code(client, mobile).status_code == 302


@pytest.mark.parametrize(
    ("mobile", "words"),
    [
        ("", "写上手机号，一共 11 位"),
        ("1380000", "手机号要写 11 位数字"),
        ("12800000001", "手机号开头不对，再看一遍"),
    ],
)
def test_a_wrong_phone_is_said_in_the_title_in_the_box_and_at_the_field(client: Client, mobile, words):
    response = ask_for_code(client, mobile)
    page = response.content.decode()
    assert response.status_code == 422
    assert "<title>错误：登录" in page
    assert page.count(words) == 2
    assert not SignInCode.objects.exists()


def test_a_known_and_an_unknown_phone_get_the_same_answer(offices: Offices, client: Client):
    signed_in(client)
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        known, unknown = ask_for_code(Client()), ask_for_code(Client(), "13900000009")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


def test_the_code_may_be_pasted_with_what_stands_around_it(client: Client):
    ask_for_code(client)
    assert client.post("/login/code", {"code": f"验证码 {code_sent()}，"}).status_code == 302


@pytest.mark.parametrize("code", ["12345", "1234567", "abc", ""])
def test_what_is_not_six_digits_costs_no_try(client: Client, code):
    ask_for_code(client)
    assert client.post("/login/code", {"code": code}).status_code == 422
    assert SignInCode.objects.get().tries == 0


def wrong_for(right: str) -> str:
    return "000000" if right != "000000" else "000001"


def test_a_wrong_code_counts_and_five_of_them_spoil_the_right_one(client: Client):
    ask_for_code(client)
    right = code_sent()
    for tries in range(1, 6):
        response = client.post("/login/code", {"code": wrong_for(right)})
        assert response.status_code == 422
        assert "验证码不对" in response.content.decode()
        assert SignInCode.objects.get().tries == tries
    assert client.post("/login/code", {"code": right}).status_code == 422
    assert not get_user(client).is_authenticated


def test_a_code_is_too_old_after_ten_minutes(client: Client):
    ask_for_code(client)
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert client.post("/login/code", {"code": code_sent()}).status_code == 422


def test_pressing_twice_sends_one_message_and_goes_on(client: Client):
    ask_for_code(client)
    assert ask_for_code(client)["Location"] == "/login/code"
    assert Notice.objects.filter(kind="sign_in").count() == 1


def test_another_code_is_sent_after_a_minute_and_refused_in_words_before(client: Client):
    ask_for_code(client)
    too_soon = client.post("/login/code", {"again": "yes"}, follow=True)
    assert "等 1 分钟再发" in too_soon.content.decode()
    with time_machine.travel(timezone.now() + timedelta(seconds=61)):
        later = client.post("/login/code", {"again": "yes"}, follow=True)
    assert "又发了一条短信" in later.content.decode()
    assert Notice.objects.filter(kind="sign_in").count() == 2


def test_the_wait_is_counted_down_by_the_script_and_said_in_words(client: Client):
    ask_for_code(client)
    page = client.get("/login/code").content.decode()
    assert 'autocomplete="one-time-code"' in page
    assert 'inputmode="numeric"' in page
    assert re.search(r'data-wait="(59|60)"', page)


def test_one_phone_gets_ten_codes_a_day(client: Client):
    now = timezone.now()
    for minutes in range(0, 20, 2):
        with time_machine.travel(now + timedelta(minutes=minutes)):
            assert ask_for_code(client).status_code == 302
    with time_machine.travel(now + timedelta(minutes=30)):
        response = ask_for_code(client)
    assert response.status_code == 429
    assert "今天发的次数多了" in response.content.decode()


def test_one_network_gets_sixty_codes_an_hour_whatever_it_says_of_itself(client: Client):
    for number in range(60):
        assert ask_for_code(client, f"139{number:08d}").status_code == 302
    response = client.post("/login", {"mobile": MOBILE}, headers={"X-Forwarded-For": "198.51.100.7"})
    assert response.status_code == 429
    assert "这个网络要验证码的人太多" in response.content.decode()
    assert Client(REMOTE_ADDR="203.0.113.9").post("/login", {"mobile": MOBILE}).status_code == 302


def test_whoever_cannot_read_a_text_message_has_the_code_read_to_her(client: Client):
    assert "听语音验证码" in client.get("/login").content.decode()
    client.post("/login", {"mobile": MOBILE, "aloud": "yes"})
    page = client.get("/login/code").content.decode()
    assert "接一下电话" in page
    assert "短信发到" not in page
    notice = Notice.objects.get()
    assert (notice.channel, notice.sent_at is None) == (Channel.VOICE, False)
    digits = "".join(re.findall(r"\d", notice.text)[:6])
    assert client.post("/login/code", {"code": digits}).status_code == 302
    assert get_user(client).is_authenticated


def test_a_message_that_did_not_help_is_followed_by_a_call(client: Client):
    ask_for_code(client)
    with time_machine.travel(timezone.now() + timedelta(seconds=61)):
        page = client.post("/login/code", {"aloud": "yes"}, follow=True).content.decode()
    assert "电话这就打过去" in page
    assert list(Notice.objects.order_by("pk").values_list("channel", flat=True)) == [Channel.SMS, Channel.VOICE]


def test_no_call_is_offered_or_made_where_no_gateway_makes_calls(client: Client, settings):
    settings.VOICE_BACKEND = "records.sms.NotConnected"
    assert "听语音验证码" not in client.get("/login").content.decode()
    client.post("/login", {"mobile": MOBILE, "aloud": "yes"})
    assert Notice.objects.get().channel == Channel.SMS
    assert "听语音验证码" not in client.get("/login/code").content.decode()


def test_the_code_page_without_a_phone_leads_back(client: Client):
    assert client.get("/login/code?next=/my")["Location"] == "/login?next=/my"


def test_she_goes_on_to_the_page_she_wanted(client: Client):
    assert signed_in(client, query="?next=/my")["Location"] == "/my"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_no_link_leads_to_another_site_after_signing_in(client: Client, elsewhere):
    assert signed_in(client, query=f"?next={elsewhere}")["Location"] == "/apply"


def test_the_session_gets_a_new_key_and_forgets_the_phone(client: Client):
    ask_for_code(client)
    before = client.session.session_key
    client.post("/login/code", {"code": code_sent()})
    assert client.session.session_key != before
    assert "sign_in" not in client.session


def test_the_phone_does_not_lie_in_the_session_as_it_is(client: Client):
    ask_for_code(client)
    assert MOBILE not in str(dict(client.session))


def test_the_phone_page_says_what_to_do_when_the_phone_is_not_hers(client: Client):
    page = client.get("/login").content.decode()
    assert "手机不是我的" in page
    assert "找本村妇联主席" in page


# The end of her ID number


@pytest.fixture
def woman(offices: Offices) -> Applicant:
    return a_woman(offices)


def test_the_end_of_her_id_number_opens_her_case_on_a_new_device(woman: Applicant, client: Client):
    client.force_login(woman.user)
    page = f"/login/person/{woman.pk}?next=/my"
    assert client.get(page).status_code == 200
    response = client.post(page, {"last_four": woman.id_no[-4:].lower()})
    assert response["Location"] == "/my"
    assert client.session["recognised"] == [woman.pk]


def test_wrong_ends_are_counted_and_the_sixth_try_waits_until_tomorrow(woman: Applicant, client: Client):
    client.force_login(woman.user)
    page, wrong = f"/login/person/{woman.pk}", "0001" if woman.id_no[-4:] != "0001" else "0003"
    for _ in range(5):
        assert client.post(page, {"last_four": wrong}).status_code == 422
    assert client.post(page, {"last_four": woman.id_no[-4:]}).status_code == 429
    assert AuditEntry.objects.filter(action="recognise", outcome="not_recognised").count() == 5
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        client.force_login(woman.user)
        assert client.post(page, {"last_four": woman.id_no[-4:]}).status_code == 302


def test_another_phone_cannot_even_ask(woman: Applicant, client: Client):
    signed_in(client)
    assert client.get(f"/login/person/{woman.pk}").status_code == 404
