"""Where something that was read stands in the text as it was given: cleaning moved it, people want to see it marked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from syncsage.observing.model import Span

#: A line, and the first and last character in it, all counted from 1.
Place = tuple[Span, tuple[int, int]]


def locate(
    record: str, part: tuple[int, int], around: tuple[int, int], lines: Sequence[str], span: Span
) -> Place | None:
    """Find a part of a record in the lines that the record was made of.

    Args:
        record: The record as it was understood.
        part: Begin and end of the part in it, as of a slice; the part has no blank in it or stands on one line.
        around: Begin and end of words around the part that tell it from a like one.
        lines: The whole text, line by line, as it was given.
        span: The lines of the record.

    Returns:
        The place; None where the lines do not hold the words as they were understood, nor the part alone just once.
    """
    raw = "\n".join(lines[span.first - 1 : span.last])
    start, end = min(part[0], around[0]), max(part[1], around[1])
    before = _solid(record[start : part[0]])
    words = next(re.finditer(_loose(record[start:end]), raw), None)
    if words is not None:
        at = _behind(raw, words.start(), len(before))
    else:
        alone = list(re.finditer(rf"(?<!\w){_loose(record[slice(*part)])}(?!\w)", raw))
        if len(alone) != 1:
            return None
        at = alone[0].start()
    found = re.compile(_loose(record[slice(*part)])).match(raw, at)
    if found is None or "\n" in found.group():
        return None
    line = span.first + raw.count("\n", 0, at)
    column = at - raw.rfind("\n", 0, at)
    return Span(line, line), (column, column + len(found.group()) - 1)


def _solid(text: str) -> str:
    return "".join(text.split())


def _loose(text: str) -> str:
    """Return a pattern for ``text`` whose blanks may be any white space."""
    return r"\s+".join(re.escape(word) for word in text.split())


def _behind(raw: str, start: int, count: int) -> int:
    """Return the position of the first character that is no blank behind ``count`` others that are none."""
    for position in range(start, len(raw)):
        if not raw[position].isspace():
            if not count:
                return position
            count -= 1
    return len(raw)
