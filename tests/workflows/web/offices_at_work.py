"""What the people of the offices do in their browsers, and cases that wait for them."""

from datetime import datetime, timedelta
from typing import Any

from django.test import Client

from accounts.models import User
from tests.makers.people import SHANGHAI
from workflows.models import Application

# The calendar around: 25 to 27 September and 1 to 7 October are free, 20 September and 10 October are worked.
MONDAY = datetime(2026, 9, 21, 9, 0, tzinfo=SHANGHAI)
TUESDAY = MONDAY + timedelta(days=1)

VISIT = {
    "visit_on": "2026-09-21",
    "met_in_person": "yes",
    "identity_matches": "yes",
    "was_asked_alone": "yes",
    "voluntary": "yes",
    "family_knows": "yes",
    "business_is_real": "yes",
    "seen": "院里有八张桌子，灶台正在修，菜地两亩。",
    "suggested_amount": "5万",
}


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page_of(response: Any) -> str:
    text: str = response.content.decode()
    return text


def act(client: Client, case: Application, move: str, **sent: Any) -> Any:
    """Send the form of a move for the version of the case that the test knows."""
    return client.post(f"/case/{case.number}/moves/{move}", {"version": str(case.version), **sent})


def fresh(case: Application) -> Application:
    return Application.objects.get(pk=case.pk)
