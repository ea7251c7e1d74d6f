"""Texts from outside, as they can be kept and shown."""

from __future__ import annotations


def readable(text: str) -> str:
    """Return ``text`` with U+FFFD for halves of a surrogate pair, which no encoding can write."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if not text.isascii() else text
