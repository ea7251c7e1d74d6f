"""The same network without torch: BERT's forward pass in numpy.

Importing torch and sentence-transformers takes seconds, the pass itself milliseconds. This encoder reads the same
weights and tokenizer files; a test holds it to the reference (cosine above 0.9999). The arithmetic follows Devlin et
al., "BERT" (arXiv 1810.04805), with mean pooling as in Reimers and Gurevych, "Sentence-BERT" (arXiv 1908.10084).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from syncsage.errors import ModelError
from syncsage.observing.models import WORDS, find_model, is_plain_bert, model_key
from syncsage.observing.semantic import Encoders, QueryEncoder, SentenceTransformerEncoder
from syncsage.observing.threads import one_thread

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float32]

#: Tokens of a batch, padding included: bounds the memory that many texts take.
_BATCH = 1_024


class QuickEncoder:
    """Encodes with numpy and tokenizers alone.

    Args:
        path: Folder of a BERT model with mean pooling.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or find_model()
        self._key = model_key(self._path)

    @property
    def key(self) -> str:
        """The key of the model: the same as that of the reference encoder, since the vectors are the same."""
        return self._key

    def encode(self, texts: Sequence[str]) -> Array:
        """Return unit vectors, shape (texts, dimensions).

        Raises:
            ModelError: The model cannot be read.
        """
        import numpy as np

        # One by one: for several texts at once the tokenizer starts threads of its own.
        tokens = [self._tokenizer.encode(text or " ").ids for text in texts]
        result = np.empty((len(texts), int(self._config["hidden_size"])), dtype=np.float32)
        with one_thread():
            for batch in _batches(tokens):
                result[batch] = self._batch([tokens[i] for i in batch])
        return result

    @cached_property
    def _config(self) -> dict[str, Any]:
        config: dict[str, Any] = json.loads((self._path / "config.json").read_text("utf-8"))
        return config

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        limits = json.loads((self._path / "sentence_bert_config.json").read_text("utf-8"))
        try:
            tokenizer = Tokenizer.from_file(str(self._path / "tokenizer.json"))
        except Exception as error:  # the library has no errors of its own
            raise ModelError(f"the tokenizer of the embedding model in {self._path} cannot be read: {error}") from error
        tokenizer.no_padding()
        tokenizer.enable_truncation(max_length=int(limits["max_seq_length"]))
        return tokenizer

    @cached_property
    def _weights(self) -> dict[str, Array]:
        """All weights but those of the words, which are most of the file."""
        return {name: self._file.get_tensor(name) for name in self._file.keys() if name != WORDS}  # noqa: SIM118

    @cached_property
    def _words(self) -> Sequence[Array]:
        words: Sequence[Array] = self._file.get_slice(WORDS)
        return words

    @cached_property
    def _file(self) -> Any:
        from safetensors import SafetensorError, safe_open

        file = self._path / "model.safetensors"
        try:
            return safe_open(str(file), framework="numpy")
        except (OSError, SafetensorError) as error:
            raise ModelError(f"the weights of the embedding model in {file} cannot be read: {error}") from error

    def _batch(self, tokens: Sequence[Sequence[int]]) -> Array:
        import numpy as np

        lengths = np.array([len(ids) for ids in tokens])
        mask = (np.arange(lengths.max()) < lengths[:, None]).astype(np.float32)
        ids = np.full(mask.shape, int(self._config.get("pad_token_id", 0)))
        for row, own in zip(ids, tokens, strict=True):
            row[: len(own)] = own
        hidden = self._forward(ids, mask)
        pooled = (hidden * mask[:, :, None]).sum(1) / mask.sum(1, keepdims=True)
        vectors: Array = pooled / np.maximum(np.linalg.norm(pooled, axis=1, keepdims=True), 1e-12)
        return vectors

    def _forward(self, ids: NDArray[np.int64], mask: Array) -> Array:
        import numpy as np

        w = self._weights
        different, places = np.unique(ids, return_inverse=True)
        hidden = np.stack([self._words[i] for i in different.tolist()])[places.reshape(ids.shape)]
        hidden = hidden + w["embeddings.position_embeddings.weight"][: ids.shape[1]]
        hidden = hidden + w["embeddings.token_type_embeddings.weight"][0]
        hidden = self._norm(hidden, "embeddings.LayerNorm")
        bias = ((1.0 - mask) * np.float32(-1e9))[:, None, None, :]
        for layer in range(int(self._config["num_hidden_layers"])):
            name = f"encoder.layer.{layer}"
            attended = self._linear(self._attend(hidden, bias, name), f"{name}.attention.output.dense")
            hidden = self._norm(hidden + attended, f"{name}.attention.output.LayerNorm")
            inner = self._linear(hidden, f"{name}.intermediate.dense")
            inner = self._linear(_gelu(inner), f"{name}.output.dense")
            hidden = self._norm(hidden + inner, f"{name}.output.LayerNorm")
        return hidden

    def _attend(self, hidden: Array, bias: Array, name: str) -> Array:
        import numpy as np

        heads = int(self._config["num_attention_heads"])
        batch, length, width = hidden.shape

        def split(part: str) -> Array:
            projected = self._linear(hidden, f"{name}.attention.self.{part}")
            return projected.reshape(batch, length, heads, width // heads).transpose(0, 2, 1, 3)

        scores = split("query") @ split("key").transpose(0, 1, 3, 2) / np.sqrt(np.float32(width // heads)) + bias
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        context = (scores / scores.sum(-1, keepdims=True)) @ split("value")
        joined: Array = context.transpose(0, 2, 1, 3).reshape(batch, length, width)
        return joined

    def _linear(self, x: Array, name: str) -> Array:
        flat: Array = x.reshape(-1, x.shape[-1]) @ self._weights[f"{name}.weight"].T
        flat += self._weights[f"{name}.bias"]
        return flat.reshape(*x.shape[:-1], -1)

    def _norm(self, x: Array, name: str) -> Array:
        import numpy as np

        centred = x - x.mean(-1, keepdims=True)
        scale = np.sqrt((centred**2).mean(-1, keepdims=True) + np.float32(self._config["layer_norm_eps"]))
        result: Array = centred / scale * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]
        return result


def _gelu(x: Array) -> Array:
    """Gaussian error linear unit; erf by Abramowitz and Stegun 7.1.26 (absolute error below 1.5e-7)."""
    import numpy as np

    z = np.abs(x) / np.float32(np.sqrt(2.0))
    t = 1.0 / (1.0 + np.float32(0.3275911) * z)
    poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    erf = np.sign(x) * (1.0 - poly * np.exp(-z * z))
    result: Array = (0.5 * x * (1.0 + erf)).astype(np.float32)
    return result


def _batches(tokens: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """Yield the places of texts that go together: of like length, so that little is padded."""
    batch: list[int] = []
    for i in sorted(range(len(tokens)), key=lambda i: len(tokens[i])):
        if batch and (len(batch) + 1) * len(tokens[i]) > _BATCH:
            yield batch
            batch = []
        batch.append(i)
    if batch:
        yield batch


def encoders(model: Path | str | None = None) -> Encoders:
    """Return the encoders for queries and for what they are compared with: the quick one where it serves the model.

    Args:
        model: A folder or a name, see `find_model`; the packaged model where left out.

    Raises:
        ModelError: The model's files are missing or cannot be read.
    """
    folder = find_model(model)
    if is_plain_bert(folder):
        quick = QuickEncoder(folder)
        return quick, quick
    reference = SentenceTransformerEncoder(folder)
    return QueryEncoder(reference), reference
