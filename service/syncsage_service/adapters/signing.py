"""Signatures of webhooks: made and checked over the bytes as they are sent, compared in constant time."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping

from syncsage_service.adapters.model import SignatureError

#: Seconds that the clocks of two machines may differ by, delivery included (Standard Webhooks proposes five minutes).
WINDOW = 300
TIMESTAMP, SIGNATURE = "x-syncsage-timestamp", "x-syncsage-signature"
_ID, _TIMESTAMP, _SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"
_LONGEST_ID = 150


def check_hex(secret: str, signed: bytes, given: str, algorithm: str) -> None:
    """Check a signature such as ``sha256=<hex>``.

    Raises:
        SignatureError: It is another one, or none.
    """
    wanted = f"{algorithm}={hmac.new(secret.encode(), signed, algorithm).hexdigest()}"
    if not hmac.compare_digest(wanted.encode(), given.strip().encode("utf-8", "replace")):
        raise SignatureError("the signature does not fit")


def check_fresh(timestamp: str, now: float) -> None:
    """Check that a time in seconds since 1970 is near.

    Raises:
        SignatureError: It is no time, or too far away.
    """
    if not (timestamp.isascii() and timestamp.isdecimal() and len(timestamp) <= 12):
        raise SignatureError("the time of the signature is missing")
    if abs(now - int(timestamp)) > WINDOW:
        raise SignatureError("the time of the signature is too far from the time here")


def check_timed(secret: str, timestamp: str, given: str, body: bytes, now: float) -> None:
    """Check ``sha256=<hex>`` over ``<timestamp>.<body>``.

    Raises:
        SignatureError: It does not fit, or is too old.
    """
    check_hex(secret, timestamp.encode("utf-8", "replace") + b"." + body, given, "sha256")
    check_fresh(timestamp, now)


def check_either(secret: str, headers: Mapping[str, str], body: bytes, now: float) -> None:
    """Check a signature in the headers of Standard Webhooks where they are there, else in those of SyncSage.

    Raises:
        SignatureError: It does not fit, is missing, or is too old.
    """
    if _SIGNATURE not in headers:
        check_timed(secret, headers.get(TIMESTAMP, ""), headers.get(SIGNATURE, ""), body, now)
        return
    name, timestamp = headers.get(_ID, ""), headers.get(_TIMESTAMP, "")
    wanted = _standard(secret, name, timestamp, body).encode()
    given = [each.encode("utf-8", "replace") for each in headers[_SIGNATURE].split(" ")]
    fits = [hmac.compare_digest(wanted, each) for each in given]
    if not any(fits) or not 0 < len(name) <= _LONGEST_ID:
        raise SignatureError("the signature does not fit")
    check_fresh(timestamp, now)


def delivery_of(headers: Mapping[str, str]) -> str:
    """Return a name of a delivery that was signed with it: a repetition has the same one."""
    given = headers[_ID] if _SIGNATURE in headers else headers.get(SIGNATURE, "")
    return hashlib.sha256(given.strip().encode("utf-8", "replace")).hexdigest()


def sign(secret: str, name: str, body: bytes, now: float) -> dict[str, str]:
    """Return the headers that sign ``body``, in both forms."""
    timestamp = str(int(now))
    mac = hmac.new(secret.encode(), timestamp.encode() + b"." + body, "sha256").hexdigest()
    return {
        TIMESTAMP: timestamp,
        SIGNATURE: f"sha256={mac}",
        _ID: name,
        _TIMESTAMP: timestamp,
        _SIGNATURE: _standard(secret, name, timestamp, body),
    }


def _standard(secret: str, name: str, timestamp: str, body: bytes) -> str:
    """Sign as Standard Webhooks does; source: its specification, version 1, symmetric signatures."""
    key = secret.encode()
    if secret.startswith("whsec_"):
        try:
            key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
        except binascii.Error as error:
            raise SignatureError("the secret is no base64 behind whsec_") from error
    signed = f"{name}.{timestamp}.".encode("utf-8", "replace") + body
    return "v1," + base64.b64encode(hmac.new(key, signed, "sha256").digest()).decode()
