"""Peers: words alone, meaning alone, and the plain fusion of both that SyncSage has to beat."""

from __future__ import annotations

import numpy as np

from syncsage.knowledge.model import KnowledgeBase
from syncsage.observing.lexical import LexicalIndex, Normaliser
from syncsage.observing.matching import TextMatcher
from syncsage.observing.ranking import document, facets
from syncsage.observing.semantic import Encoder
from systems.model import Ranking, System


def bm25(kb: KnowledgeBase, _: Encoder) -> System:
    """Words alone: BM25 over whole entries, raw text."""
    index = LexicalIndex([document(problem) for problem in kb.problems.values()])
    return lambda text: Ranking(dict(zip(kb.problems, index.scores(text).tolist(), strict=True)))


def embeddings(kb: KnowledgeBase, encoder: Encoder) -> System:
    """Meaning alone: cosine of sentence embeddings of whole entries, raw text."""
    entries = encoder.encode([document(problem) for problem in kb.problems.values()])
    return lambda text: Ranking(dict(zip(kb.problems, (entries @ encoder.encode([text])[0]).tolist(), strict=True)))


def fusion(kb: KnowledgeBase, encoder: Encoder) -> System:
    """The plain fusion: .5 entry + .5 (.7 best facet + .3 mean of three) + .3 s/(s+10) over salient, cleaned text."""
    matcher, clean = TextMatcher(kb, lambda: (encoder, encoder)), Normaliser(kb.domain.noise, kb.domain.synonyms)
    documents = [clean(document(problem)) for problem in kb.problems.values()]
    words, entries = LexicalIndex(documents), encoder.encode(documents)
    groups = [encoder.encode([clean(facet) for facet in facets(problem)]) for problem in kb.problems.values()]

    def rank(text: str) -> Ranking:
        salient = " ".join(matcher.parse(text).salient)
        vector, lexical = encoder.encode([salient])[0], words.scores(salient)
        best = [np.sort(group @ vector)[::-1][:3] for group in groups]
        near = np.array([0.7 * three[0] + 0.3 * three.mean() for three in best])
        scores = 0.5 * (entries @ vector) + 0.5 * near + 0.3 * lexical / (lexical + 10)
        return Ranking(dict(zip(kb.problems, scores.tolist(), strict=True)))

    return rank
