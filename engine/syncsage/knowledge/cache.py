"""Validated entries kept on disk as JSON, so that the next start reads neither YAML nor schemas."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from syncsage._version import __version__
from syncsage.knowledge.entries import Entry
from syncsage.knowledge.prefilter import Literals

#: Raised whenever the meaning of a cached entry changes.
FORMAT = 2

#: What a digest of files is salted with: another format or program version reads its files anew.
SALT = f"syncsage-knowledge {FORMAT} {__version__}"


class EntryCache:
    """One cache file for one list of folders; a changed knowledge base overwrites it.

    Args:
        directory: Where cache files go; made when first written to.
        folders: The layers of the knowledge base.
    """

    def __init__(self, directory: Path, folders: Sequence[Path]) -> None:
        names = "\0".join(str(folder.absolute()) for folder in folders)
        self._path = directory / f"knowledge-{hashlib.sha256(names.encode()).hexdigest()[:16]}.json"

    def get(self, digest: str) -> tuple[list[Entry], str, Literals] | None:
        """Return entries, content hash and literals kept for ``digest``; None where nothing intact is kept for it."""
        try:
            head, _, body = self._path.read_bytes().partition(b"\n")
        except OSError:
            return None
        if head != _head(digest, body):
            return None
        content_hash, literals, rows = json.loads(body)
        return [Entry(*row) for row in rows], content_hash, literals

    def put(self, digest: str, entries: Iterable[Entry], content_hash: str, literals: Literals) -> None:
        """Keep entries, all or nothing. A folder that cannot be written to costs only time: no error."""
        rows = [(entry.kind, entry.id, entry.file, entry.line, entry.data) for entry in entries]
        body = json.dumps([content_hash, literals, rows], ensure_ascii=False, separators=(",", ":")).encode()
        with contextlib.suppress(OSError):
            self._write(_head(digest, body) + b"\n" + body)

    def _write(self, content: bytes) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self._path.parent, prefix=".knowledge-")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
            Path(name).replace(self._path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise


def _head(digest: str, body: bytes) -> bytes:
    return f"{SALT} {digest} {hashlib.sha256(body).hexdigest()}".encode()
