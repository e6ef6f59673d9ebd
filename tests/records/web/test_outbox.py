from datetime import UTC, datetime, timedelta
from http import HTTPStatus

import pytest
from pytest_django.asserts import assertNumQueries

from records import outbox
from records.web.outbox import SHOWN

NOW = datetime(2026, 9, 21, 1, 0, tzinfo=UTC)


def owe(number=1, *, text="验证码 246810，10 分钟内有效。", mobile="13800000001"):
    once = f"test:{number}"
    outbox.text_message(
        mobile=mobile, kind="sign_in", text=text, about="", once=once, at=NOW + timedelta(minutes=number)
    )
    return once


def test_whoever_tries_the_demo_finds_her_code_with_the_phone_it_went_to(client, db):
    outbox.send_now(owe(), at=NOW)
    words = client.get("/outbox").content.decode()
    assert "发到 13800000001" in words
    assert "验证码 246810" in words
    assert "还没发出" not in words


def test_a_call_is_shown_with_what_it_says(client, db):
    outbox.voice_message(mobile="13800000001", kind="sign_in", text="验证码是 2，4，6", about="", once="call", at=NOW)
    words = client.get("/outbox").content.decode()
    assert "打给 13800000001，念给她听" in words
    assert "验证码是 2，4，6" in words


def test_it_says_plainly_that_this_is_the_demo(client, db):
    assert "这是演示。短信不发到手机上，都在这一页。" in client.get("/outbox").content.decode()


def test_outside_the_demo_there_is_no_such_page(client, db, settings):
    owe()
    settings.DEMO = False
    response = client.get("/outbox")
    assert response.status_code == HTTPStatus.NOT_FOUND
    assert "246810" not in response.content.decode()


def test_the_newest_stands_above_and_old_ones_go(client, db):
    for number in range(SHOWN + 5):
        owe(number, text=f"第 {number} 条")
    words = client.get("/outbox").content.decode()
    assert words.count('data-testid="message"') == SHOWN
    assert words.index("第 34 条") < words.index("第 33 条")
    assert "第 4 条" not in words


def test_a_message_that_waits_for_the_worker_says_so(client, db):
    owe()
    assert "还没发出" in client.get("/outbox").content.decode()


def test_what_is_for_the_offices_is_not_shown(client, offices):
    outbox.inbox_message(
        offices.town_reviewer, kind="frozen", text="W2026-0001 已冻结", about="W2026-0001", once="inbox", at=NOW
    )
    assert "已冻结" not in client.get("/outbox").content.decode()


def test_before_the_first_message_it_says_how_to_get_one(client, db):
    assert "去登录，要一个验证码，就会出现在这里" in client.get("/outbox").content.decode()


def test_no_cache_keeps_it_and_one_query_draws_it(client, db):
    owe()
    with assertNumQueries(1):
        response = client.get("/outbox")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("text", ["<script>alert(1)</script>"])
def test_what_stands_in_a_message_is_text(client, db, text):
    owe(text=text)
    assert text not in client.get("/outbox").content.decode()
