"""Peers: words alone, meaning alone, and the plain fusion of both that SyncSage has to beat."""

from __future__ import annotations

from syncsage.knowledge.model import KnowledgeBase
from syncsage.observing.lexical import LexicalIndex, Normaliser
from syncsage.observing.matching import TextMatcher
from syncsage.observing.ranking import Ranker, Weights, document
from syncsage.observing.semantic import Encoder
from systems.model import Ranking, System

_PLAIN = Weights(entry=0.5, facet=0.35, facets=0.15, clause=0, words=0.3, owner=0, veto=0, no_vocabulary=0, foreign=0)


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
    pair = (encoder, encoder)
    matcher = TextMatcher(kb, lambda: pair)
    ranker = Ranker(kb, Normaliser(kb.domain.noise, kb.domain.synonyms), lambda: pair, None, _PLAIN)
    return lambda text: Ranking(ranker.score(" ".join(matcher.parse(text).salient), ()))
