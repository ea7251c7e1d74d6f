"""Large logs: first find the few records that matter by fixed texts in them, then read only those.

A block of the file is in memory at a time, so memory does not grow with the file. Line numbers are counted along.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from syncsage.observing.logs.scan import LiteralScanner

#: Bytes that are looked at in one go: what fits into the cache of a processor is read from memory only once.
BLOCK = 1 << 20
#: Bytes at both ends of a file that are kept whole: a run that is cut there shows its state by any record.
ENDS = 1 << 15
_MOST_LINES = 200
_NEWLINE = 10
_NOWHERE = re.compile(rb"(?!)")


@dataclass(frozen=True, slots=True)
class Bounds:
    """How records lie in lines.

    Attributes:
        starts: Matches at the beginning of a line with which a record begins.
        ends: Occurs in a line with which a record ends. A line that neither ends a record nor stands before one that
            begins one is followed by more of the same record.
    """

    starts: re.Pattern[bytes] = _NOWHERE
    ends: re.Pattern[bytes] = _NOWHERE


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Whole records that were cut out of a file, in order.

    Attributes:
        data: Their lines.
        lines: For each line of ``data`` its number in the file, counted from 1.
        offsets: For each line of ``data`` its first byte in the file (as UTF-8, where the file is UTF-16).
    """

    data: bytes
    lines: Sequence[int]
    offsets: Sequence[int]


class Source(Protocol):
    """Where bytes come from."""

    def fill(self, buffer: memoryview) -> int:
        """Write the next bytes to ``buffer`` and return how many; 0 at the end."""
        ...

    def left(self) -> int:
        """Return about how many bytes are still to come."""
        ...


class _Plain:
    """A file whose encoding holds ASCII as it is."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file, self._left = file, size

    def fill(self, buffer: memoryview) -> int:
        count = self._file.readinto(buffer)  # type: ignore[attr-defined]
        self._left -= count
        return int(count)

    def left(self) -> int:
        return max(0, self._left)


class _Wide:
    """A file of two or four bytes a character, handed on as UTF-8."""

    def __init__(self, file: BinaryIO, size: int, encoding: str) -> None:
        self._file, self._left = file, size
        self._decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
        self._waiting = b""

    def fill(self, buffer: memoryview) -> int:
        while not self._waiting:
            data = self._file.read(BLOCK)
            self._left -= len(data)
            self._waiting = self._decoder.decode(data, not data).replace("\ufeff", "").encode("utf-8", "replace")
            if not data:
                break
        count = min(len(buffer), len(self._waiting))
        buffer[:count] = self._waiting[:count]
        self._waiting = self._waiting[count:]
        return count

    def left(self) -> int:
        return len(self._waiting) + max(0, self._left) // 2


def plain(file: BinaryIO, size: int) -> Source:
    """Return the bytes of a file as they are.

    Args:
        file: Opened at its beginning.
        size: Its length in bytes.
    """
    return _Plain(file, size)


def wide(file: BinaryIO, size: int, encoding: str) -> Source:
    """Return the text of a file of two or four bytes a character as UTF-8.

    Args:
        file: Opened at its beginning.
        size: Its length in bytes.
        encoding: What it is written in.
    """
    return _Wide(file, size, encoding)


class RecordFinder:
    """Cuts the records that matter out of files of any size.

    Args:
        scanner: Finds the texts of such records.
        bounds: Where records begin and end.
        block: Bytes that are looked at in one go.
        ends: Bytes at both ends of a file that are kept whole.
    """

    def __init__(self, scanner: LiteralScanner, bounds: Bounds, block: int = BLOCK, ends: int = ENDS) -> None:
        self._scanner, self._bounds = scanner, bounds
        self._block, self._ends = block, ends

    def excerpts(self, source: Source) -> Iterator[Excerpt]:
        """Yield what matters, block by block.

        Args:
            source: A file of which nothing was read yet.
        """
        buffer = bytearray(self._block)
        view = memoryview(buffer)
        filled, offset, line = 0, 0, 1
        while True:
            count = source.fill(view[filled:])
            filled += count
            if count and filled < len(buffer):
                continue
            if not filled:
                return
            stop = self._whole(buffer, filled) if count else filled
            spans = self._spans(buffer, stop, self._scanner.scan(view[:stop]), offset, source.left() + filled - stop)
            excerpt, line = _excerpt(buffer, [*spans, (stop, stop)], offset, line)
            if spans:
                yield excerpt
            offset += stop
            filled -= stop
            buffer[:filled] = buffer[stop : stop + filled]

    def _whole(self, buffer: bytearray, filled: int) -> int:
        """Return where the last record ends that is surely whole."""
        last = stop = buffer.rfind(b"\n", 0, filled) + 1
        for _ in range(_MOST_LINES):
            start = buffer.rfind(b"\n", 0, max(0, stop - 1)) + 1
            if self._bounds.ends.search(buffer, start, stop):
                return stop
            if start == 0:
                break
            if self._bounds.starts.match(buffer, start, stop):
                return start
            stop = start
        return last or filled

    def _spans(
        self, buffer: bytearray, stop: int, places: Sequence[int], offset: int, behind: int
    ) -> list[tuple[int, int]]:
        """Return from where to where the records at ``places`` lie, and those at the ends of the file."""
        spans: list[tuple[int, int]] = []
        done = 0
        if offset < self._ends:
            done = self._record(buffer, min(stop, self._ends - offset), 0, stop)[1]
            spans.append((0, done))
        for place in places:
            if place > done:
                start, done = self._record(buffer, place, done, stop)
                spans.append((start, done))
        if behind < self._ends:
            tail = self._record(buffer, max(1, stop - self._ends + behind), 0, stop)[0]
            while spans and spans[-1][1] > tail:
                tail = min(tail, spans.pop()[0])
            spans.append((tail, stop))
        return spans

    def _record(self, buffer: bytearray, place: int, floor: int, stop: int) -> tuple[int, int]:
        """Return from where to where the record lies in which the byte before ``place`` stands."""
        starts, ends = self._bounds.starts, self._bounds.ends
        start = buffer.rfind(b"\n", floor, place - 1) + 1 or floor
        end = buffer.find(b"\n", place - 1, stop) + 1 or stop
        lines = 0
        first = start
        while start > floor and lines < _MOST_LINES and not starts.match(buffer, start, end):
            before = buffer.rfind(b"\n", floor, start - 1) + 1 or floor
            if ends.search(buffer, before, start):
                break
            start, lines = before, lines + 1
        lines = 0
        last = first
        while end < stop and lines < _MOST_LINES and not ends.search(buffer, last, end):
            if starts.match(buffer, end, stop):
                break
            last = end
            end, lines = buffer.find(b"\n", end, stop) + 1 or stop, lines + 1
        return start, end


def _excerpt(buffer: bytearray, spans: Iterable[tuple[int, int]], offset: int, line: int) -> tuple[Excerpt, int]:
    """Copy ``spans`` out and return also the number of the line at which the last one begins."""
    parts: list[bytearray] = []
    lines: list[int] = []
    offsets: list[int] = []
    passed = 0
    for start, end in spans:
        line += buffer.count(b"\n", passed, start)
        place = start
        while place < end:
            passed = buffer.find(b"\n", place, end) + 1 or end
            parts.append(buffer[place:passed])
            lines.append(line)
            offsets.append(offset + place)
            place, line = passed, line + (buffer[passed - 1] == _NEWLINE)
    return Excerpt(b"".join(parts), lines, offsets), line
