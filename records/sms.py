"""How a text message leaves the house. SMS_BACKEND names the class; it is made anew for each batch."""

import json
import urllib.request
from http.client import HTTPException
from typing import Protocol

from django.conf import settings

TIMEOUT_SECONDS = 5


class NotDelivered(Exception):
    """The gateway didn't take the message; it is tried again later."""


class Backend(Protocol):
    def send(self, *, mobile: str, text: str, reference: str) -> None:
        """Hand one message over. `reference` is the same for each try, so that a gateway can drop a repetition.

        Raises NotDelivered.
        """


class OutboxPage:
    """The demo's gateway: a message is delivered by being readable on the outbox page, which exists only there."""

    def send(self, *, mobile: str, text: str, reference: str) -> None:
        assert settings.DEMO, "the outbox page is for the demo only"


class HttpGateway:
    """A gateway that takes a JSON POST: {mobile, text, reference} under a bearer token, 2xx when taken."""

    def send(self, *, mobile: str, text: str, reference: str) -> None:
        request = urllib.request.Request(  # noqa: S310 - the address is the operator's setting
            settings.SMS_URL,
            data=json.dumps({"mobile": mobile, "text": text, "reference": reference}).encode(),
            headers={"Content-Type": "application/json", "Authorization": f"Bearer {settings.SMS_TOKEN}"},
        )
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS):  # noqa: S310
                return
        except (OSError, HTTPException) as error:
            raise NotDelivered(str(error)) from error
