"""Six digits that a phone and the server compute alike from a shared secret and the time (TOTP, RFC 6238)."""

import hashlib
import hmac
import struct
from datetime import datetime

STEP_SECONDS = 30
DIGITS = 6
# A phone's clock may be one step off, and typing takes its time.
TOLERANCE = (0, -1, 1)


def code_of(secret: bytes, *, step: int) -> str:
    """The code of one step of thirty seconds (RFC 4226, 5.3; SHA-1, as every authenticator app expects)."""
    digest = hmac.new(secret, struct.pack(">Q", step), hashlib.sha1).digest()
    offset = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFF_FFFF
    return str(number % 10**DIGITS).zfill(DIGITS)


def step_at(at: datetime) -> int:
    return int(at.timestamp()) // STEP_SECONDS


def matching_step(secret: bytes, code: str, *, at: datetime) -> int | None:
    """The step whose code this is, close enough to the moment; None where it is none of them."""
    shown = code.encode()
    for step in (step_at(at) + off for off in TOLERANCE):
        if hmac.compare_digest(code_of(secret, step=step).encode(), shown):
            return step
    return None
