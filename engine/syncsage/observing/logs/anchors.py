"""Places in a text at which formats show: heads, tails, and whole records where a format has both."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from syncsage.observing.logs.forms import Form, Values

_BLANK_LINE = re.compile(r"\n[ \t]*(?=\n)")
#: More than what is left of a tail that was broken at the end of a line.
_REST = 80


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that is one record.

    Attributes:
        start: Where it begins.
        body: Where its message begins.
        stop: Where its message ends.
        end: Where it ends.
        form: The format; None for what is left out.
        values: What heads, tails and named values say of the record.
        cut: It lacks its beginning or its end.
    """

    start: int
    body: int
    stop: int
    end: int
    form: Form | None
    values: Values = field(default_factory=Values)
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """The head or the tail of a record."""

    start: int
    end: int
    kind: Literal["head", "tail"]
    form: Form
    match: re.Match[str]


Anchor = Mark | Piece


def found(form: Form, text: str) -> Iterator[Anchor]:
    """Yield the places in ``text`` at which ``form`` shows, in order."""
    if form.head and form.tail:
        yield from _paired(form, form.head, form.tail, text)
    elif form.head:
        yield from (Mark(m.start(), m.end(), "head", form, m) for m in form.head.finditer(text))
    elif form.tail:
        yield from (Mark(m.start(), m.end(), "tail", form, m) for m in form.tail.finditer(text))


def merged(taken: Sequence[Anchor], others: Sequence[Anchor]) -> list[Anchor]:
    """Return ``taken`` and those of ``others`` that lie outside of them, in order."""
    starts = [anchor.start for anchor in taken]
    free: list[Anchor] = []
    for anchor in others:
        index = bisect_right(starts, anchor.start)
        inside = index > 0 and taken[index - 1].end > anchor.start
        over = index < len(taken) and taken[index].start < anchor.end
        if not inside and not over:
            free.append(anchor)
    return sorted((*taken, *free), key=lambda anchor: anchor.start) if free else list(taken)


def goes_further(form: Form, text: str, tail: re.Match[str]) -> bool:
    """Tell whether a tail at the end of a line would go on in the next one, were the two one line."""
    end = tail.end()
    if form.bare or form.tail is None or not text.startswith("\n", end):
        return False
    stop = text.find("\n", end + 1)
    rest = text[end + 1 : stop if stop >= 0 else None][:_REST]
    for gap in ("", " "):
        # A blank before it: the pattern may look back at what stands there.
        longer = form.tail.match(f" {tail.group()}{gap}{rest}", 1)
        if longer is not None and longer.end() - 1 > end - tail.start():
            return True
    return False


def after_blank(text: str, low: int, high: int) -> int:
    """Return where text begins between ``low`` and ``high``, after the last empty line there."""
    last = low
    for match in _BLANK_LINE.finditer(text, low, high):
        last = match.end()
    while last < high and text[last].isspace():
        last += 1
    return last


def _paired(form: Form, head: re.Pattern[str], tail: re.Pattern[str], text: str) -> Iterator[Piece]:
    """Pair heads with tails; what lacks one of them was cut. A head within a line of a message is part of it."""
    heads: list[tuple[int, int, re.Match[str] | None]] = [(m.start(), m.end(), None) for m in head.finditer(text)]
    tails: list[tuple[int, int, re.Match[str] | None]] = [(m.start(), m.end(), m) for m in tail.finditer(text)]
    opened: tuple[int, int] | None = None
    done = 0
    for start, end, match in sorted(heads + tails, key=lambda place: place[0]):
        if match is not None:
            first, body = opened or (after_blank(text, done, start),) * 2
            yield Piece(first, body, start, end, form, form.values(match), cut=opened is None)
            opened, done = None, end
        elif opened is None or _first_in_line(text, start):
            if opened is not None:
                yield Piece(*opened, start, start, form, cut=True)
            opened = (start, end)
    if opened is not None:
        blank = _BLANK_LINE.search(text, opened[1])
        stop = blank.start() if blank else len(text)
        yield Piece(*opened, stop, stop, form, cut=True)


def _first_in_line(text: str, position: int) -> bool:
    return not text[text.rfind("\n", 0, position) + 1 : position].strip()
