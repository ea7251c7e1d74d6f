"""The nearest known name, for messages."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

#: One wrong letter weighs more in a short word.
_SHORT = 5


def nearest(name: str, known: Iterable[str]) -> str:
    """Return ``; did you mean X?`` where a known name is close to ``name``, otherwise nothing."""
    cutoff = 0.6 if len(name) <= _SHORT else 0.75
    close = get_close_matches(name, sorted(known), 1, cutoff)
    return f"; did you mean {close[0]}?" if close else ""


def listed(names: Iterable[str], most: int = 8) -> str:
    """Return ``names`` with commas, cut after ``most``."""
    every = list(names)
    return ", ".join(every[:most]) + (f", ... ({len(every)} in all)" if len(every) > most else "")


def dotted(path: Iterable[str | int]) -> str:
    """Return the path of a field in the way of messages, e.g. ``signatures.0.level``."""
    return ".".join(str(part) for part in path)
