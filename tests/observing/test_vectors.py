"""Vectors kept on disk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import pytest
from numpy.typing import NDArray

from syncsage.errors import ModelError
from syncsage.observing.encoder import QuickEncoder, quick_encoder
from syncsage.observing.semantic import SentenceTransformerEncoder, VectorStore, model_key, model_path


class CountingEncoder(Protocol):
    calls: list[tuple[str, ...]]
    key: str

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]: ...


def kept(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def test_kept_vectors_are_not_encoded_again(tmp_path: Path, word_encoder: CountingEncoder) -> None:
    first = VectorStore(word_encoder, tmp_path).vectors(["chain", "brake"])
    again = VectorStore(word_encoder, tmp_path).vectors(["brake", "chain", "chain"])
    assert word_encoder.calls == [("chain", "brake")]
    assert np.array_equal(again, first[[1, 0, 0]])
    assert first.dtype == np.float32


def test_vectors_come_in_the_order_of_the_texts_and_are_the_encoder_s(word_encoder: CountingEncoder) -> None:
    texts = ["chain", "brake", "chain", "saddle"]
    vectors = VectorStore(word_encoder, None).vectors(texts)
    assert np.allclose(vectors, word_encoder.encode(texts), atol=1e-3)


def test_of_changed_knowledge_only_new_texts_are_encoded(tmp_path: Path, word_encoder: CountingEncoder) -> None:
    VectorStore(word_encoder, tmp_path).vectors(["chain", "brake"])
    VectorStore(word_encoder, tmp_path).vectors(["chain", "saddle"])
    assert word_encoder.calls == [("chain", "brake"), ("saddle",)]


def test_what_the_knowledge_lost_leaves_the_file(tmp_path: Path, word_encoder: CountingEncoder) -> None:
    for texts in (["chain", "brake"], ["chain", "saddle"], ["brake"]):
        VectorStore(word_encoder, tmp_path).vectors(texts)
    assert word_encoder.calls[-1] == ("brake",)
    assert len(kept(tmp_path)) == 1


def test_another_model_has_a_file_of_its_own(tmp_path: Path, word_encoder: CountingEncoder) -> None:
    VectorStore(word_encoder, tmp_path).vectors(["chain"])
    word_encoder.key = "other"
    VectorStore(word_encoder, tmp_path).vectors(["chain"])
    assert len(word_encoder.calls) == 2
    assert [file.name for file in kept(tmp_path)] == ["vectors-texts-other.npz", "vectors-texts-words.npz"]


@pytest.mark.parametrize("damage", ["empty", "noise", "cut", "other archive", "array", "flipped"])
def test_a_damaged_file_is_done_without_and_mended(tmp_path: Path, word_encoder: CountingEncoder, damage: str) -> None:
    VectorStore(word_encoder, tmp_path).vectors(["chain", "brake"])
    (file,) = kept(tmp_path)
    content = file.read_bytes()
    if damage == "other archive":
        np.savez(file, other=np.zeros(3))
    elif damage == "array":
        with file.open("wb") as stream:
            np.save(stream, np.zeros(3))
    else:
        flipped = bytearray(content)
        flipped[len(content) // 2] ^= 0xFF
        damaged = {"empty": b"", "noise": b"no vectors", "cut": content[:200], "flipped": bytes(flipped)}
        file.write_bytes(damaged[damage])
    vectors = VectorStore(word_encoder, tmp_path).vectors(["chain", "brake"])
    assert np.allclose(vectors, word_encoder.encode(["chain", "brake"]), atol=1e-3)
    before = len(word_encoder.calls)
    VectorStore(word_encoder, tmp_path).vectors(["chain"])
    assert len(word_encoder.calls) == before


def test_a_folder_that_cannot_be_written_to_costs_only_time(tmp_path: Path, word_encoder: CountingEncoder) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", "utf-8")
    for _ in range(2):
        assert VectorStore(word_encoder, blocked / "below").vectors(["chain"]).shape == (1, 512)
    assert len(word_encoder.calls) == 2
    assert kept(tmp_path) == [blocked]


def test_nothing_temporary_is_left_behind(tmp_path: Path, word_encoder: CountingEncoder) -> None:
    VectorStore(word_encoder, tmp_path / "deep" / "er").vectors(["chain"])
    assert [file.name for file in kept(tmp_path / "deep" / "er")] == ["vectors-texts-words.npz"]


def test_a_missing_model_is_told_with_its_place(tmp_path: Path) -> None:
    for make in (QuickEncoder, SentenceTransformerEncoder, quick_encoder):
        with pytest.raises(ModelError, match=str(tmp_path)):
            assert make(tmp_path / "nowhere").key


def test_the_key_follows_the_weights(tmp_path: Path) -> None:
    for name in ("config.json", "sentence_bert_config.json", "model.safetensors"):
        (tmp_path / name).write_bytes(b"{}")
    first = model_key(tmp_path)
    assert model_key(tmp_path) == first
    (tmp_path / "model.safetensors").write_bytes(b"[]")
    assert model_key(tmp_path) != first


def test_a_model_of_another_make_goes_to_the_reference(tmp_path: Path) -> None:
    pooling = tmp_path / "1_Pooling"
    pooling.mkdir()
    for name in ("sentence_bert_config.json", "model.safetensors", "tokenizer.json"):
        (tmp_path / name).write_text("{}", "utf-8")
    (tmp_path / "config.json").write_text('{"model_type": "bert", "hidden_act": "gelu"}', "utf-8")
    (pooling / "config.json").write_text('{"pooling_mode_mean_tokens": true}', "utf-8")
    assert isinstance(quick_encoder(tmp_path), QuickEncoder)
    (pooling / "config.json").write_text('{"pooling_mode_cls_token": true}', "utf-8")
    assert isinstance(quick_encoder(tmp_path), SentenceTransformerEncoder)
    (tmp_path / "config.json").write_text('{"model_type": "roberta", "hidden_act": "gelu"}', "utf-8")
    assert isinstance(quick_encoder(tmp_path), SentenceTransformerEncoder)


def test_an_unusable_model_is_told_when_it_is_loaded(tmp_path: Path) -> None:
    for name in ("config.json", "sentence_bert_config.json", "model.safetensors"):
        (tmp_path / name).write_text("{}", "utf-8")
    with pytest.raises(ModelError, match="cannot be loaded"):
        SentenceTransformerEncoder(tmp_path).encode(["x"])


def test_the_packaged_model_goes_through_the_quick_encoder() -> None:
    assert isinstance(quick_encoder(), QuickEncoder)
    assert quick_encoder().key == SentenceTransformerEncoder().key
    assert model_path().is_dir()
