"""The fused score and what corrects it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import exp, inf
from typing import Protocol

import numpy as np
import pytest
from numpy.typing import NDArray

from syncsage.knowledge.model import KnowledgeBase
from syncsage.observing.codes import Owned
from syncsage.observing.field import Field
from syncsage.observing.lexical import LexicalIndex, Normaliser
from syncsage.observing.ranking import Ranker, document, facets


class AnyEncoder(Protocol):
    @property
    def key(self) -> str: ...

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]: ...


def ranker(kb: KnowledgeBase, encoder: AnyEncoder) -> Ranker:
    normalise = Normaliser([], {})
    return Ranker(kb, normalise, Field(kb.domain, normalise), lambda: (encoder, encoder), None)


def scores(kb: KnowledgeBase, encoder: AnyEncoder, text: str, *shown: Owned) -> Mapping[str, float]:
    return ranker(kb, encoder).score(text, list(shown))


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
    assert without["chain-skips"] - without["bike-squeaks"] == pytest.approx(some["chain-skips"] - some["bike-squeaks"])
    assert some["chain-skips"] > much["chain-skips"]
    both = scores(bicycle, word_encoder, TEXT, Owned(owners, 0.5), Owned(frozenset({"chain-skips"}), 1.0))
    assert some["battery-not-recognised"] == pytest.approx(both["battery-not-recognised"])


def test_foreign_words_lower_what_is_of_the_field(bicycle: KnowledgeBase, word_encoder: AnyEncoder) -> None:
    text = f"{TEXT} in the garage door"
    plain = replace(bicycle, domain=replace(bicycle.domain, foreign=()))
    with_foreign, without = scores(bicycle, word_encoder, text), scores(plain, word_encoder, text)
    assert with_foreign["chain-skips"] < without["chain-skips"]
    assert with_foreign["outside-car"] > without["outside-car"]


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


def nearness(kb: KnowledgeBase, encoder: AnyEncoder, text: str) -> dict[str, float]:
    near = ranker(kb, encoder).nearness(text)
    return dict(zip(kb.problems, near.tolist(), strict=True))


def test_nearness_is_the_sum_of_its_parts(bicycle: KnowledgeBase, word_encoder: AnyEncoder) -> None:
    """The formula in plain Python, one problem after the other."""
    text = "the bike squeaks, the chain skips under load"
    whole, *parts = word_encoder.encode([text, "the bike squeaks", "the chain skips under load"])
    words = LexicalIndex([document(problem) for problem in bicycle.problems.values()]).scores(text).tolist()
    own = {p.id: (*facets(p), *(bicycle.causes[cause].title for cause in p.causes)) for p in bicycle.problems.values()}
    owners = [problem for problem, texts in own.items() for _ in texts]
    by_facet = LexicalIndex([t for texts in own.values() for t in texts]).scores(text).tolist()
    found = nearness(bicycle, word_encoder, text)
    for problem, lexical in zip(bicycle.problems.values(), words, strict=True):
        rows = word_encoder.encode(own[problem.id])
        facet = max(float(row @ whole) for row in rows)
        clauses = sum(max(float(row @ part) for row in rows) for part in parts) / len(parts)
        entry = float(word_encoder.encode([document(problem)])[0] @ whole)
        best = max(score for owner, score in zip(owners, by_facet, strict=True) if owner == problem.id)
        expected = (
            0.57 * entry + 0.10 * facet + 0.33 * clauses + 0.5 * lexical / (lexical + 10) + 0.3 * best / (best + 5)
        )
        assert found[problem.id] == pytest.approx(expected, abs=2e-3)  # vectors are kept in half precision


def test_the_best_has_the_chance_that_the_text_is_of_the_field(
    bicycle: KnowledgeBase, word_encoder: AnyEncoder
) -> None:
    near, found = nearness(bicycle, word_encoder, TEXT), scores(bicycle, word_encoder, TEXT)
    ours = [p for p in near if bicycle.problems[p].coverage != "outside"]
    best = max(ours, key=lambda p: near[p])
    rival = max(0.5, *(near[p] for p in near if p not in ours))
    chance = 1 / (1 + exp(-8 * (near[best] - rival + 0.15 - 0.29)))
    assert found[best] == pytest.approx(chance)
    for problem in ours:
        assert found[problem] == pytest.approx(max(0.0, chance - (near[best] - near[problem])))
    outside = next(p for p in near if p not in ours)
    assert found[outside] == pytest.approx(min(1.0, (1 - chance) * near[outside]))


def test_a_topic_outside_that_comes_nearer_lowers_the_chance(bicycle: KnowledgeBase, word_encoder: AnyEncoder) -> None:
    car = bicycle.problems["outside-car"]
    closer = replace(bicycle, problems={**bicycle.problems, car.id: replace(car, phrasings=(*car.phrasings, TEXT))})
    assert max_of_field(closer, word_encoder) < max_of_field(bicycle, word_encoder)


def max_of_field(kb: KnowledgeBase, encoder: AnyEncoder) -> float:
    found = scores(kb, encoder, TEXT)
    return max(found[p.id] for p in kb.problems.values() if p.coverage != "outside")


def test_bands_of_another_model_are_not_trusted(bicycle: KnowledgeBase, word_encoder: AnyEncoder) -> None:
    def bands(model: str) -> Mapping[str, float]:
        kb = replace(bicycle, domain=replace(bicycle.domain, bands_model=model))
        return ranker(kb, word_encoder).bands

    assert bands("") == bands(word_encoder.key) == bicycle.domain.bands
    assert bands("another") == {**bicycle.domain.bands, "strong": inf}
