"""Models on this machine: found, told apart, and given the encoder that serves them."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from syncsage.engine import Engine
from syncsage.errors import ModelError
from syncsage.knowledge.model import KnowledgeBase
from syncsage.observing.encoder import QuickEncoder, encoders
from syncsage.observing.models import WORDS, find_model, is_plain_bert, model_key
from syncsage.observing.semantic import QueryEncoder, SentenceTransformerEncoder


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A copy of the packaged model whose settings can be changed."""
    folder = tmp_path / "model"
    shutil.copytree(find_model(), folder, copy_function=os.symlink)
    return folder


def change(folder: Path, name: str, **values: object) -> None:
    """Replace single settings in one of a model's files."""
    file = folder / name
    settings = json.loads(file.read_text("utf-8")) | values
    file.unlink()
    file.write_text(json.dumps(settings), "utf-8")


def test_the_packaged_model_goes_through_the_quick_encoder() -> None:
    query, document = encoders()
    assert isinstance(query, QuickEncoder)
    assert query is document
    assert query.key == SentenceTransformerEncoder().key == model_key(find_model())


def test_a_folder_is_a_model_of_its_own(model: Path, bicycle: KnowledgeBase) -> None:
    assert find_model(model) == model
    assert encoders(str(model))[0].key == encoders()[0].key
    change(model, "sentence_bert_config.json", max_seq_length=64)
    assert encoders(model)[0].key != encoders()[0].key
    engine = Engine(bicycle, encoders=lambda: encoders(model))
    assert engine.model_key == model_key(model) != Engine(bicycle).model_key


def test_an_engine_keeps_the_vectors_of_each_model_apart(model: Path, bicycle_folder: Path, tmp_path: Path) -> None:
    change(model, "sentence_bert_config.json", max_seq_length=64)
    engines = [Engine.load(bicycle_folder, cache_dir=tmp_path / "cache", model=name) for name in (None, str(model))]
    counts = {engine.index() for engine in engines}
    assert len(counts) == 1
    names = {f"vectors-bicycle-{engine.model_key}.bin" for engine in engines}
    assert {file.name for file in (tmp_path / "cache").glob("vectors-*")} == names
    assert len(names) == 2


def test_a_name_is_looked_for_in_the_local_cache(model: Path, tmp_path: Path, run_python: Callable[..., str]) -> None:
    code = """
import os, sys
os.environ["HF_HUB_CACHE"] = sys.argv[1]
from syncsage.observing.models import find_model
for name in sys.argv[2:]:
    print(find_model(name))
"""
    for name in ("acme/small", "sentence-transformers/tiny"):
        entry = tmp_path / "cache" / f"models--{name.replace('/', '--')}"
        (entry / "refs").mkdir(parents=True)
        (entry / "refs" / "main").write_text("abc", "utf-8")
        (entry / "snapshots").mkdir()
        (entry / "snapshots" / "abc").symlink_to(model)
    found = run_python(code, str(tmp_path / "cache"), "acme/small", "tiny").split()
    assert [Path(line).parts[-3] for line in found] == ["models--acme--small", "models--sentence-transformers--tiny"]


@pytest.mark.parametrize("name", ["no-such-model", "nobody/no-such-model", "/nowhere/at/all", "C:\\models\\x", "a b?"])
def test_what_is_not_here_is_said_and_not_fetched(name: str) -> None:
    with pytest.raises(ModelError, match=r"no embedding model .*no such folder.*nothing is downloaded"):
        find_model(name)


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=rf"no embedding model in {tmp_path}.*modules\.json"):
        encoders(tmp_path)
    with pytest.raises(ModelError, match="nowhere"):
        model_key(tmp_path / "nowhere")


def test_the_key_follows_every_part_of_large_weights(tmp_path: Path) -> None:
    weights, notes = tmp_path / "model.safetensors", tmp_path / "README.md"
    content = bytearray(3_000_000)
    keys: set[str] = set()
    for place in (None, 0, 1_499_000, 2_999_999):
        if place is not None:
            content[max(0, place - 50_000) : place + 1] = b"x" * (min(place, 50_000) + 1)
        weights.write_bytes(content)
        keys.add(model_key(tmp_path))
    assert len(keys) == 4
    notes.write_text("notes", "utf-8")
    assert model_key(tmp_path) in keys


@pytest.mark.parametrize(
    ("file", "settings"),
    [
        ("config.json", {"model_type": "roberta"}),
        ("config.json", {"hidden_act": "relu"}),
        ("config.json", {"position_embedding_type": "relative_key"}),
        ("sentence_bert_config.json", {"do_lower_case": True}),
        ("sentence_bert_config.json", {"max_seq_length": None}),
        ("1_Pooling/config.json", {"pooling_mode_cls_token": True}),
        ("1_Pooling/config.json", {"pooling_mode_mean_tokens": False, "pooling_mode_max_tokens": True}),
        ("config_sentence_transformers.json", {"prompts": {"query": "query: "}}),
    ],
)
def test_a_model_of_another_make_goes_to_the_reference(model: Path, file: str, settings: dict[str, object]) -> None:
    assert is_plain_bert(model)
    change(model, file, **settings)
    query, document = encoders(model)
    assert isinstance(query, QueryEncoder)
    assert isinstance(document, SentenceTransformerEncoder)
    assert query.key == document.key


def test_both_ways_to_write_mean_pooling_are_understood(model: Path) -> None:
    pooling = model / "1_Pooling" / "config.json"
    for settings, plain in (({"pooling_mode": "mean"}, True), ({"pooling_mode": ["mean", "max"]}, False), ({}, False)):
        pooling.unlink()
        pooling.write_text(json.dumps(settings), "utf-8")
        assert is_plain_bert(model) is plain


@pytest.mark.parametrize("missing", ["modules.json", "tokenizer.json", "model.safetensors"])
def test_a_model_without_one_of_its_files_goes_to_the_reference(model: Path, missing: str) -> None:
    (model / missing).unlink()
    assert not is_plain_bert(model)


@pytest.mark.parametrize(
    ("file", "content"),
    [("config.json", "{"), ("config.json", "[]"), ("modules.json", "{}x"), ("modules.json", '[{"path": ""}]')],
)
def test_settings_that_cannot_be_read_are_told_with_their_place(model: Path, file: str, content: str) -> None:
    (model / file).unlink()
    (model / file).write_text(content, "utf-8")
    with pytest.raises(ModelError, match=str(model)):
        encoders(model)


def test_weights_of_other_names_or_precision_go_to_the_reference(model: Path) -> None:
    weights = model / "model.safetensors"
    for name, dtype in ((WORDS, "F32"), (WORDS, "F16"), (f"bert.{WORDS}", "F32")):
        head = json.dumps({name: {"dtype": dtype, "shape": [2, 2], "data_offsets": [0, 16]}}).encode()
        weights.unlink()
        weights.write_bytes(len(head).to_bytes(8, "little") + head + bytes(16))
        assert is_plain_bert(model) is (name == WORDS and dtype == "F32")
    weights.write_bytes(b"\xff" * 64)
    assert not is_plain_bert(model)


def test_damaged_files_are_told_when_they_are_used(model: Path) -> None:
    quick = QuickEncoder(model)
    for file in ("tokenizer.json", "model.safetensors"):
        whole = (model / file).resolve()
        (model / file).unlink()
        (model / file).write_bytes(b"\xff" * 64)
        with pytest.raises(ModelError, match=str(model)):
            quick.encode(["x"])
        (model / file).unlink()
        (model / file).symlink_to(whole)
    assert quick.encode(["x"]).shape == (1, 384)


def test_an_unusable_model_is_told_by_the_reference(tmp_path: Path) -> None:
    for name in ("config.json", "sentence_bert_config.json", "model.safetensors"):
        (tmp_path / name).write_text("{}", "utf-8")
    with pytest.raises(ModelError, match="cannot be loaded"):
        SentenceTransformerEncoder(tmp_path).encode(["x"])


def test_words_that_a_model_wants_before_a_query_are_put_there(model: Path) -> None:
    change(model, "config_sentence_transformers.json", prompts={"query": "query: ", "document": ""})
    query, document = encoders(model)
    plain = QuickEncoder()
    assert np.allclose(query.encode(["my bike"]), plain.encode(["query: my bike"]), atol=1e-4)
    assert np.allclose(document.encode(["my bike"]), plain.encode(["my bike"]), atol=1e-4)
