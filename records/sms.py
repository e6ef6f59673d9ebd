"""How a message leaves the house: as a text (SMS_BACKEND), or as a call that reads it aloud (VOICE_BACKEND).

Both name a class of the same interface, made anew for each batch.
"""

import json
import urllib.request
from http.client import HTTPException
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from records.models.notice import Channel

TIMEOUT_SECONDS = 5
NO_CALLS = "records.sms.NotConnected"


class NotDelivered(Exception):
    """The gateway didn't take the message; it is tried again later."""


class Backend(Protocol):
    def send(self, *, mobile: str, text: str, reference: str) -> None:
        """Hand one message over. `reference` is the same for each try, so that a gateway can drop a repetition.

        Raises NotDelivered.
        """


def gateway_of(channel: str) -> Backend:
    """The way out of messages of this channel."""
    backend: Backend = import_string(settings.VOICE_BACKEND if channel == Channel.VOICE else settings.SMS_BACKEND)()
    return backend


def calls_are_made() -> bool:
    """Whether a message can be read to somebody over the telephone."""
    return bool(settings.VOICE_BACKEND != NO_CALLS)


class NotConnected:
    """No gateway: nothing is offered through it, and what is owed from earlier isn't delivered."""

    def send(self, *, mobile: str, text: str, reference: str) -> None:
        raise NotDelivered("no gateway makes calls here")


class OutboxPage:
    """The demo's gateway, for texts and calls: what can be read on the outbox page has been delivered."""

    def send(self, *, mobile: str, text: str, reference: str) -> None:
        assert settings.DEMO, "the outbox page is for the demo only"


class HttpGateway:
    """A gateway that takes a JSON POST: {mobile, text, reference} under a bearer token, 2xx when taken."""

    def address(self) -> tuple[str, str]:
        """Where it listens, and the token that it knows us by."""
        return settings.SMS_URL, settings.SMS_TOKEN

    def send(self, *, mobile: str, text: str, reference: str) -> None:
        url, token = self.address()
        request = urllib.request.Request(  # noqa: S310 - the address is the operator's setting
            url,
            data=json.dumps({"mobile": mobile, "text": text, "reference": reference}).encode(),
            headers={"Content-Type": "application/json", "Authorization": f"Bearer {token}"},
        )
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS):  # noqa: S310
                return
        except (OSError, HTTPException) as error:
            raise NotDelivered(str(error)) from error


class HttpVoiceGateway(HttpGateway):
    """A gateway that rings the phone and reads `text` aloud; the same POST, to an address of its own."""

    def address(self) -> tuple[str, str]:
        return settings.VOICE_URL, settings.VOICE_TOKEN
