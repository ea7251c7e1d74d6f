"""Which marks of the knowledge a message shows: every pattern once, and only where its fixed text stands."""

from __future__ import annotations

from collections.abc import Iterable

from syncsage.knowledge.literals import literals
from syncsage.knowledge.patterns import search
from syncsage.observing.logs.scan import TextSet

#: What follows in a longer message is the dump of something.
LONGEST = 8_000

Marks = frozenset[str]


class MarkTable:
    """All patterns that tell what a record is.

    Args:
        patterns: The patterns; doubles count once.
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        by_text: dict[str, list[str]] = {}
        self._always: list[str] = []
        for pattern in dict.fromkeys(patterns):
            fixed = literals(pattern)
            for text in fixed:
                by_text.setdefault(text.lower(), []).append(pattern)
            if not fixed:
                self._always.append(pattern)
        self._texts = TextSet(by_text)
        self._behind = tuple(by_text.values())
        self._shared: dict[Marks, Marks] = {}

    def read(self, message: str) -> Marks:
        """Return the patterns that ``message`` shows."""
        message = message[:LONGEST]
        found = {pattern for pattern in self._always if search(pattern, message)}
        for number in self._texts.found(message.lower()):
            for pattern in self._behind[number]:
                if pattern not in found and search(pattern, message):
                    found.add(pattern)
        marks = frozenset(found)
        # Records of one kind share one set: runs keep what they showed, and large logs have many runs.
        return self._shared.setdefault(marks, marks)
