"""She signs in by phone and code; the code was checked before, so this finds her user and nobody else's."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from accounts.models import User
from accounts.models.user import UserKind


class PhoneBackend(BaseBackend):
    """Finds applicants only, by the blind index of a phone whose code was right."""

    def authenticate(
        self, request: HttpRequest | None, proven_mobile_index: str | None = None, **_: Any
    ) -> User | None:
        if not proven_mobile_index:
            return None
        return User.objects.filter(
            kind=UserKind.APPLICANT, is_active=True, phone_number__mobile_index=proven_mobile_index
        ).first()

    def get_user(self, user_id: int) -> User | None:
        return User.objects.filter(pk=user_id, kind=UserKind.APPLICANT, is_active=True).first()
