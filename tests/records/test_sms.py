import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from records.models.notice import Channel
from records.sms import (
    HttpGateway,
    HttpVoiceGateway,
    NotConnected,
    NotDelivered,
    OutboxPage,
    calls_are_made,
    gateway_of,
)


class Operator(BaseHTTPRequestHandler):
    """The other end: keeps what it gets, and answers as it was told to."""

    def do_POST(self) -> None:
        server = self.server
        assert isinstance(server, Exchange)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        server.taken.append((self.headers["Authorization"], json.loads(body)))
        if server.status is None:
            self.close_connection = True
            return
        self.send_response(server.status)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
        pass


class Exchange(HTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Operator)
        self.taken: list[tuple[str, dict[str, str]]] = []
        self.status: int | None = 202


@pytest.fixture
def exchange(settings) -> Iterator[Exchange]:
    server = Exchange()
    thread = Thread(target=server.serve_forever)
    thread.start()
    settings.SMS_URL = f"http://127.0.0.1:{server.server_port}/send"
    settings.SMS_TOKEN = "secret"
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def send() -> None:
    HttpGateway().send(mobile="13800000001", text="您的申请收下了", reference="accepted W2026-0101")


def test_a_message_is_handed_over_with_its_reference(exchange: Exchange):
    send()
    assert exchange.taken == [
        (
            "Bearer secret",
            {"mobile": "13800000001", "text": "您的申请收下了", "reference": "accepted W2026-0101"},
        )
    ]


@pytest.mark.parametrize("status", [400, 401, 429, 500, 503, None], ids=str)
def test_whatever_goes_wrong_it_was_not_delivered(exchange: Exchange, status):
    exchange.status = status
    with pytest.raises(NotDelivered):
        send()


def test_a_gateway_that_is_not_there_delivers_nothing(settings):
    settings.SMS_URL = "http://127.0.0.1:9/send"
    with pytest.raises(NotDelivered):
        send()


def test_the_page_of_the_demo_takes_no_message_in_real_use(settings):
    OutboxPage().send(mobile="13800000001", text="x", reference="x")
    settings.DEMO = False
    with pytest.raises(AssertionError):
        OutboxPage().send(mobile="13800000001", text="x", reference="x")


def test_a_call_goes_to_the_gateway_that_makes_calls(exchange: Exchange, settings):
    settings.VOICE_URL, settings.VOICE_TOKEN = settings.SMS_URL, "spoken"
    settings.SMS_URL = "http://127.0.0.1:9/send"
    HttpVoiceGateway().send(mobile="13800000001", text="验证码是 1，2，3", reference="sign-in:1")
    assert exchange.taken == [
        ("Bearer spoken", {"mobile": "13800000001", "text": "验证码是 1，2，3", "reference": "sign-in:1"})
    ]


def test_texts_and_calls_have_gateways_of_their_own(settings):
    settings.SMS_BACKEND, settings.VOICE_BACKEND = "records.sms.HttpGateway", "records.sms.HttpVoiceGateway"
    assert type(gateway_of(Channel.SMS)) is HttpGateway
    assert type(gateway_of(Channel.VOICE)) is HttpVoiceGateway


def test_without_a_gateway_no_calls_are_made(settings):
    assert calls_are_made()
    settings.VOICE_BACKEND = "records.sms.NotConnected"
    assert not calls_are_made()
    with pytest.raises(NotDelivered):
        NotConnected().send(mobile="13800000001", text="x", reference="x")
