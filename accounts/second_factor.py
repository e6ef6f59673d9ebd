"""The second thing that a member of staff shows at the door: a code of her authenticator app."""

import base64
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import quote, urlencode

from django.conf import settings
from django.utils.crypto import get_random_string, salted_hmac

from accounts.models import SecondFactor, User
from accounts.one_time_codes import matching_step

NONCE_LENGTH = 32
SECRET_BYTES = 20
PURPOSE = "accounts.second_factor"


def enrol(user: User) -> SecondFactor:
    """Her factor: a new one that waits for its first code, or the one that she has."""
    factor, _created = SecondFactor.objects.get_or_create(
        user=user, defaults={"nonce": get_random_string(NONCE_LENGTH)}
    )
    return factor


def confirm(factor: SecondFactor, code: str, *, at: datetime) -> bool:
    """Take the factor into use if the code is right."""
    if not _opens(factor, code, at=at):
        return False
    SecondFactor.objects.filter(pk=factor.pk, confirmed_at__isnull=True).update(confirmed_at=at)
    return True


def has_factor(user: User) -> bool:
    return SecondFactor.objects.filter(user=user, confirmed_at__isnull=False).exists()


def passes(user: User, code: str, *, at: datetime) -> bool:
    """Whether the code is hers and of this moment. It passes once."""
    factor = SecondFactor.objects.filter(user=user, confirmed_at__isnull=False).first()
    return factor is not None and _opens(factor, code, at=at)


def forget(user: User) -> None:
    """Her phone is lost: she enrols another one at her next sign-in."""
    SecondFactor.objects.filter(user=user).delete()


def address_for_app(factor: SecondFactor) -> str:
    """What the QR code says to her app (the otpauth scheme)."""
    query = urlencode({"secret": shown_secret(factor), "issuer": settings.OFFICE_NAME}, quote_via=quote)
    return f"otpauth://totp/{quote(settings.OFFICE_NAME)}:{quote(factor.user.username)}?{query}"


def shown_secret(factor: SecondFactor) -> str:
    """The secret as she would type it, where her phone can't read the QR code."""
    return base64.b32encode(next(_secrets(factor))).decode()


def _opens(factor: SecondFactor, code: str, *, at: datetime) -> bool:
    for secret in _secrets(factor):
        step = matching_step(secret, code, at=at)
        if step is not None:
            # Compare and set: of two who show the same code, one gets in.
            return bool(SecondFactor.objects.filter(pk=factor.pk, last_step__lt=step).update(last_step=step))
    return False


def _secrets(factor: SecondFactor) -> Iterator[bytes]:
    """The secret under today's key, then under those that it replaced."""
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        value = f"{factor.user_id}:{factor.nonce}"
        yield salted_hmac(PURPOSE, value, secret=key, algorithm="sha256").digest()[:SECRET_BYTES]
