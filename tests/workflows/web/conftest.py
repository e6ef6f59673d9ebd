from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from loans.models import Programme
from tests.makers.cases import MONDAY
from tests.makers.people import Offices
from tests.workflows.web.filling import phone


@pytest.fixture
def monday() -> Iterator[None]:
    """It is nine in the morning of 21 September 2026."""
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def her(programme: Programme) -> User:
    """Somebody with a phone who has told nothing yet."""
    return phone()


@pytest.fixture
def her_phone(her: User, monday: None, client: Client) -> Client:
    """Her browser, signed in by phone."""
    client.force_login(her)
    return client


@pytest.fixture
def begun(her_phone: Client) -> Client:
    """Her browser, with a draft in which nothing is filled in yet."""
    her_phone.get("/apply")
    return her_phone


@pytest.fixture
def helper(monday: None, programme: Programme, offices: Offices, client: Client) -> Client:
    """The helper's browser."""
    client.force_login(offices.helper)
    return client
