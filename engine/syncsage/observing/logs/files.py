"""Which files are logs, in which order, and which of them are parts of one log."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from syncsage.errors import InputError
from syncsage.knowledge.formats import LogFormat
from syncsage.observing.text import decode

_HEAD = 65_536
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class LogGroup:
    """The parts of one log, the oldest first; ``name`` is that of the newest."""

    name: str
    parts: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class LogFiles:
    """What was found under some paths: logs in the order of reading, and remarks."""

    groups: tuple[LogGroup, ...]
    notes: tuple[str, ...] = ()


class LogFinder:
    """Finds logs in files and folders.

    Args:
        formats: Their ``files`` come first in a folder, their ``rotated`` tell older halves.
    """

    def __init__(self, formats: Iterable[LogFormat]) -> None:
        ranked = sorted(formats, key=lambda format: (format.rank, format.id))
        names = dict.fromkeys(_stem(name) for format in ranked for name in format.files)
        self._ranks = {name: rank for rank, name in enumerate(names)}
        rotated = dict.fromkeys(pattern for format in ranked for pattern in format.rotated)
        self._rotated = tuple(re.compile(pattern, re.IGNORECASE) for pattern in rotated)

    def find(self, paths: Sequence[Path]) -> LogFiles:
        """Return the logs of files and folders, folders with all below them.

        Args:
            paths: Files and folders.

        Returns:
            Logs of known names first, the parts of a rotated log together. What lies in a folder and cannot be read,
            or is no text, is left out with a note.

        Raises:
            InputError: A path does not exist or cannot be read, or nothing readable is in the folders.
        """
        files: dict[Path, None] = {}
        notes: list[str] = []
        for path in paths:
            if not path.exists():
                raise InputError(f"{path}: there is no such file or folder")
            if path.is_dir():
                files |= dict.fromkeys(_in_folder(path, notes))
            else:
                head(path)
                files[path] = None
        if paths and not files:
            raise InputError(f"{', '.join(map(str, paths))}: nothing in it can be read as a log")
        return LogFiles(self._grouped(files), _few(notes))

    def older(self, path: Path) -> tuple[Path, ...]:
        """Return the older parts of the log at ``path`` that lie beside it, the latest first.

        Raises:
            OSError: Its folder cannot be read.
        """
        stem = _stem(path.name)
        beside = ((file, self._rotation(file.name)) for file in path.parent.iterdir())
        older = [file for file, match in beside if match is not None and _stem(match["name"]) == stem]
        return tuple(sorted(older, key=lambda file: file.name, reverse=True))

    def _rotation(self, name: str) -> re.Match[str] | None:
        return next((match for pattern in self._rotated if (match := pattern.search(name))), None)

    def _grouped(self, files: Iterable[Path]) -> tuple[LogGroup, ...]:
        groups: dict[tuple[str, str], list[tuple[bool, str, Path]]] = {}
        for file in files:
            older = self._rotation(file.name)
            stem = _stem(older["name"] if older else file.name)
            groups.setdefault((str(file.parent), stem), []).append((older is None, file.name, file))
        ordered = sorted(groups.items(), key=lambda item: (self._ranks.get(item[0][1], len(self._ranks)), item[0]))
        found: list[LogGroup] = []
        for _, parts in ordered:
            parts.sort()
            found.append(LogGroup(parts[-1][1], tuple(path for _, _, path in parts)))
        return tuple(found)


def head(path: Path) -> bytes:
    """Return the first bytes of a text file.

    Raises:
        InputError: It cannot be read, or is no text.
    """
    try:
        # Asked first: opening a pipe would wait for ever.
        if not path.is_file():
            raise InputError(f"{path}: this is no file")
        with path.open("rb") as stream:
            data = stream.read(_HEAD)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from error
    try:
        decode(data)
    except InputError as error:
        raise InputError(f"{path}: {error}") from error
    return data


def _in_folder(folder: Path, notes: list[str]) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(place, name)
            try:
                if head(path).strip():
                    yield path
            except InputError as error:
                notes.append(f"left out {error}")


def _few(notes: Sequence[str]) -> tuple[str, ...]:
    """Return the first notes, and how many more there were."""
    more = len(notes) - _MOST_NAMED
    return (*notes[:_MOST_NAMED], *((f"{more} more files were left out",) if more > 0 else ()))


def _stem(name: str) -> str:
    lowered = name.lower()
    return lowered.removesuffix(".log")
