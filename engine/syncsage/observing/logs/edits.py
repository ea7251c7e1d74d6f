"""Text that is edited step by step and still knows where each of its characters came from."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence

_Edit = tuple[int, int, str]


class EditedText:
    """A text and the edits that led to it.

    Args:
        text: The original.
    """

    def __init__(self, text: str) -> None:
        self.original = self.text = text
        self._passes: list[tuple[Sequence[int], Sequence[int]]] = []

    def substitute(self, pattern: re.Pattern[str], replacement: str | Callable[[re.Match[str]], str]) -> None:
        """Replace every match of ``pattern``, as ``re.sub`` does."""
        if isinstance(replacement, str):
            edits = [(m.start(), m.end(), m.expand(replacement)) for m in pattern.finditer(self.text)]
        else:
            edits = [(m.start(), m.end(), replacement(m)) for m in pattern.finditer(self.text)]
        self.edit(edits)

    def edit(self, edits: Iterable[_Edit]) -> None:
        """Replace stretches (start, end, new text) that rise and do not overlap."""
        old_ends: list[int] = []
        new_ends: list[int] = []
        parts: list[str] = []
        at = size = 0
        for start, end, new in edits:
            if self.text[start:end] == new:
                continue
            parts += (self.text[at:start], new)
            size += start - at + len(new)
            at = end
            old_ends.append(end)
            new_ends.append(size)
        if not old_ends:
            return
        self.text = "".join((*parts, self.text[at:]))
        self._passes.append((new_ends, old_ends))

    def origin(self, position: int) -> int:
        """Return where in the original the character at ``position`` stood; places never change their order."""
        for new_ends, old_ends in reversed(self._passes):
            index = bisect_right(new_ends, position)
            before = position if index == 0 else old_ends[index - 1] + position - new_ends[index - 1]
            position = before if index == len(old_ends) else min(before, old_ends[index])
        return position
