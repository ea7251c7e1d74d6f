"""Vectors kept on disk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import pytest
from numpy.typing import NDArray

from syncsage.observing.lexical import Normaliser
from syncsage.observing.vectors import VectorStore, cosines, read

PLAIN = Normaliser([], {})
UPPER = Normaliser([], {"chain": "CHAIN"})


class CountingEncoder(Protocol):
    calls: list[tuple[str, ...]]
    key: str

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]: ...


def vectors(encoder: CountingEncoder, folder: Path | None, texts: Sequence[str]) -> NDArray[np.float16]:
    return VectorStore(encoder, folder, shipped=None).vectors(texts, PLAIN)


def kept(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def test_kept_vectors_are_not_encoded_again(tmp_path: Path, word_encoder: CountingEncoder) -> None:
    first = vectors(word_encoder, tmp_path, ["chain", "brake"])
    same = vectors(word_encoder, tmp_path, ["chain", "brake"])
    again = vectors(word_encoder, tmp_path, ["brake", "chain", "chain"])
    assert word_encoder.calls == [("chain", "brake")]
    assert np.array_equal(same, first)
    assert np.array_equal(again, first[[1, 0, 0]])
    assert first.dtype == np.float16


def test_vectors_come_in_the_order_of_the_texts_and_are_the_encoder_s(word_encoder: CountingEncoder) -> None:
    texts = ["chain", "brake", "chain", "saddle"]
    assert np.allclose(vectors(word_encoder, None, texts), word_encoder.encode(texts), atol=1e-3)


def test_of_changed_knowledge_only_new_texts_are_encoded(tmp_path: Path, word_encoder: CountingEncoder) -> None:
    vectors(word_encoder, tmp_path, ["chain", "brake"])
    vectors(word_encoder, tmp_path, ["chain", "saddle"])
    assert word_encoder.calls == [("chain", "brake"), ("saddle",)]


def test_texts_that_are_prepared_in_another_way_are_other_texts(tmp_path: Path, word_encoder: CountingEncoder) -> None:
    vectors(word_encoder, tmp_path, ["chain", "brake"])
    VectorStore(word_encoder, tmp_path, shipped=None).vectors(["chain", "brake"], UPPER)
    assert word_encoder.calls == [("chain", "brake"), ("CHAIN",)]


def test_a_list_that_is_known_as_a_whole_is_not_prepared(tmp_path: Path, word_encoder: CountingEncoder) -> None:
    seen: list[str] = []

    class Noticing:
        key = "noticing"

        def __call__(self, text: str) -> str:
            seen.append(text)
            return text

    for _ in range(2):
        VectorStore(word_encoder, tmp_path, shipped=None).vectors(["chain", "brake"], Noticing())
    assert seen == ["chain", "brake"]


def test_what_the_knowledge_lost_leaves_the_file(tmp_path: Path, word_encoder: CountingEncoder) -> None:
    for texts in (["chain", "brake"], ["chain", "saddle"], ["brake"]):
        vectors(word_encoder, tmp_path, texts)
    assert word_encoder.calls[-1] == ("brake",)
    assert len(kept(tmp_path)) == 1


def test_another_model_has_a_file_of_its_own(tmp_path: Path, word_encoder: CountingEncoder) -> None:
    vectors(word_encoder, tmp_path, ["chain"])
    word_encoder.key = "other"
    vectors(word_encoder, tmp_path, ["chain"])
    assert len(word_encoder.calls) == 2
    assert [file.name for file in kept(tmp_path)] == ["vectors-texts-other.bin", "vectors-texts-words.bin"]


def test_an_overlay_takes_what_was_shipped_and_adds_its_own(tmp_path: Path, word_encoder: CountingEncoder) -> None:
    shipped, cache = tmp_path / "shipped", tmp_path / "cache"
    vectors(word_encoder, shipped, ["chain", "brake"])
    before = [file.read_bytes() for file in kept(shipped)]
    for _ in range(2):
        VectorStore(word_encoder, cache, shipped=shipped).vectors(["chain", "brake", "own"], PLAIN)
    assert word_encoder.calls == [("chain", "brake"), ("own",)]
    assert [file.read_bytes() for file in kept(shipped)] == before


def test_what_was_shipped_needs_no_cache(tmp_path: Path, word_encoder: CountingEncoder) -> None:
    vectors(word_encoder, tmp_path / "shipped", ["chain", "brake"])
    store = VectorStore(word_encoder, tmp_path / "cache", shipped=tmp_path / "shipped")
    assert store.vectors(["chain", "brake"], PLAIN).shape == (2, 512)
    assert word_encoder.calls == [("chain", "brake")]
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize("damage", ["empty", "noise", "cut", "head", "other format", "flipped"])
def test_a_damaged_file_is_done_without_and_mended(tmp_path: Path, word_encoder: CountingEncoder, damage: str) -> None:
    vectors(word_encoder, tmp_path, ["chain", "brake"])
    (file,) = kept(tmp_path)
    content = file.read_bytes()
    flipped = bytearray(content)
    flipped[len(content) // 2] ^= 0xFF
    damaged = {
        "empty": b"",
        "noise": b"no vectors \xff\n",
        "cut": content[:-200],
        "head": content.replace(b" 2 512 ", b" 2 x "),
        "other format": content.replace(b"vectors 3", b"vectors 2"),
        "flipped": bytes(flipped),
    }
    file.write_bytes(damaged[damage])
    assert read(file) is None
    mended = vectors(word_encoder, tmp_path, ["chain", "brake"])
    assert np.allclose(mended, word_encoder.encode(["chain", "brake"]), atol=1e-3)
    before = len(word_encoder.calls)
    vectors(word_encoder, tmp_path, ["chain"])
    assert len(word_encoder.calls) == before


def test_a_folder_that_cannot_be_written_to_costs_only_time(tmp_path: Path, word_encoder: CountingEncoder) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", "utf-8")
    for _ in range(2):
        assert vectors(word_encoder, blocked / "below", ["chain"]).shape == (1, 512)
    assert len(word_encoder.calls) == 2
    assert kept(tmp_path) == [blocked]


def test_nothing_temporary_is_left_behind(tmp_path: Path, word_encoder: CountingEncoder) -> None:
    vectors(word_encoder, tmp_path / "deep" / "er", ["chain"])
    assert [file.name for file in kept(tmp_path / "deep" / "er")] == ["vectors-texts-words.bin"]


def test_a_text_that_is_no_unicode_is_a_text(tmp_path: Path, word_encoder: CountingEncoder) -> None:
    assert vectors(word_encoder, tmp_path, ["chain \ud800"]).shape == (1, 512)


def test_cosines_are_exact_over_many_blocks() -> None:
    random = np.random.default_rng(7)
    rows = random.normal(size=(20_000, 8)).astype(np.float16)
    queries = random.normal(size=(3, 8)).astype(np.float32)
    assert np.allclose(cosines(rows, queries), rows.astype(np.float32) @ queries.T, atol=1e-5)
    assert cosines(rows[:0], queries).shape == (0, 3)
