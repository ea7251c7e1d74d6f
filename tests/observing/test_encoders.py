"""The quick encoder computes what the reference computes."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from syncsage.observing.encoder import QuickEncoder
from syncsage.observing.semantic import SentenceTransformerEncoder

TEXTS = (
    "my bike squeaks",
    "E21 check speed sensor",
    "",
    " ",
    "a",
    "Fehler: die Kette springt über die Zähne – größer geht's nicht",
    "エラー: チェーンが外れました",
    "plus d'assistance, vitesse à zéro",
    "emoji 🚲🔧 and \u200bmarks\u00ad",
    "0x80072EE7 HTTP 401 10022 1.2.3.4",
    "!!! ??? ... --- ***",
    "x" * 300,
    "word " * 600,
    "The chain skips under load. " * 12,
    r"C:\Program Files\Tool\Logs\tool.log: <error code='5'>&amp;</error>",
    "UPPER lower MiXeD CamelCaseWord snake_case_word",
    "[SEP] [CLS] [MASK] [PAD] [UNK]",
    "line one\nline two\r\n\tline three",
)


@pytest.fixture(scope="module")
def reference() -> NDArray[np.float32]:
    return np.stack([SentenceTransformerEncoder().encode([text])[0] for text in TEXTS])


def test_one_by_one_the_vectors_are_those_of_the_reference(reference: NDArray[np.float32]) -> None:
    quick = QuickEncoder()
    for text, expected in zip(TEXTS, reference, strict=True):
        (vector,) = quick.encode([text])
        assert float(vector @ expected) > 0.9999, text
        assert float(np.abs(vector - expected).max()) < 1e-4, text


def test_padding_beside_longer_texts_changes_nothing(reference: NDArray[np.float32]) -> None:
    vectors = QuickEncoder().encode(TEXTS)
    assert vectors.shape == reference.shape
    assert vectors.dtype == np.float32
    assert float(np.abs(vectors - reference).max()) < 1e-4
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_no_text_gives_no_vector() -> None:
    assert QuickEncoder().encode([]).shape == (0, 384)


def test_the_vectors_tell_texts_apart(reference: NDArray[np.float32]) -> None:
    squeak, noise, tax = QuickEncoder().encode(["my bike squeaks", "noise from my bicycle", "tax return of a company"])
    assert float(squeak @ noise) > float(squeak @ tax) + 0.2
    assert float(np.abs(reference[0] - squeak).max()) < 1e-4
