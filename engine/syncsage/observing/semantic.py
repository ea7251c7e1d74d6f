"""The reference encoder: sentence-transformers, with a model that lies on this machine.

Its import takes seconds. Where the model is of the plain BERT kind with mean pooling, queries go through
:mod:`syncsage.observing.encoder` instead, which computes the same vectors; what ships with the program is built and
verified by this one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from syncsage.errors import ModelError
from syncsage.observing.models import find_model, model_key

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Encoder(Protocol):
    """Turns texts into unit vectors."""

    @property
    def key(self) -> str:
        """Identify model and settings; vectors of different keys must not be compared."""
        ...

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, shape (texts, dimensions)."""
        ...


#: For queries, and for what they are compared with.
Encoders = tuple[Encoder, Encoder]


class SentenceTransformerEncoder:
    """Encodes by sentence-transformers, on the CPU and offline.

    Args:
        path: Folder of the model; the packaged one where left out.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or find_model()
        self._key = model_key(self._path)

    @property
    def key(self) -> str:
        """The key of the model."""
        return self._key

    @cached_property
    def _model(self) -> _Model:
        try:
            from sentence_transformers import SentenceTransformer
            from transformers.utils import logging

            silence: Callable[[], None] = logging.disable_progress_bar
            silence()
            return cast("_Model", SentenceTransformer(str(self._path), device="cpu", local_files_only=True))
        except (ImportError, OSError, ValueError, LookupError, TypeError, RuntimeError) as error:
            raise ModelError(f"the embedding model in {self._path} cannot be loaded: {error}") from error

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, shape (texts, dimensions).

        Raises:
            ModelError: The model cannot be loaded.
        """
        return _unit(self._model.encode_document, texts)

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors of queries: some models want other words before them than before other texts.

        Raises:
            ModelError: The model cannot be loaded.
        """
        return _unit(self._model.encode_query, texts)


class QueryEncoder:
    """Encodes queries by the reference.

    Args:
        reference: Its model is loaded once for both.
    """

    def __init__(self, reference: SentenceTransformerEncoder) -> None:
        self._reference = reference

    @property
    def key(self) -> str:
        """The key of the model."""
        return self._reference.key

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, shape (texts, dimensions).

        Raises:
            ModelError: The model cannot be loaded.
        """
        return self._reference.encode_queries(texts)


def _unit(encode: _Encode, texts: Sequence[str]) -> NDArray[np.float32]:
    import numpy as np

    return np.asarray(encode(list(texts), normalize_embeddings=True, show_progress_bar=False), dtype=np.float32)


if TYPE_CHECKING:

    class _Encode(Protocol):
        def __call__(self, inputs: list[str], *, normalize_embeddings: bool, show_progress_bar: bool) -> object: ...

    class _Model(Protocol):
        encode_query: _Encode
        encode_document: _Encode
