"""A caller of the API who is signed in, and says what she got."""

import uuid
from typing import Any

from rest_framework.test import APIClient

from accounts.models import User

MONEY_MOVES = ("guarantee", "approve_loan", "disburse")


class Caller:
    """One user at the API."""

    def __init__(self, user: User) -> None:
        self.client = APIClient()
        self.client.force_authenticate(user)

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(f"/api/v1/{path}", query)

    def post(self, path: str, body: dict[str, Any] | None = None, *, key: str = "") -> Any:
        headers = {"Idempotency-Key": key} if key else {}
        return self.client.post(f"/api/v1/{path}", body or {}, format="json", headers=headers)

    def patch(self, path: str, body: dict[str, Any]) -> Any:
        return self.client.patch(f"/api/v1/{path}", body, format="json")

    def move(self, number: str, move: str, *, key: str = "", **body: Any) -> Any:
        """Make a move on the version that the case has now."""
        version = self.get(f"applications/{number}").json()["version"]
        key = key or (uuid.uuid4().hex if move in MONEY_MOVES else "")
        return self.post(f"applications/{number}/moves/{move}", {"version": version, **body}, key=key)
