"""Texts from outside, as they can be kept and shown."""

from __future__ import annotations


def readable(text: str) -> str:
    """Return ``text`` with U+FFFD for halves of a surrogate pair, which no encoding can write."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if not text.isascii() else text


def reason(error: Exception) -> str:
    """Return why the database failed, in the first line of what its driver says: no statement, no values."""
    return str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
