"""She signs in by her phone: a six-digit code, good for ten minutes, five tries and one use. No password, no puzzle."""

import hashlib
import secrets
import uuid
from datetime import datetime, timedelta
from typing import Final

from django.db.models import F
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.models.user import UserKind
from applicants.models import Phone, SignInCode
from records import outbox
from records.encryption import blind_index
from records.models.notice import Channel
from records.refusals import Refusal

LIFETIME: Final = timedelta(minutes=10)
RESEND_AFTER: Final = timedelta(seconds=60)
TRIES: Final = 5
# What one phone may ask for in a day: enough for a bad network, too little to plague somebody.
CODES_A_DAY: Final = 10
# What one network may ask for in an hour, whatever the phones: a village behind one router, not a machine.
CODES_AN_HOUR_FROM_ONE_NETWORK: Final = 60


class TooSoon(Refusal):
    """A code went out less than a minute ago."""

    code = "code_too_soon"
    status = 429
    message = gettext_lazy("验证码刚发过，等 1 分钟再发。")


class TooManyCodes(Refusal):
    """The phone has had its codes for today."""

    code = "too_many_codes"
    status = 429
    message = gettext_lazy("今天发的次数多了，明天再试，或打电话找我们帮忙。")


class TooManyFromOneNetwork(Refusal):
    """One network has asked for codes for too many phones."""

    code = "too_many_from_one_network"
    status = 429
    message = gettext_lazy("这个网络要验证码的人太多，过一小时再试，或打电话找我们帮忙。")


class WrongCode(Refusal):
    """The code isn't the one that was sent, or it is used up or too old."""

    code = "wrong_code"
    status = 422
    message = gettext_lazy("验证码不对。再看一遍短信，或重新发一个。")


def mobile_index(mobile: str) -> str:
    return blind_index(mobile, purpose="mobile")


def send_code(mobile: str, *, at: datetime, from_address: str | None = None, channel: Channel = Channel.SMS) -> str:
    """Owe the phone a fresh code; returns the notice's `once`, for sending right after the commit.

    Raises TooSoon, TooManyCodes or TooManyFromOneNetwork. Whether the phone is known to us makes no difference that
    could be seen.
    """
    index = mobile_index(mobile)
    address_index = blind_index(from_address, purpose="network_address") if from_address else ""
    _check_it_may_be_asked(index, address_index, at=at)
    code = f"{secrets.randbelow(1_000_000):06d}"
    row = SignInCode.objects.create(
        mobile_index=index,
        address_index=address_index,
        code_hash=_hash(code, index),
        sent_at=at,
        expires_at=at + LIFETIME,
    )
    once = f"sign-in:{row.pk}"
    if channel == Channel.VOICE:
        outbox.voice_message(mobile=mobile, kind="sign_in", text=_spoken(code), about="", once=once, at=at)
    else:
        outbox.text_message(mobile=mobile, kind="sign_in", text=_text(code), about="", once=once, at=at)
    return once


def check_code(mobile: str, code: str, *, at: datetime) -> User:
    """The user of the phone whose code is right; a new phone gets one. Raises WrongCode.

    A try is counted even when it fails: call it outside a transaction that a refusal rolls back.
    """
    index = mobile_index(mobile)
    newest = SignInCode.objects.filter(mobile_index=index).order_by("-pk").first()
    if newest is None or newest.used_at is not None or newest.expires_at <= at:
        raise WrongCode
    counted = SignInCode.objects.filter(pk=newest.pk, used_at__isnull=True, tries__lt=TRIES).update(
        tries=F("tries") + 1
    )
    if not counted or not constant_time_compare(newest.code_hash, _hash(code, index)):
        raise WrongCode
    # Compare and set: of two tabs with the right code, one signs in.
    if not SignInCode.objects.filter(pk=newest.pk, used_at__isnull=True).update(used_at=at):
        raise WrongCode
    return user_of(mobile)


def user_of(mobile: str) -> User:
    """The applicant user behind a phone, made on first use."""
    index = mobile_index(mobile)
    known = Phone.objects.filter(mobile_index=index).select_related("user").first()
    if known is not None:
        return known.user
    user = User.objects.create(username=f"phone-{uuid.uuid4().hex}", kind=UserKind.APPLICANT)
    user.set_unusable_password()
    user.save(update_fields=["password"])
    Phone.objects.create(user=user, mobile=mobile, mobile_index=index)
    return user


def _check_it_may_be_asked(mobile_index: str, address_index: str, *, at: datetime) -> None:
    sent = SignInCode.objects.filter(mobile_index=mobile_index)
    if sent.filter(sent_at__gt=at - RESEND_AFTER).exists():
        raise TooSoon
    if sent.filter(sent_at__gt=at - timedelta(days=1)).count() >= CODES_A_DAY:
        raise TooManyCodes
    from_there = SignInCode.objects.filter(address_index=address_index, sent_at__gt=at - timedelta(hours=1))
    if address_index and from_there.count() >= CODES_AN_HOUR_FROM_ONE_NETWORK:
        raise TooManyFromOneNetwork


def _text(code: str) -> str:
    return _("验证码 %(code)s，10 分钟内有效。我们不会打电话要验证码，别告诉别人。") % {"code": code}


def _spoken(code: str) -> str:
    """Digit by digit, and twice: she has no second look."""
    digits = _("，").join(code)
    return _("您好，这里是巾帼创业贷。您的验证码是 %(digits)s。再说一遍，%(digits)s。别告诉别人。") % {"digits": digits}


def _hash(code: str, index: str) -> str:
    return hashlib.sha256(f"{index}:{code}".encode()).hexdigest()
