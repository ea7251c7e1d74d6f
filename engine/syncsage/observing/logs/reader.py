"""Text to log records, whatever format it is in and whatever was wrapped around it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from syncsage.errors import InputError
from syncsage.knowledge.formats import LogFormat
from syncsage.knowledge.model import KnowledgeBase
from syncsage.observing.logs.anchors import Piece
from syncsage.observing.logs.clock import Dated, set_clocks, times
from syncsage.observing.logs.edits import EditedText
from syncsage.observing.logs.files import LogFinder
from syncsage.observing.logs.forms import Form
from syncsage.observing.logs.inserts import InsertReader
from syncsage.observing.logs.model import LogRecord
from syncsage.observing.logs.pieces import Cutter
from syncsage.observing.logs.places import Places
from syncsage.observing.logs.unwrap import unwrap
from syncsage.observing.text import decode

#: A longer text is no paste: nothing is wrapped around its lines.
PASTED = 2_000_000


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: the records in order, and remarks on how they were read."""

    records: tuple[LogRecord, ...]
    notes: tuple[str, ...] = ()


class LogReader:
    """Reads logs in the formats of the knowledge.

    Args:
        formats: The formats.
    """

    def __init__(self, formats: Iterable[LogFormat]) -> None:
        ranked = sorted(formats, key=lambda format: (format.rank, format.id))
        self._formats = ranked
        self._cutter = Cutter([Form(format) for format in ranked if format.shape != "insert"])
        self.inserts = InsertReader([format for format in ranked if format.shape == "insert"])

    def narrowed(self, sample: str) -> LogReader:
        """Return a reader of only those formats that ``sample`` shows, which is faster on more of the same text.

        Args:
            sample: Some of a large text.
        """
        shown = self._cutter.shown(sample)
        return LogReader(f for f in self._formats if f.id in shown or f.shape in ("line", "insert"))

    @property
    def formats(self) -> Sequence[LogFormat]:
        """The formats by rank."""
        return self._formats

    def read(self, text: str, file: str = "") -> tuple[LogRecord, ...]:
        """Return the records of ``text`` in order. Never raises on any text.

        Args:
            text: A log or a part of it, as a file holds it or as it was pasted.
            file: Name that the records get as their file.
        """
        return self.reading(text, file).records

    def reading(self, text: str, file: str = "", encoding: str = "utf-8", before: int = 0) -> Reading:
        """Return the records of ``text`` and remarks.

        Args:
            text: As for ``read``.
            file: As for ``read``.
            encoding: In which the offsets of records are counted.
            before: Bytes in front of the text, as of a byte order mark.
        """
        edited = EditedText(text)
        if len(text) <= PASTED:
            unwrap(edited, self._cutter)
        return self._records(edited, Places(text, encoding, before), file)

    def read_file(self, path: Path) -> Reading:
        """Return the records of a file.

        Raises:
            InputError: It cannot be read, or is no text.
        """
        try:
            data = path.read_bytes()
        except OSError as error:
            raise InputError(f"{path}: {error.strerror or error}") from error
        decoded = decode(data)
        reading = self.reading(decoded.text, path.name, decoded.encoding, _mark_size(data, decoded.encoding))
        return Reading(reading.records, (*decoded.notes, *reading.notes))

    def excerpt(self, text: str, lines: Sequence[int], offsets: Sequence[int], file: str = "") -> Reading:
        """Return the records of lines that were cut out of a file.

        Args:
            text: The lines, each with its end.
            lines: Number of each of them in the file.
            offsets: First byte of each of them in the file.
            file: As for ``read``.
        """
        return self._records(EditedText(text), Places(text, lines=lines, offsets=offsets), file)

    def _records(self, edited: EditedText, places: Places, file: str) -> Reading:
        dated: list[Dated] = []
        for piece in self._cutter.cut(edited.text):
            record = self._record(edited, piece, places, file)
            if record is not None:
                dated.append(record)
        return Reading(*set_clocks(dated))

    def _record(self, edited: EditedText, piece: Piece, places: Places, file: str) -> Dated | None:
        form, values = piece.form, piece.values
        source = values.get("source", "")
        message = _message(edited.text[piece.body : piece.stop])
        if form is None or not (message or source or values.get("component")):
            return None
        if source and not form.format.whole:
            message = f"{source} {message}".rstrip()
        start = edited.origin(piece.start)
        first, last = places.line(start), places.line(max(start, edited.origin(max(piece.start, piece.end - 1))))
        insert = self.inserts.read(message)
        stamp = form.stamps.read(form.when(values), values.get("bias", "")) if "date" in values else None
        local, utc = (times(stamp, form.format.utc) if stamp else None) or (None, None)
        record = LogRecord(
            message=message,
            format=form.id,
            line=first,
            offset=places.offset(start),
            lines=last - first + 1,
            component=values.get("component", "") or (insert.values.get("component", "") if insert else ""),
            local=local,
            utc=utc,
            thread=values.get("thread", ""),
            severity=form.severity(values.get("severity", "")) or (insert.severity if insert else ""),
            file=file,
            cut=piece.cut,
            source=source,
        )
        return Dated(record, stamp, form.format.utc, insert.utc if insert else None)


def _mark_size(data: bytes, encoding: str) -> int:
    """Return the bytes of the byte order mark that decoding took off."""
    sizes = {"utf-8-sig": 3, "utf-16": 2, "utf-32": 4}
    return sizes.get(encoding, 0) if data else 0


def _message(text: str) -> str:
    """Return a message without the marks that stand for line ends at its ends, and with line ends within."""
    text = text.strip()
    if "~" in text:
        text = text.strip("~").strip().replace("~~", "\n")
    return text


def read(text: str, kb: KnowledgeBase, file: str = "") -> tuple[LogRecord, ...]:
    """Return the records of ``text`` in the formats of ``kb``. Never raises on any text."""
    return LogReader(kb.formats.values()).read(text, file)


@dataclass(frozen=True, slots=True)
class LogFile:
    """One log: its name, its records, those of its older parts first."""

    name: str
    records: tuple[LogRecord, ...]


def read_paths(paths: Sequence[Path], kb: KnowledgeBase) -> tuple[tuple[LogFile, ...], tuple[str, ...]]:
    """Return the logs of files and folders, and remarks.

    Raises:
        InputError: A path cannot be read, or nothing readable is in it.
    """
    found = LogFinder(kb.formats.values()).find(paths)
    reader = LogReader(kb.formats.values())
    notes = list(found.notes)
    logs: list[LogFile] = []
    for group in found.groups:
        readings = [reader.read_file(part) for part in group.parts]
        notes += [f"{group.name}: {note}" for reading in readings for note in reading.notes]
        logs.append(LogFile(group.name, tuple(record for reading in readings for record in reading.records)))
    return tuple(logs), tuple(notes)
