"""Session files: reading what is there, also of damaged ones, and writing them whole.

One line an event: a process that dies while it writes loses at most that line. Files of format 1, one JSON object,
are read like the others and written in the present format when they are next written.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from syncsage.errors import InputError
from syncsage.session.events import Event, numbered
from syncsage.session.outcome import Holder, Outcome
from syncsage.session.records import FORMAT, Opened, event_line, opened_line, read_event, read_opened


@dataclass(frozen=True, slots=True)
class Damage:
    """A line that cannot be read, counted from 1, and why."""

    line: int
    why: str


@dataclass(frozen=True, slots=True)
class Stored:
    """What a session file holds.

    Attributes:
        events: All of them, those taken back included, with their numbers.
        outcomes: Where each of them led, None where that was not kept.
        opened: What it was last written with.
        outcome: Where the session stood in the end, None where that was not kept.
        whole: Bytes from the beginning that are complete lines; what follows them was torn while it was written.
        damage: Lines that were left out.
    """

    path: Path
    events: tuple[Event, ...]
    outcomes: tuple[Outcome | None, ...]
    opened: Opened
    outcome: Outcome | None
    whole: int
    damage: tuple[Damage, ...] = ()

    @property
    def holder(self) -> Holder | None:
        """The process that last opened the file to write."""
        return self.opened.holder

    @property
    def fault(self) -> str:
        """What is damaged, in words; empty where nothing is."""
        if not self.damage:
            return ""
        lines = ", ".join(str(damage.line) for damage in self.damage)
        which = f"line {lines} is" if len(self.damage) == 1 else f"lines {lines} are"
        count = len(self.events)
        return f"{self.path}: {which} damaged; {count} {'event' if count == 1 else 'events'} can be read"


def read_session(path: Path | str) -> Stored:
    """Read a session file; lines that cannot be read are left out and named.

    Raises:
        InputError: The file cannot be read, is no session, or is of a later format.
    """
    place = Path(path)
    try:
        data = place.read_bytes()
    except OSError as error:
        raise InputError(f"cannot read {place}: {error.strerror}") from error
    first = _object(data.split(b"\n", 1)[0])
    if first is None or first.get("kind") != "opened":
        older = _object(data)
        if older is not None and "format" in older:
            return _format_1(place, older, len(data))
    stored = _lines(place, data)
    if stored.opened.format > FORMAT:
        raise _too_new(place, stored.opened.format)
    return stored


def write_session(path: Path, opened: Opened, events: Sequence[Event], outcomes: Sequence[Outcome | None]) -> None:
    """Write a session file whole: it is either the old one or the new one, whatever happens meanwhile.

    Raises:
        InputError: The file cannot be written.
    """
    body = b"".join(lines_of(opened, events, outcomes))
    try:
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            fresh = Path(folder) / "session"
            write_new(fresh, body)
            fresh.replace(path)
        settle(path.parent)
    except OSError as error:
        raise InputError(f"cannot write {path}: {error.strerror}") from error


def lines_of(opened: Opened, events: Iterable[Event], outcomes: Iterable[Outcome | None]) -> list[bytes]:
    """Return the lines of a session."""
    return [opened_line(opened), *(event_line(e, then) for e, then in zip(events, outcomes, strict=True))]


def write_new(path: Path, body: bytes) -> None:
    """Write a file that does not exist yet, for its owner only, and wait until it is on disk.

    Raises:
        OSError: It exists, or cannot be written.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())


def settle(folder: Path) -> None:
    """Wait until the names in ``folder`` are on disk, where the platform can be asked for that."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _lines(path: Path, data: bytes) -> Stored:
    whole = data.rfind(b"\n") + 1
    opened = last = None
    read: list[tuple[Event, Outcome | None]] = []
    damage: list[Damage] = []
    for number, line in enumerate(data[:whole].split(b"\n")[:-1], start=1):
        try:
            item = _read_line(line)
        except ValueError as error:
            damage.append(Damage(number, str(error)))
            continue
        if isinstance(item, Opened):
            opened, last = item, item.then or last
        else:
            read.append(item)
            last = item[1] or last
    if opened is None and not read:
        raise InputError(f"{path} is not a saved session" if data.strip() else f"{path} is empty: no session is in it")
    events, outcomes = _renumbered([event for event, _ in read]), tuple(then for _, then in read)
    return Stored(path, events, outcomes, opened or Opened("", "", None), last, whole, tuple(damage))


def _read_line(line: bytes) -> Opened | tuple[Event, Outcome | None]:
    item = _object(line)
    if item is None:
        raise ValueError("it is no JSON object")
    return read_opened(item) if item.get("kind") == "opened" else read_event(item)


def _format_1(path: Path, data: dict[str, Any], size: int) -> Stored:
    """Read a session as it was kept at first: one object, nothing taken back in it, and not where it led."""
    if data["format"] != 1:
        raise _too_new(path, data["format"])
    try:
        events = numbered(read_event(item)[0] for item in data["events"])
        opened = Opened(str(data.get("engine", "")), str(data.get("knowledge", "")), None, 1)
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path} is not a saved session") from error
    return Stored(path, tuple(events), (None,) * len(events), opened, None, size)


def _renumbered(events: Sequence[Event]) -> tuple[Event, ...]:
    """Return ``events`` counted anew where a damaged one is missing; what was taken back stays so."""
    fresh = numbered(events)
    places = {old.number: new.number for old, new in zip(events, fresh, strict=True)}
    return tuple(replace(event, undoes=places.get(event.undoes, 0)) for event in fresh)


def _too_new(path: Path, found: object) -> InputError:
    return InputError(f"{path}: a session of format {found}, this version reads up to {FORMAT}; use a newer one")


def _object(data: bytes) -> dict[str, Any] | None:
    try:
        item = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return item if isinstance(item, dict) else None
