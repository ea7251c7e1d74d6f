"""Lines to records: what belongs to one message, also where it was printed over several lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from syncsage.observing.model import Span

#: Beyond this many characters only what the salient patterns point at is read.
LARGE = 400_000
_AROUND = 2
_LOOKED_AT = 2_000
_OF_A_SHAPE = 2
_MOST_SHAPES = 1_000
_TAIL = 40
#: Characters of a thinned text that are read: each costs some microseconds, whatever it is.
_MOST = 1_500_000
#: Looked for where a run of such characters begins, and not at each of them: that would take quadratic time.
_NUMBERS = re.compile(r"(?<![0-9a-fA-F])[0-9a-fA-F]*\d[0-9a-fA-F]*")
_LONGEST_RECORD = 6_000
_MOST_LINES = 60


@dataclass(frozen=True, slots=True)
class Record:
    """One message: its lines joined by blanks, and where it stands."""

    text: str
    span: Span


class RecordReader:
    """Splits text into records by the continuation patterns of a domain.

    Args:
        continuations: Patterns that, at the start of a line, mark it as part of the record before.
        salient: Patterns of lines that matter; used to thin out very large texts.
    """

    def __init__(self, continuations: Sequence[str], salient: Sequence[str]) -> None:
        self._continues = _alternation(continuations)
        self._salient = _alternation(salient)

    def read(self, text: str) -> tuple[tuple[Record, ...], tuple[str, ...]]:
        """Split ``text``.

        Returns:
            The records without blank ones, and remarks (where a large text was thinned out).
        """
        lines = list(enumerate(text.split("\n"), start=1))
        notes: tuple[str, ...] = ()
        if len(text) > LARGE:
            kept, all_read = self._thin(lines)
            some = "looked relevant and were read" if all_read else "were read, the first that looked relevant"
            notes = (f"large text: {len(kept):,} of {len(lines):,} lines {some}",)
            lines = kept
        return tuple(self._records(lines)), notes

    def _thin(self, lines: list[tuple[int, str]]) -> tuple[list[tuple[int, str]], bool]:
        """Return what matters of a large text, and whether that is all of it.

        Of salient lines that differ only in numbers the first and last ones are kept.
        """
        wanted = set(range(max(0, len(lines) - _TAIL), len(lines)))
        shapes, left = self._shapes(lines), _MOST
        for places in shapes[:_MOST_SHAPES]:
            around = {j for i in places for j in range(max(0, i - _AROUND), min(len(lines), i + _AROUND + 1))} - wanted
            left -= sum(min(len(lines[j][1]), _LONGEST_RECORD) for j in around)
            if left < 0:
                break
            wanted |= around
        kept = [(lines[i][0], lines[i][1][:_LONGEST_RECORD]) for i in sorted(wanted)]
        return kept, left >= 0 and len(shapes) <= _MOST_SHAPES

    def _shapes(self, lines: list[tuple[int, str]]) -> list[list[int]]:
        """Return the places of salient lines, those that differ only in numbers together."""
        shapes: dict[str, list[int]] = {}
        for i, (_, line) in enumerate(lines):
            if self._salient and self._salient.search(line[:_LOOKED_AT]):
                places = shapes.setdefault(_NUMBERS.sub("#", line[:_LOOKED_AT]), [])
                if len(places) == 2 * _OF_A_SHAPE:
                    del places[_OF_A_SHAPE]
                places.append(i)
        return list(shapes.values())

    def _records(self, lines: list[tuple[int, str]]) -> Iterator[Record]:
        parts: list[str] = []
        size = first = last = 0
        for number, line in lines:
            stripped = line.strip()
            if not stripped:
                continue
            joins = parts and size < _LONGEST_RECORD and len(parts) < _MOST_LINES and number - last <= 3
            if joins and (line[:1] in " \t" or (self._continues and self._continues.match(stripped))):
                parts.append(stripped)
                size += len(stripped)
            else:
                if parts:
                    yield Record(" ".join(parts), Span(first, last))
                parts, size, first = [stripped[: _LONGEST_RECORD * 4]], len(stripped), number
            last = number
        if parts:
            yield Record(" ".join(parts), Span(first, last))


def _alternation(patterns: Sequence[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(f"(?:{p})" for p in patterns), re.IGNORECASE) if patterns else None
