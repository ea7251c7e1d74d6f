"""How the patterns of the knowledge are read: one meaning for the matcher and for the lint."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Protocol

_GAPS = re.compile(r"[\s~]+")


class PatternSet(Protocol):
    """Anything with patterns that must, and patterns that must not, occur in one record."""

    @property
    def all(self) -> tuple[str, ...]:
        """Patterns that must all occur."""
        ...

    @property
    def none(self) -> tuple[str, ...]:
        """Patterns of which none may occur."""
        ...


def collapse(text: str) -> str:
    """Return ``text`` with every run of white space or ``~`` as one blank, and none at its ends."""
    return _GAPS.sub(" ", text).strip()


@lru_cache(maxsize=8192)
def compiled(pattern: str) -> re.Pattern[str]:
    """Return ``pattern`` compiled, case ignored. Patterns are compiled when first used, never at load.

    Raises:
        re.error: The pattern is not valid; the lint reports it, a linted knowledge base has none.
    """
    return re.compile(pattern, re.IGNORECASE)


def search(pattern: str, text: str) -> re.Match[str] | None:
    """Return the first place in ``text`` where ``pattern`` occurs, case ignored."""
    return compiled(pattern).search(text)


def holds(signature: PatternSet, text: str) -> bool:
    """Tell whether ``text`` shows every pattern of ``all`` and none of ``none``.

    Args:
        signature: A signature, a derivation, or anything else with ``all`` and ``none``.
        text: One record, already collapsed (see ``collapse``).
    """
    return all(search(pattern, text) for pattern in signature.all) and not any(
        search(pattern, text) for pattern in signature.none
    )
