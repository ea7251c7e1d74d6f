"""A log that is written to while it is read: new lines only, also after it was renamed, cut or begun anew."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from syncsage.errors import InputError

#: Of a log that is longer when it is first looked at, only the end is read.
WINDOW = 4 * 1024 * 1024
_HEAD = 1024
_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Lines:
    """Complete lines of a log, without their ends; ``first`` is the number of the first one in its file."""

    texts: tuple[str, ...]
    first: int


class LineDecoder:
    """Turns pieces of bytes into numbered lines, whatever their encoding and wherever they are cut."""

    def __init__(self, first: int = 1) -> None:
        self._next = first
        self._decoder: codecs.IncrementalDecoder | None = None
        self._part = ""

    def feed(self, data: bytes, *, final: bool = False) -> Lines:
        """Return the lines that ``data`` completes; where ``final``, the last one as well, complete or not."""
        if self._decoder is None and data:
            self._decoder = codecs.getincrementaldecoder(_encoding(data))(errors="replace")
        decoded = self._decoder.decode(data, final) if self._decoder is not None else ""
        *whole, self._part = (self._part + decoded.replace("\x00", "")).split("\n")
        if final and self._part:
            whole, self._part = [*whole, self._part], ""
        lines = Lines(tuple(line.removesuffix("\r") for line in whole), self._next)
        self._next += len(whole)
        return lines


def _nowhere(_: Path) -> Sequence[Path]:
    return ()


class GrowingLog:
    """Reads what is new in a file, opening it for a moment only: its writer must stay able to rename it.

    Args:
        path: The file.
        older: Tells where the file may lie after it was put aside; what was not read of it is then read there.

    Attributes:
        skipped: Bytes at the beginning that were left out.
    """

    def __init__(self, path: Path, older: Callable[[Path], Sequence[Path]] = _nowhere) -> None:
        self.skipped = 0
        self._path = path
        self._older = older
        self._head = b""
        self._position = 0
        self._lines: LineDecoder | None = None

    def read(self) -> list[Lines]:
        """Return what was added since the last call: the rest of a file that was put aside first.

        A file that is not there at the moment has nothing new.
        """
        try:
            with self._path.open("rb") as stream:
                lines = self._lines
                if lines is None:
                    lines = self._lines = LineDecoder(self._skip(stream))
                if self._goes_on(stream):
                    return [self._grown(stream, lines)]
                rest = lines.feed(self._put_aside(), final=True)
                self._head, self._position, self._lines = b"", 0, LineDecoder()
                return [rest, self._grown(stream, self._lines)]
        except OSError:
            return []

    def _goes_on(self, stream: BinaryIO) -> bool:
        stream.seek(0)
        same = stream.read(len(self._head)) == self._head
        return same and stream.seek(0, 2) >= self._position

    def _grown(self, stream: BinaryIO, lines: LineDecoder) -> Lines:
        stream.seek(0)
        self._head = stream.read(_HEAD)
        stream.seek(self._position)
        data = stream.read()
        self._position += len(data)
        return lines.feed(data)

    def _put_aside(self) -> bytes:
        """Return what was written to the old file after the last look at it, if it is still to be found."""
        for path in self._older(self._path):
            try:
                with path.open("rb") as stream:
                    if self._goes_on(stream):
                        stream.seek(self._position)
                        return stream.read()
            except OSError:
                continue
        return b""

    def _skip(self, stream: BinaryIO) -> int:
        """Go to where reading begins, and return the number of the line there."""
        # An even number of bytes keeps the two of UTF-16 characters together.
        surplus = (stream.seek(0, 2) - WINDOW) // 2 * 2
        if surplus <= 0:
            return 1
        stream.seek(0)
        number = 1
        while self._position < surplus:
            line_ends = stream.read(min(_CHUNK, surplus - self._position))
            number += line_ends.count(b"\n")
            self._position += len(line_ends)
        self.skipped = self._position
        return number


def _encoding(data: bytes) -> str:
    from syncsage.observing.text import decode

    try:
        return decode(data).encoding
    except InputError:
        return "cp1252"
