"""Words: what is volatile goes, what tells stays."""

from __future__ import annotations

import bm25s
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from syncsage.observing.lexical import LexicalIndex, Normaliser, tokenise

NORMALISE = Normaliser([r"\bSN\d+\b"], {"bb": "bottom bracket", "Kette": "chain", "C++": "see"})


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("at 12:30:15.123 on 2024-11-21 it broke", "at on it broke"),
        ("at 9:05 PM", "at"),
        ("id {0A1B2C3D-1111-2222-3333-444455556666} end", "id end"),
        ("from 10.0.0.1:8530 to 10.0.0.2", "from to"),
        ("0x80072EE7 and 10022 stay, HTTP 401 too", "0x80072EE7 and 10022 stay, HTTP 401 too"),
        (r"in C:\Program Files\Tool\Logs\tool.log now", "in tool.log now"),
        (r"on \\server\share$\dir\file.txt", "on file.txt"),
        ("serial SN00412345 is", "serial is"),
        ("the bb and the KETTE", "the bottom bracket and the chain"),
        ("a-bb or bb-a or bbs", "a-bb or bb-a or bbs"),
        ("C++", "see"),
        ("  a ~ \n b  ", "a b"),
        ("", ""),
    ],
)
def test_normalising_keeps_what_tells(text: str, kept: str) -> None:
    assert NORMALISE(text) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("チェーンの油が足りない", "chain の oil が足りない"),
        ("チェーンカバーが外れた", "chain guard が外れた"),
        ("체인이 빠졌다", "chain 이 빠졌다"),
        ("油圧Kette", "oil 圧Kette"),
    ],
    ids=["inside of a sentence", "the longer one first", "with a particle", "only the short form itself"],
)
def test_short_forms_of_scripts_without_blanks_are_found_anywhere(text: str, kept: str) -> None:
    normalise = Normaliser(
        [], {"チェーン": "chain", "チェーンカバー": "chain guard", "油": "oil", "체인": "chain", "Kette": "chain"}
    )
    assert normalise(text) == kept


def test_a_normaliser_without_patterns_only_tidies() -> None:
    assert Normaliser([], {})("bb  SN1\tx") == "bb SN1 x"


@given(st.text())
def test_normalising_never_fails(text: str) -> None:
    assert NORMALISE(text) == " ".join(NORMALISE(text).split())


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("SyncFailed", ["sync", "fail"]),
        ("HTTPServer", ["http", "server"]),
        ("failing failed fails", ["fail", "fail", "fail"]),
        ("0x80072EE7 401 1.1", ["0x80072ee7", "401", "1.1"]),
        ("a b 1", ["1"]),
        ("e-bike", ["bike"]),
        ("größe über", ["größe", "über"]),
        ("---", []),
    ],
)
def test_words_are_stemmed_and_codes_kept(text: str, tokens: list[str]) -> None:
    assert tokenise(text) == tokens


def test_the_document_that_shares_words_scores_highest() -> None:
    index = LexicalIndex(["the chain skips", "the battery is empty", ""])
    scores = index.scores("skipping chains")
    assert scores.shape == (3,)
    assert scores[0] > 0
    assert scores[1] == scores[2] == 0


def test_unknown_words_score_nothing() -> None:
    assert LexicalIndex(["chain", "brake"]).scores("quux").tolist() == [0.0, 0.0]
    assert LexicalIndex(["chain", "brake"]).scores("").tolist() == [0.0, 0.0]


def test_a_repeated_word_counts_once() -> None:
    index = LexicalIndex(["chain brake", "brake"])
    assert index.scores("chain chain chain").tolist() == index.scores("chain").tolist()


def test_the_key_of_a_normaliser_is_that_of_all_it_does() -> None:
    same = Normaliser([r"\bSN\d+\b"], {"C++": "see", "Kette": "chain", "bb": "bottom bracket"})
    others = (Normaliser([r"\bSN\d\b"], {}), Normaliser([], {"bb": "bottom bracket"}), Normaliser([], {}))
    assert same.key == NORMALISE.key
    assert len({NORMALISE.key, *(other.key for other in others)}) == 4


words = st.lists(st.sampled_from(["chain", "brake", "skips", "noise", "E21", "battery", "of"]), max_size=12).map(
    " ".join
)


@given(st.lists(words, min_size=1, max_size=8), words)
def test_scores_are_those_of_the_library(documents: list[str], text: str) -> None:
    library = bm25s.BM25()
    tokens = [tokenise(document) or [""] for document in documents]
    library.index(tokens, show_progress=False)
    known = {token for own in tokens for token in own}
    asked = [token for token in dict.fromkeys(tokenise(text)) if token in known]
    expected = library.get_scores(asked) if asked else np.zeros(len(documents))
    empty = sum(not tokenise(document) for document in documents)
    assert empty or np.allclose(LexicalIndex(documents).scores(text), expected, atol=1e-4)
