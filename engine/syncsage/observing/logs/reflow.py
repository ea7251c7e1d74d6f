"""Lines that a mail program, a terminal or a page broke at a width, put together again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from syncsage.observing.logs.edits import EditedText
from syncsage.observing.logs.pieces import Cutter

#: Widths at which people's programs break lines.
_NARROWEST, _WIDEST = 60, 132
#: Where no format shows that a record was broken, only common widths count.
_COMMON = range(70, 101)
_TERMINAL = 80
_NEAR = 14
_WORD = re.compile(r"\S+")
_HYPHEN = re.compile(r"\w-$")
_SENTENCE = re.compile(r"[.;!?)\]}>\"~]\s*$")

_Edit = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line: where it stands, what is in it, and how wide it was before anything was taken off it."""

    start: int
    end: int
    text: str
    width: int


_Pair = tuple[_Line, _Line]


def reflow(text: EditedText, cutter: Cutter) -> None:
    """Join lines that were broken at a width; leave a text alone that does not look so.

    A line was broken if the first word of the next one had no room left in it, or at a fixed column.

    Args:
        text: The text; edited in place.
        cutter: Knows where records begin and end.
    """
    lines = list(_lines(text))
    width = _width(lines)
    if len(lines) < 2 or not _NARROWEST <= width <= _WIDEST:
        return
    pairs = [
        (line, after)
        for line, after in pairwise(lines)
        if after.text.strip() and line.text.strip() and not cutter.begins(text.text, after.start)
    ]
    whole = cutter.count(text.text)
    filled = _filled(pairs, width, cutter.ends(text.text), partial(cutter.goes_on, text.text))
    folded = _folded(lines, pairs, width, cutter.ends(text.text, sure=True))
    breaks = {start for start, _, _ in filled}
    # Where a column broke the lines, a shorter one is the end of a record.
    short = sum(1 for line, _ in pairs if width - _NEAR <= line.width < width and line.end in breaks)
    for edits in (folded if short <= len(folded) * 0.3 else [], filled):
        if edits and (whole or width in _COMMON) and cutter.count(_applied(text.text, edits)) >= whole:
            text.edit(edits)
            return


def _width(lines: Sequence[_Line]) -> int:
    """Return the width at which lines were broken, if they were. A word alone on its line may stand out."""
    words = max((line.width for line in lines if " " in line.text.strip()), default=0)
    alone = max((line.width for line in lines if line.width <= _COMMON[-1]), default=0)
    return words if words >= _COMMON[0] else max(words, alone)


def _lines(text: EditedText) -> Iterator[_Line]:
    at = 0
    original = text.original
    for line in text.text.split("\n"):
        place = text.origin(at)
        start = original.rfind("\n", 0, place) + 1
        end = original.find("\n", place)
        yield _Line(at, at + len(line), line, len(original[start : end if end >= 0 else None].rstrip("\r")))
        at += len(line) + 1


def _folded(lines: Sequence[_Line], pairs: Sequence[_Pair], width: int, ends: frozenset[int]) -> list[_Edit]:
    """Return the joins of a text that was broken at a column, in the middle of words."""
    full = sum(1 for line in lines if line.width == width)
    near = sum(1 for line in lines if width - _NEAR <= line.width <= width)
    if full < near * 0.6 or (full < 2 and (width != _TERMINAL or full < near)):
        return []
    broken = [pair for pair in pairs if pair[0].width == width and pair[0].end not in ends]
    # Lines of their own begin with a capital; what is left of a broken line seldom does.
    small = sum(1 for _, after in broken if not after.text[0].isupper())
    if small < len(broken) * 0.6:
        return []
    return [(line.end, line.end + 1, "") for line, after in broken if full > 1 or not _new_sentence(line, after)]


def _filled(pairs: Sequence[_Pair], width: int, ends: frozenset[int], goes_on: Callable[[int], bool]) -> list[_Edit]:
    """Return the joins of a text that was broken between words."""
    edits: list[_Edit] = []
    for line, after in pairs:
        word = _WORD.search(after.text)
        first = len(word.group()) if word else 0
        if line.width + 1 + first <= width or after.text[0].isspace() or line.end in ends:
            continue
        if _new_sentence(line, after) and not goes_on(after.start):
            continue
        last = len(line.text) - line.text.rfind(" ") - 1
        torn = line.width == width and last + first > width
        edits.append((line.end, line.end + 1, "" if torn or _HYPHEN.search(line.text) else " "))
    return edits


def _new_sentence(line: _Line, after: _Line) -> bool:
    return bool(_SENTENCE.search(line.text)) and after.text[0].isupper()


def _applied(text: str, edits: Sequence[_Edit]) -> str:
    edited = EditedText(text)
    edited.edit(edits)
    return edited.text
