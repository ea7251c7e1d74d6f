"""Texts named on a command line: words, files, standard input; read with a limit and joined."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from syncsage.errors import InputError

#: Bytes read of one file or pipe. Of a longer file the end is read: a log tells its latest failure there.
LIMIT = 64 * 1024 * 1024

_FILE_SUFFIXES = frozenset(
    (
        "cab conf config csv dat dmp err etl evtx gz htm html ini json lo_ log md old out pdf reg tmp tsv txt xml zip"
    ).split()
)
_ROOTED = re.compile(r"(?:~?/|\.{1,2}[/\\]|[A-Za-z]:[/\\]|\\\\)\S*\Z")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text: its name (empty for typed words) and the first of its lines in the whole, from 1."""

    name: str
    first: int


@dataclass(frozen=True, slots=True)
class InputText:
    """A text to diagnose, with remarks on how it was read and where its parts came from."""

    text: str
    notes: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()

    def place(self, line: int) -> str:
        """Return the name of line ``line`` of the whole text, as a person would look it up."""
        part = next((p for p in reversed(self.parts) if p.first <= line), Part("", 1))
        own = f"line {line - part.first + 1}"
        return f"{part.name} {own}" if part.name and len(self.parts) > 1 else own


def read_arguments(arguments: Sequence[str], stdin: BinaryIO) -> InputText:
    """Read what the arguments of a command name.

    Args:
        arguments: Words, names of files, or ``-`` for standard input, in any mixture.
        stdin: Where ``-`` is read from.

    Returns:
        The parts joined in order; neighbouring words form one part.

    Raises:
        InputError: A file is missing, unreadable or no text.
    """
    only_files = all(item == "-" or looks_like_path(item) or _is_file(item) for item in arguments)
    parts: list[tuple[str, InputText]] = []
    for is_file, group in groupby(arguments, key=lambda item: only_files or item == "-" or _is_file(item)):
        if not is_file:
            parts.append(("", InputText(" ".join(group))))
        else:
            parts += [(_name(item), read_stream(stdin) if item == "-" else read_file(Path(item))) for item in group]
    return join(parts)


def join(parts: Sequence[tuple[str, InputText]]) -> InputText:
    """Join named texts into one that still knows where its lines came from."""
    line, places, notes = 1, list[Part](), list[str]()
    for name, part in parts:
        places.append(Part(name, line))
        line += part.text.rstrip("\n").count("\n") + 1
        notes += [f"{name}: {note}" if name else note for note in part.notes]
    return InputText("\n".join(part.text.rstrip("\n") for _, part in parts), tuple(notes), tuple(places))


def read_file(path: Path) -> InputText:
    """Read a file of any usual encoding.

    Args:
        path: File to read; of more than ``LIMIT`` bytes only the end is read.

    Returns:
        Its text, with remarks.

    Raises:
        InputError: It is missing, a folder, unreadable, or no text.
    """
    try:
        if path.is_dir():
            raise InputError("this is a folder: name the files in it")
        size = path.stat().st_size
        with path.open("rb") as stream:
            if size > LIMIT:
                # An even offset keeps the two bytes of UTF-16 characters together.
                stream.seek((size - LIMIT) // 2 * 2)
                return _decoded(stream.read(LIMIT + 1), (f"only the last {_mb(LIMIT)} of {_mb(size)} were read",))
            return read_stream(stream)
    except FileNotFoundError:
        raise InputError(f"no such file: {path}") from None
    except InputError as error:
        raise InputError(f"{path}: {error}") from None
    except (OSError, ValueError) as error:
        raise InputError(f"cannot read {path}: {getattr(error, 'strerror', None) or error}") from None


def read_stream(stream: BinaryIO) -> InputText:
    """Read a pipe or an open file up to ``LIMIT`` bytes.

    Raises:
        InputError: What comes out of it is no text.
    """
    data = stream.read(LIMIT + 1)
    if len(data) > LIMIT:
        return _decoded(data[:LIMIT], (f"only the first {_mb(LIMIT)} were read",))
    return _decoded(data, ())


def looks_like_path(word: str) -> bool:
    """Tell whether ``word`` is meant as the name of a file rather than as text."""
    if not word or any(c.isspace() for c in word) or "://" in word:
        return False
    suffix = Path(word).suffix.removeprefix(".").lower()
    return suffix in _FILE_SUFFIXES or bool(_ROOTED.match(word))


def _is_file(argument: str) -> bool:
    try:
        return Path(argument).exists() and not Path(argument).is_dir()
    except (OSError, ValueError):
        return False


def _name(argument: str) -> str:
    return "standard input" if argument == "-" else Path(argument).name


def _decoded(data: bytes, notes: tuple[str, ...]) -> InputText:
    from syncsage.observing.text import decode

    decoded = decode(data)
    return InputText(decoded.text, (*notes, *decoded.notes))


def _mb(size: int) -> str:
    return f"{size / (1024 * 1024):,.0f} MB"
