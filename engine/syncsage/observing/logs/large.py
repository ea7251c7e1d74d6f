"""Large log files: only the records that tell of runs are read, the rest is passed over."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from syncsage.knowledge.formats import LogFormat
from syncsage.knowledge.model import KnowledgeBase
from syncsage.observing.logs.find import Bounds, RecordFinder, Source, plain, wide
from syncsage.observing.logs.model import LogRecord
from syncsage.observing.logs.reader import LogReader
from syncsage.observing.logs.watch import watcher
from syncsage.observing.text import decode, encoding_of

#: Bytes from which on a file is large.
LARGE = 4_000_000
_HEAD = 16_384
_SAMPLES = 16
_SAMPLE = 2_048
_LONE_RETURN = re.compile(r"\r(?!\n)")

#: Takes the number of bytes that were just read.
Advance = Callable[[int], None]


def find_records(
    path: Path, kb: KnowledgeBase, reader: LogReader, advance: Advance | None = None
) -> Iterator[LogRecord]:
    """Yield those records of a large file that matter for its runs, in order.

    Of a long series of records that only count progress the first and the last are yielded; the two ends of the file
    are read whole. Lines and offsets are those of the file; of UTF-16 the offsets are those of its text as UTF-8.

    Args:
        path: The file.
        kb: Knowledge of formats and runs.
        reader: Reads the records.
        advance: Is told of the bytes that were read.

    Raises:
        InputError: The file is binary.
        OSError: It cannot be read.
    """
    with path.open("rb", buffering=0) as file:
        size = path.stat().st_size
        head = decode(file.read(_HEAD))
        if _is_wide(head.encoding):
            file.seek(0)
            yield from _Large(kb, reader, head.text, path.name).records(
                wide(file, size, head.encoding), "utf-8", advance
            )
            return
        data = _sample(file, size)
        encoding = encoding_of(data)
        sample = data.decode(encoding, "replace")
        file.seek(0)
        yield from _Large(kb, reader, sample, path.name).records(plain(file, size), encoding, advance)


def find_records_in(text: str, kb: KnowledgeBase, reader: LogReader) -> Iterator[LogRecord]:
    """Yield those records of a large text that matter for its runs, as ``find_records`` does. Never raises."""
    data = text.encode("utf-8", "replace")
    file = BytesIO(data)
    sample = _sample(file, len(data)).decode("utf-8", "replace")
    file.seek(0)
    yield from _Large(kb, reader, sample).records(plain(file, len(data)), "utf-8")


class _Large:
    """What is needed to read one large text of which ``sample`` is some."""

    def __init__(self, kb: KnowledgeBase, reader: LogReader, sample: str, name: str = "") -> None:
        self._reader = reader.narrowed(sample)
        self._finder = RecordFinder(watcher(kb, name, sample), bounds(self._reader.formats))
        self._name = name

    def records(self, source: Source, encoding: str, advance: Advance | None = None) -> Iterator[LogRecord]:
        left = source.left()
        for excerpt in self._finder.excerpts(source):
            text = _text(excerpt.data, encoding)
            yield from self._reader.excerpt(text, excerpt.lines, excerpt.offsets, self._name).records
            if advance and source.left() < left:
                advance(left - source.left())
                left = source.left()


def _sample(file: BinaryIO, size: int) -> bytes:
    """Return some of a file: whole lines of its beginning and from all over it."""
    file.seek(0)
    head = file.read(_HEAD)
    parts = [head[: head.rfind(b"\n") + 1] or head]
    for number in range(1, _SAMPLES + 1):
        file.seek(size // (_SAMPLES + 1) * number)
        part = file.read(_SAMPLE)
        parts.append(part[part.find(b"\n") + 1 : part.rfind(b"\n") + 1])
    return b"".join(parts)


def _is_wide(encoding: str) -> bool:
    return encoding.startswith(("utf-16", "utf-32"))


def _text(data: bytes, encoding: str) -> str:
    """Return lines as text in which a line still is one: NUL and lone carriage returns become blanks."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        # A file that looked like UTF-8 where it was sampled and is in an older encoding elsewhere.
        text = data.decode("cp1252" if encoding.startswith("utf") else encoding, "replace")
    return _LONE_RETURN.sub(" ", text.replace("\x00", " ").replace("\ufeff", ""))


def bounds(formats: Sequence[LogFormat]) -> Bounds:
    """Return where records of ``formats`` begin and end."""
    starts = [f.head for f in formats if f.head and f.shape != "insert"]
    ends = [f.tail for f in formats if f.tail]
    starts += [".*?(?:" + f.tail + ")" for f in formats if f.single and f.tail]
    if not starts and not ends:
        goes_on = "|".join(f"(?:{pattern})" for f in formats for pattern in f.continues)
        starts = [f"(?!{goes_on})" if goes_on else ""]
    return Bounds(*(_any(patterns) for patterns in (starts, ends)))


def _any(patterns: Sequence[str]) -> re.Pattern[bytes]:
    joined = "|".join(f"(?:{_unnamed(pattern)})" for pattern in patterns) or "(?!)"
    return re.compile(joined.encode(), re.IGNORECASE | re.MULTILINE)


def _unnamed(pattern: str) -> str:
    """Return ``pattern`` without the names of its groups, which may not come twice."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)
