"""Long pastes, shown as one marker and kept whole behind it."""

from __future__ import annotations

import re

#: How a folded paste shows.
MARKER = re.compile(r"\[paste #\d+: [\d,]+ lines\]")
#: A paste of more lines is folded and taken at once.
FOLD_ABOVE = 3


class Pastes:
    """The pastes of one entry."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._count = 0

    def fold(self, text: str) -> str:
        """Keep ``text`` and return the marker that stands for it, such as ``[paste #1: 1,200 lines]``."""
        self._count += 1
        marker = f"[paste #{self._count}: {len(lines_of(text)):,} lines]"
        self._texts[marker] = text
        return marker

    def unfolded(self, entry: str) -> str:
        """Return ``entry`` with every marker replaced by its text."""
        for marker, text in self._texts.items():
            entry = entry.replace(marker, text)
        return entry

    def forget(self) -> None:
        """Forget the texts; markers of theirs in later entries are mere words."""
        self._texts.clear()


def counted_lines(count: int) -> str:
    """Return a number of lines in words, such as ``1,200 lines``."""
    return f"{count:,} line{'' if count == 1 else 's'}"


def lines_of(text: str) -> list[str]:
    """Return the lines of a paste; terminals send carriage returns between them."""
    return normal(text).rstrip("\n").split("\n")


def normal(text: str) -> str:
    """Return ``text`` with plain line ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
