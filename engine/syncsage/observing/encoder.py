"""The packaged model without torch: BERT's forward pass in numpy, for single queries.

Importing torch and sentence-transformers takes seconds, the pass itself milliseconds. This encoder reads the same
weights and tokenizer files; a test holds it to the reference (cosine above 0.9999). The arithmetic follows Devlin et
al., "BERT" (arXiv 1810.04805), with mean pooling as in Reimers and Gurevych, "Sentence-BERT" (arXiv 1908.10084).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from syncsage.errors import ModelError
from syncsage.observing.semantic import Encoder, SentenceTransformerEncoder, model_key, model_path

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from threadpoolctl import ThreadpoolController

    Array = NDArray[np.float32]

_BATCH = 16


class QuickEncoder:
    """Encodes with numpy and tokenizers alone.

    Args:
        path: Folder of a BERT model with mean pooling.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or model_path()
        self._key = model_key(self._path)

    @property
    def key(self) -> str:
        """The key of the model: the same as that of the reference encoder, since the vectors are the same."""
        return self._key

    def encode(self, texts: Sequence[str]) -> Array:
        """Return unit vectors, shape (texts, dimensions)."""
        import numpy as np

        with self._threads.limit(limits=1, user_api="blas"):
            return np.concatenate([self._batch(texts[i : i + _BATCH]) for i in range(0, len(texts), _BATCH)])

    @cached_property
    def _threads(self) -> ThreadpoolController:
        """One thread: on matrices this small several threads wait for each other, up to 25 times slower."""
        from threadpoolctl import ThreadpoolController

        _ = self._weights  # loads numpy, whose library is to be held to one thread
        return ThreadpoolController()

    @cached_property
    def _config(self) -> dict[str, Any]:
        config: dict[str, Any] = json.loads((self._path / "config.json").read_text("utf-8"))
        return config

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        limits = json.loads((self._path / "sentence_bert_config.json").read_text("utf-8"))
        tokenizer = Tokenizer.from_file(str(self._path / "tokenizer.json"))
        tokenizer.enable_truncation(max_length=int(limits["max_seq_length"]))
        tokenizer.enable_padding(pad_id=int(self._config.get("pad_token_id", 0)))
        return tokenizer

    @cached_property
    def _weights(self) -> dict[str, Array]:
        from safetensors.numpy import load_file

        weights: dict[str, Array] = load_file(str(self._path / "model.safetensors"))
        return weights

    def _batch(self, texts: Sequence[str]) -> Array:
        import numpy as np

        encoded = self._tokenizer.encode_batch([text or " " for text in texts])
        ids = np.array([item.ids for item in encoded])
        mask = np.array([item.attention_mask for item in encoded], dtype=np.float32)
        hidden = self._forward(ids, mask)
        pooled = (hidden * mask[:, :, None]).sum(1) / np.maximum(mask.sum(1, keepdims=True), 1e-9)
        vectors: Array = pooled / np.maximum(np.linalg.norm(pooled, axis=1, keepdims=True), 1e-12)
        return vectors.astype(np.float32)

    def _forward(self, ids: NDArray[np.int64], mask: Array) -> Array:
        import numpy as np

        w = self._weights
        hidden = w["embeddings.word_embeddings.weight"][ids]
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
        result: Array = x @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]
        return result

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


def quick_encoder(path: Path | None = None) -> Encoder:
    """Return the quick encoder where the model is plain BERT with mean pooling, else the reference.

    Raises:
        ModelError: The model's files are missing.
    """
    folder = path or model_path()
    try:
        config = json.loads((folder / "config.json").read_text("utf-8"))
        pooling = json.loads((folder / "1_Pooling" / "config.json").read_text("utf-8"))
        plain = config.get("model_type") == "bert" and config.get("hidden_act") == "gelu"
        tokens = (folder / "tokenizer.json").is_file() and (folder / "model.safetensors").is_file()
        if plain and tokens and pooling.get("pooling_mode_mean_tokens"):
            return QuickEncoder(folder)
    except (OSError, ValueError) as error:
        raise ModelError(f"the embedding model in {folder} cannot be read: {error}") from error
    return SentenceTransformerEncoder(folder)
