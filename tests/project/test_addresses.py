"""Every address is closed to strangers unless it stands in this list."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from rest_framework.permissions import IsAuthenticated

OPEN_TO_ALL = {
    # what anybody may read
    "",
    "guide",
    "check",
    "check/<slug:step>",
    "calc",
    "privacy",
    "accessibility",
    "verify",
    "call-back",
    "call-back/done",
    "verify/<str:code>",
    "listen/<int:recording_id>",
    # the ways in and out
    "login",
    "login/code",
    "staff/login",
    "staff/second-factor",
    "staff/password/<str:user_code>/<str:token>",
    "logout",
    "preferences",
    # the link in her text message is her key
    "c/<str:token>",
    "c/<str:token>/done",
    # and the one in a message to somebody whom an application names
    "p/<str:token>",
    "p/<str:token>/done",
    # the demo's telephone; elsewhere it doesn't exist
    "outbox",
    # the API's own description, and what it answers without an account
    "api/v1/schema/",
    "api/v1/docs/",
    "api/v1/token",
    "api/v1/eligibility-checks",
    "api/v1/loan-quotes",
}
SAMPLES = {"int": "1", "str": "x", "slug": "x", "path": "x"}


def addresses(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, Any]]:
    """(address as it is written, view) of everything that the service answers but the administration."""
    for pattern in (resolver or get_resolver()).url_patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield address, pattern.callback
        elif address != "admin/":  # has a door of its own, tried in tests/accounts/web/test_administration.py
            yield from addresses(pattern, address)


def is_open(view: Any) -> bool:
    """Whether a stranger gets past the door: the middleware's for pages, the framework's own for the API."""
    if hasattr(view, "cls"):
        return not any(issubclass(permission, IsAuthenticated) for permission in view.cls.permission_classes)
    return not getattr(view, "login_required", True)


def sample(address: str) -> str:
    return "/" + re.sub(r"<(\w+):\w+>", lambda found: SAMPLES[str(found[1])], address)


CLOSED = sorted(address for address, view in addresses() if not is_open(view))


def test_only_these_addresses_are_open_to_all():
    opened = {address for address, view in addresses() if is_open(view)}
    assert opened - OPEN_TO_ALL == set(), "opened without being in the list"
    assert OPEN_TO_ALL - opened == set(), "in the list without being open"


@pytest.mark.django_db
@pytest.mark.parametrize("address", CLOSED)
def test_a_stranger_is_led_to_a_door(client: Client, address):
    for method in ("get", "post"):
        response = getattr(client, method)(sample(address), content_type="application/json")
        if address.startswith("api/"):
            # 415: told before who asks, and tells nothing
            assert response.status_code in (401, 405, 415), method
        else:
            assert response.status_code == 302, method
            assert response["Location"].partition("?")[0] in ("/login", "/staff/login")
