"""Vectors of the knowledge's texts: kept on disk in half precision, searched exactly.

A file holds the rows of one list of texts in its order, each under the hash of its text. Where the list is the same,
nothing is looked at text by text; where some of it changed, only what is new is encoded.
"""

from __future__ import annotations

import contextlib
import hashlib
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from syncsage.observing.semantic import Encoder
from syncsage.observing.threads import one_thread

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Where vectors lie that come with the program: made for the bundled knowledge when a wheel is built.
SHIPPED = Path(__file__).resolve().parents[1] / "vectors"
_FORMAT = "syncsage-vectors 3"
_KEY = 16
#: Rows that are encoded at a time, and rows that are searched at a time.
_BLOCK, _SEARCHED = 8_192, 512


class Preparing(Protocol):
    """Makes a text ready for the encoder."""

    @property
    def key(self) -> str:
        """Differs where the same text may come out differently."""
        ...

    def __call__(self, text: str, /) -> str:
        """Return ``text`` as it goes to the encoder."""
        ...


@dataclass(frozen=True, slots=True)
class Rows:
    """What a file holds.

    Attributes:
        texts: Hash of the list of texts, of the model and of how the texts were prepared.
        keys: The first 16 bytes of the SHA-256 of each prepared text, one after the other.
        vectors: Shape (texts, dimensions).
    """

    texts: str
    keys: bytes
    vectors: NDArray[np.float16]

    def by_key(self) -> Iterator[tuple[bytes, NDArray[np.float16]]]:
        """Yield each key with its vector."""
        for row, vector in enumerate(self.vectors):
            yield self.keys[row * _KEY : (row + 1) * _KEY], vector


class VectorStore:
    """The vectors of one domain by one model: one file of them, which follows the knowledge.

    Args:
        encoder: Makes the vectors that are missing.
        folder: Where they are kept; None keeps nothing.
        domain: Id of the domain, so that knowledge bases do not push each other out.
        shipped: Folder with vectors that are read but never written.
    """

    def __init__(
        self, encoder: Encoder, folder: Path | None, domain: str = "texts", shipped: Path | None = SHIPPED
    ) -> None:
        self._encoder = encoder
        self._folder = folder
        self._shipped = shipped
        self._name = f"vectors-{domain}-{encoder.key}.bin"

    def vectors(self, texts: Sequence[str], prepare: Preparing) -> NDArray[np.float16]:
        """Return the vectors of ``texts``, shape (texts, dimensions); new ones are encoded and kept.

        Args:
            texts: In any order; it is that of the vectors.
            prepare: Applied to each text before it is encoded, and only where the file is not of these texts.

        Raises:
            ModelError: Something has to be encoded, and the model cannot be loaded.
        """
        wanted = self._hash(texts, prepare)
        found: list[Rows] = []
        for folder in (self._shipped, self._folder):
            rows = read(folder / self._name) if folder else None
            if rows is not None and rows.texts == wanted:
                return rows.vectors
            found += [rows] if rows is not None else []
        rows = self._made(wanted, [prepare(text) for text in texts], found)
        if self._folder:
            with contextlib.suppress(OSError):
                write(self._folder / self._name, rows)
        return rows.vectors

    def _hash(self, texts: Sequence[str], prepare: Preparing) -> str:
        total = hashlib.sha256(f"{self._encoder.key}\0{prepare.key}\0".encode())
        total.update("\0".join(texts).encode("utf-8", "replace"))
        return total.hexdigest()

    def _made(self, wanted: str, texts: Sequence[str], found: Sequence[Rows]) -> Rows:
        import numpy as np

        keys = [hashlib.sha256(text.encode("utf-8", "replace")).digest()[:_KEY] for text in texts]
        known = {key: vector for rows in found for key, vector in rows.by_key()}
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        fresh = list(missing.values())
        for begin in range(0, len(fresh), _BLOCK):
            vectors = self._encoder.encode(fresh[begin : begin + _BLOCK]).astype(np.float16)
            known |= dict(zip(list(missing)[begin : begin + _BLOCK], vectors, strict=True))
        return Rows(wanted, b"".join(keys), np.stack([known[key] for key in keys]))


def cosines(vectors: NDArray[np.float32], queries: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the cosine of each vector with each query, all of unit length, shape (queries, vectors).

    A few queries one by one, over blocks that stay in the processor's cache, take half the time of one product.
    """
    import numpy as np

    result = np.empty((len(queries), len(vectors)), dtype=np.float32)
    with one_thread():
        for begin in range(0, len(vectors), _SEARCHED):
            block = vectors[begin : begin + _SEARCHED]
            for row, query in zip(result, queries, strict=True):
                np.matmul(block, query, out=row[begin : begin + _SEARCHED])
    return result


def read(file: Path) -> Rows | None:
    """Return what ``file`` holds; None where it is missing, damaged, or of another format."""
    import numpy as np

    try:
        head, _, body = file.read_bytes().partition(b"\n")
        form, _, rest = head.decode("ascii").rpartition(" | ")
        texts, count, width, check = rest.split()
        rows, keys = int(count), int(count) * _KEY
        if form != _FORMAT or len(body) != keys + rows * int(width) * 2 or zlib.crc32(body) != int(check):
            return None
        return Rows(texts, body[:keys], np.frombuffer(body, "<f2", offset=keys).reshape(rows, int(width)))
    except (OSError, ValueError):
        return None


def write(file: Path, rows: Rows) -> None:
    """Keep ``rows`` in ``file``, all or nothing.

    Raises:
        OSError: It cannot be written.
    """
    body = rows.keys + rows.vectors.astype("<f2").tobytes()
    count, width = rows.vectors.shape
    head = f"{_FORMAT} | {rows.texts} {count} {width} {zlib.crc32(body)}\n"
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=file.parent) as folder:
        fresh = Path(folder) / file.name
        fresh.write_bytes(head.encode("ascii") + body)
        fresh.replace(file)
