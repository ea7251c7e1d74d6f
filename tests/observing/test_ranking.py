"""The fused score and what corrects it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np
import pytest
from numpy.typing import NDArray

from syncsage.knowledge.model import KnowledgeBase
from syncsage.observing.codes import Owned
from syncsage.observing.lexical import LexicalIndex, Normaliser
from syncsage.observing.ranking import Ranker, document, facets


class AnyEncoder(Protocol):
    @property
    def key(self) -> str: ...

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]: ...


def scores(kb: KnowledgeBase, encoder: AnyEncoder, text: str, *shown: Owned) -> Mapping[str, float]:
    return Ranker(kb, Normaliser([], {}), lambda: (encoder, encoder), None).score(text, list(shown))


TEXT = "the chain of the bike skips and the battery is not found"


def test_a_code_lifts_its_owners_and_lowers_all_others(bicycle: KnowledgeBase, word_encoder: AnyEncoder) -> None:
    without = scores(bicycle, word_encoder, TEXT)
    shown = scores(bicycle, word_encoder, TEXT, Owned(frozenset({"battery-not-recognised"}), 1.0))
    assert shown["battery-not-recognised"] > without["battery-not-recognised"]
    for problem in bicycle.problems.keys() - {"battery-not-recognised"}:
        assert shown[problem] < without[problem] or shown[problem] == 0


def test_a_code_lifts_as_much_as_it_says_and_lowers_only_where_it_says_much(
    bicycle: KnowledgeBase, word_encoder: AnyEncoder
) -> None:
    owners = frozenset({"battery-not-recognised"})
    without = scores(bicycle, word_encoder, TEXT)
    some, much = (scores(bicycle, word_encoder, TEXT, Owned(owners, weight)) for weight in (0.5, 1.0))
    assert without["battery-not-recognised"] < some["battery-not-recognised"] < much["battery-not-recognised"]
    assert without["chain-skips"] == some["chain-skips"] > much["chain-skips"]
    both = scores(bicycle, word_encoder, TEXT, Owned(owners, 0.5), Owned(frozenset({"chain-skips"}), 1.0))
    assert some["battery-not-recognised"] == pytest.approx(both["battery-not-recognised"])


def test_foreign_words_lower_what_is_of_the_field(bicycle: KnowledgeBase, word_encoder: AnyEncoder) -> None:
    text = f"{TEXT} in the garage door"
    plain = replace(bicycle, domain=replace(bicycle.domain, foreign=()))
    with_foreign, without = scores(bicycle, word_encoder, text), scores(plain, word_encoder, text)
    assert with_foreign["chain-skips"] < without["chain-skips"]
    assert with_foreign["outside-car"] == without["outside-car"]


def test_without_a_word_of_the_field_scores_are_lower(bicycle: KnowledgeBase, word_encoder: AnyEncoder) -> None:
    text = "it skips when i push hard"
    wide = replace(bicycle, domain=replace(bicycle.domain, vocabulary=(r"\bskips\b",)))
    assert scores(bicycle, word_encoder, text)["chain-skips"] < scores(wide, word_encoder, text)["chain-skips"]


def test_no_score_is_below_nothing(bicycle: KnowledgeBase, word_encoder: AnyEncoder) -> None:
    found = scores(bicycle, word_encoder, "zzz 123", Owned(frozenset({"bike-squeaks"}), 1.0))
    assert min(found.values()) >= 0
    assert found.keys() == bicycle.problems.keys()


@pytest.mark.parametrize("problem", ["chain-skips", "bike-squeaks", "frame-cracked", "outside-car"])
def test_the_own_words_of_a_problem_bring_it_first(
    bicycle: KnowledgeBase, word_encoder: AnyEncoder, problem: str
) -> None:
    for phrasing in bicycle.problems[problem].phrasings:
        found = scores(bicycle, word_encoder, phrasing)
        assert max(found, key=lambda p: found[p]) == problem


def test_a_score_is_the_sum_of_its_parts(bicycle: KnowledgeBase, word_encoder: AnyEncoder) -> None:
    """The formula in plain Python, one problem after the other."""
    text = "the bike squeaks, the chain skips under load"
    whole, *parts = word_encoder.encode([text, "the bike squeaks", "the chain skips under load"])
    words = LexicalIndex([document(problem) for problem in bicycle.problems.values()]).scores(text).tolist()
    found = scores(bicycle, word_encoder, text)
    for problem, lexical in zip(bicycle.problems.values(), words, strict=True):
        own = (*facets(problem), *(bicycle.causes[cause].title for cause in problem.causes))
        near = sorted((float(row @ whole) for row in word_encoder.encode(own)), reverse=True)
        clause = max(float(row @ part) for row in word_encoder.encode(own) for part in parts)
        entry = float(word_encoder.encode([document(problem)])[0] @ whole)
        parts_of_it = (0.36 * entry, 0.26 * near[0], 0.12 * sum(near[:3]) / len(near[:3]), 0.14 * clause)
        expected = sum(parts_of_it) + 0.55 * lexical / (lexical + 10)
        assert found[problem.id] == pytest.approx(min(1.0, expected), abs=1e-3)  # vectors are kept in half precision
