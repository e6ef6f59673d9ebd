"""Staff sign in by name and password; nobody else does."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from accounts.models.user import User, UserKind


class StaffBackend(ModelBackend):
    """Finds staff only: an applicant has no password, and a machine has a token."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> User | None:
        found = super().authenticate(request, username=username, password=password)
        return found if isinstance(found, User) and found.kind == UserKind.STAFF else None
