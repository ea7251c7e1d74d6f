"""Where a character of a text stands: its line, and its byte."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

_LINE_END = re.compile(r"\r\n|\n|\r")
_UNMARKED = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}


class Places:
    """Lines and bytes of one text. Bytes are asked for in rising order.

    Args:
        text: The text.
        encoding: In which its bytes are counted.
        before: Bytes in front of it, as of a byte order mark.
        lines: Number of each line of the text where it is an excerpt of a longer one.
        offsets: First byte of each line of the text where it is an excerpt.
    """

    def __init__(
        self,
        text: str,
        encoding: str = "utf-8",
        before: int = 0,
        lines: Sequence[int] = (),
        offsets: Sequence[int] = (),
    ) -> None:
        # With a byte order mark "utf-16" would put one before every stretch.
        self._text, self._encoding = text, _UNMARKED.get(encoding, encoding)
        self._ends = [m.end() for m in _LINE_END.finditer(text)]
        self._lines, self._offsets = lines, offsets
        self._plain = text.isascii() and self._encoding in {"utf-8", "ascii", "cp1252"}
        self._at, self._bytes = 0, before

    def line(self, position: int) -> int:
        """Return the line of ``position``, counted from 1."""
        index = bisect_left(self._ends, position + 1)
        return self._lines[index] if index < len(self._lines) else index + 1

    def offset(self, position: int) -> int:
        """Return the byte of ``position``, which is none that lies before the one asked for last."""
        if self._offsets:
            index = bisect_left(self._ends, position + 1)
            start = self._ends[index - 1] if index else 0
            return self._offsets[min(index, len(self._offsets) - 1)] + self._size(start, position)
        self._bytes += self._size(self._at, position)
        self._at = position
        return self._bytes

    def _size(self, start: int, end: int) -> int:
        return end - start if self._plain else len(self._text[start:end].encode(self._encoding, "replace"))
