"""The files of a knowledge folder: found, classified by their place, and read as bytes.

Nothing here understands YAML, so that a load from the cache needs no more than this.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Literal

from syncsage.errors import Fault, KnowledgeError

FileKind = Literal[
    "domain",
    "sources",
    "codes",
    "problem",
    "cause",
    "procedure",
    "findings",
    "rules",
    "tracking",
    "runs",
    "formats",
    "test",
    "scenarios",
]
#: Knowledge itself, and what proves it.
Part = Literal["knowledge", "test", "scenarios"]

#: Folder -> kind of the files in it.
FOLDERS: dict[str, FileKind] = {
    "problems": "problem",
    "causes": "cause",
    "procedures": "procedure",
    "findings": "findings",
    "rules": "rules",
    "tracking": "tracking",
    "scenarios": "scenarios",
}
TOP_FILES: dict[str, FileKind] = {
    "domain.yaml": "domain",
    "sources.yaml": "sources",
    "codes.yaml": "codes",
    "runs.yaml": "runs",
    "formats.yaml": "formats",
}
TEST_SUFFIX = ".test.yaml"
_PROOFS = ("test", "scenarios")

#: Two megabytes: far beyond any file that a person writes, far below what a YAML parser chokes on.
MAX_BYTES = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class RawFile:
    """One file as bytes. ``layer`` counts from 0, the base folder; ``name`` is relative to its layer."""

    layer: int
    name: str
    kind: FileKind
    content: bytes


@dataclass(frozen=True, slots=True)
class Listing:
    """All files of all layers, sorted by layer and name, and what was wrong while reading them."""

    files: tuple[RawFile, ...]
    faults: tuple[Fault, ...]

    def digest(self, salt: str) -> str:
        """Return a SHA-256 over every name and byte, and over ``salt``."""
        total = hashlib.sha256(salt.encode())
        for file in self.files:
            total.update(f"\0{file.layer}\0{file.name}\0{len(file.content)}\0".encode())
            total.update(file.content)
        return total.hexdigest()


def kind_of(name: str) -> FileKind:
    """Return what a file is by its name relative to its layer; a stray one is taken for a test."""
    if name.endswith(TEST_SUFFIX):
        return "test"
    folder, _, file = name.rpartition("/")
    return FOLDERS.get(folder or file) or TOP_FILES.get(file, "test")


def read_layers(folders: Sequence[Path], part: Part = "knowledge") -> Listing:
    """Read the files of one part of ``folders``, the base first, then its overlays.

    Args:
        folders: Knowledge folders.
        part: The knowledge, or what proves it: the ``*.test.yaml`` files or the scenarios.

    Raises:
        KnowledgeError: A folder is missing, is not a folder, or cannot be listed.
    """
    files: list[RawFile] = []
    faults: list[Fault] = []
    for layer, folder in enumerate(folders):
        for name, kind in _names(folder, faults):
            if part != (kind if kind in _PROOFS else "knowledge"):
                continue
            content = _read(folder, name, faults)
            if content is not None:
                files.append(RawFile(layer, name, kind, content))
    return Listing(tuple(files), tuple(faults))


def _names(folder: Path, faults: list[Fault]) -> Iterator[tuple[str, FileKind]]:
    """Yield the knowledge files of ``folder``, sorted, and complain about what lies in a wrong place."""
    for entry in _scan(folder, str(folder)):
        if entry.name in FOLDERS:
            if not _is_folder(entry):
                faults.append(_place_fault(entry.name, "is not a folder that can be read"))
                continue
            for inner in _scan(Path(entry.path), entry.name):
                name = f"{entry.name}/{inner.name}"
                if fault := _misplaced(inner, name):
                    faults.append(fault)
                elif inner.name.endswith(".yaml"):
                    yield name, kind_of(name)
        elif entry.name in TOP_FILES:
            yield entry.name, TOP_FILES[entry.name]
        elif fault := _stray(entry):
            faults.append(fault)


def _scan(folder: Path, shown: str) -> list[os.DirEntry[str]]:
    """List ``folder`` by name, without what is hidden.

    Raises:
        KnowledgeError: It cannot be listed.
    """
    try:
        with os.scandir(folder) as entries:
            return sorted((e for e in entries if not e.name.startswith(".")), key=lambda e: e.name)
    except FileNotFoundError:
        message = "there is no such folder"
    except NotADirectoryError:
        message = "is not a folder"
    except (OSError, ValueError) as error:
        message = f"cannot be listed: {_reason(error)}"
    raise KnowledgeError((_place_fault(shown, message),))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _misplaced(entry: os.DirEntry[str], name: str) -> Fault | None:
    if entry.name.endswith(".yml"):
        return _place_fault(name, f"is not read: name it {entry.name[:-4]}.yaml")
    if _is_folder(entry):
        return _place_fault(name, "is a folder: the folders of a knowledge base are not nested")
    return None


def _stray(entry: os.DirEntry[str]) -> Fault | None:
    """Return a fault where a YAML file, or a folder much like one of ours, lies where nothing reads it."""
    known = {name.removesuffix(".yaml"): name for name in (*TOP_FILES, *FOLDERS)}
    near = get_close_matches(entry.name.partition(".")[0], known, 1, 0.7)
    hint = f"; did you mean {known[near[0]]}?" if near else f" (known: {', '.join(known.values())})"
    if entry.name.endswith((".yaml", ".yml")) or (near and _is_folder(entry)):
        return _place_fault(entry.name, f"is not read: no such name in a knowledge base{hint}")
    return None


def _read(folder: Path, name: str, faults: list[Fault]) -> bytes | None:
    path = folder / name
    try:
        # Asked first: opening a pipe would wait for ever.
        if not path.is_file():
            faults.append(_place_fault(name, "is not a file that can be read (a dead or circular link?)"))
            return None
        # To read "at most so many" bytes would reserve that many, and leave each file in a mapping of its own.
        if path.stat().st_size <= MAX_BYTES:
            return path.read_bytes()
    except OSError as error:
        faults.append(_place_fault(name, f"cannot be read: {_reason(error)}"))
        return None
    faults.append(_place_fault(name, f"is larger than {MAX_BYTES // 1024 // 1024} MB"))
    return None


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def _place_fault(name: str, message: str) -> Fault:
    return Fault(name, 1, "", message, "files")
