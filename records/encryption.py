"""What must not be read from a stolen disk: AES-256-GCM with a key id, and a blind index to find it again.

A stored value is `key-id:base64(nonce + ciphertext)`. Model and field are its associated data, so a value copied into
another column doesn't decrypt. The first key of FIELD_KEYS writes, all of them read: rotation is adding a key in
front and re-saving. The blind index is HMAC-SHA256 under INDEX_KEYS; it finds equal values and tells nothing else.
"""

import base64
import hashlib
import hmac
import os
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models
from django.db.models.lookups import Exact

if TYPE_CHECKING:
    TextField = models.TextField[str, str]
else:
    TextField = models.TextField

NONCE_BYTES = 12


class CannotDecrypt(Exception):
    """The value was made with a key that we don't hold, or it was changed."""


def encrypt(plain: bytes, *, context: str) -> bytes:
    key_id, key = next(iter(settings.FIELD_KEYS.items()))
    nonce = os.urandom(NONCE_BYTES)
    sealed = nonce + AESGCM(bytes.fromhex(key)).encrypt(nonce, plain, context.encode())
    return key_id.encode() + b":" + sealed


def decrypt(stored: bytes, *, context: str) -> bytes:
    key_id, _, sealed = stored.partition(b":")
    key = settings.FIELD_KEYS.get(key_id.decode("ascii", "replace"))
    if key is None:
        raise CannotDecrypt(f"no key {key_id!r}")
    try:
        return AESGCM(bytes.fromhex(key)).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], context.encode())
    except (InvalidTag, ValueError) as error:  # ValueError: too short to hold a nonce
        raise CannotDecrypt(f"value of {context} was changed") from error


def blind_index(value: str, *, purpose: str) -> str:
    """A 64-digit fingerprint: equal values of one purpose have equal ones, and nobody without the key can tell more."""
    key = next(iter(settings.INDEX_KEYS.values()))
    return hmac.new(bytes.fromhex(key), f"{purpose}\x00{value}".encode(), hashlib.sha256).hexdigest()


class EncryptedTextField(TextField):
    """Text that the database holds encrypted. It can't be searched: keep a blind index beside it."""

    @property
    def context(self) -> str:
        return f"{self.model._meta.label_lower}.{self.name}"

    def get_prep_value(self, value: Any) -> Any:
        if value is None or value == "":
            return value
        key_id, _, sealed = encrypt(str(value).encode(), context=self.context).partition(b":")
        return f"{key_id.decode()}:{base64.b64encode(sealed).decode()}"

    def from_db_value(self, value: str | None, expression: object, connection: object) -> str | None:
        if value is None or value == "":
            return value
        key_id, _, sealed = value.partition(":")
        try:
            stored = key_id.encode() + b":" + base64.b64decode(sealed, validate=True)
        except ValueError as error:
            raise CannotDecrypt(f"value of {self.context} was changed") from error
        return decrypt(stored, context=self.context).decode()

    def get_lookup(self, lookup_name: str) -> Any:
        """An encrypted column answers only whether it is empty."""
        if lookup_name == "exact":
            return IsEmpty
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise TypeError(f"{self.context} is encrypted; look for its blind index instead")


class IsEmpty(Exact):  # type: ignore[type-arg]
    """`field=""`; two encryptions of one value differ, so no other comparison can be true."""

    def __init__(self, lhs: Any, rhs: Any) -> None:
        if rhs != "":
            raise TypeError("an encrypted column is compared with the empty text only; look for its blind index")
        super().__init__(lhs, rhs)
