"""Words and meaning fused: how near each problem of the knowledge is to a text.

score = .36 entry + .26 best facet + .12 mean of the three best facets + .14 best facet of any clause
+ .55 s / (s + 10), where *entry* and *facet* are cosines of embeddings and s is the BM25 score over whole entries
(docs/benchmarks.md).
Codes and vocabulary of the domain correct it: numbers do not weigh in an embedding.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from syncsage.knowledge.model import KnowledgeBase, Problem
from syncsage.observing.lexical import LexicalIndex, Normaliser
from syncsage.observing.model import Level
from syncsage.observing.semantic import Encoder, VectorStore

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_HALF = 10.0
_CLAUSE_ENDS = re.compile(r"(?<=[.!?;:])\s+|,\s+|\s+-\s+")
_SHORTEST_CLAUSE = 15
_MOST_CLAUSES = 6
_TELLING_CAUSES = 8


@dataclass(frozen=True, slots=True)
class Weights:
    """What each part of the score counts, found on labelled texts; 0 leaves the part out (``bench/matching.py``).

    Attributes:
        entry: Cosine of the whole entry.
        facet: Best facet.
        facets: Mean of the three best facets.
        clause: Best facet of any clause of the text.
        words: BM25 as ``s / (s + 10)``.
        owner: Added where a code in the text belongs to the problem.
        veto: Taken off where the codes in the text belong to others.
        no_vocabulary: Taken off what is of the field where the text has no word of it.
        foreign: Taken off what is of the field where the text has words of its neighbours.
    """

    entry: float = 0.36
    facet: float = 0.26
    facets: float = 0.12
    clause: float = 0.14
    words: float = 0.55
    owner: float = 0.06
    veto: float = 0.12
    no_vocabulary: float = 0.10
    foreign: float = 0.10


WEIGHTS = Weights()


class Ranker:
    """The fused index over all problems.

    Args:
        kb: The knowledge.
        normalise: The normaliser of its domain.
        encoders: Gives the encoder for queries and the one that builds the index.
        folder: Where vectors are kept; None keeps nothing.
        weights: What each part of the score counts.
    """

    def __init__(
        self,
        kb: KnowledgeBase,
        normalise: Normaliser,
        encoders: Callable[[], tuple[Encoder, Encoder]],
        folder: Path | None,
        weights: Weights = WEIGHTS,
    ) -> None:
        self._kb = kb
        self.problems = tuple(kb.problems.values())
        self._normalise = normalise
        self._encoders = encoders
        self._folder = folder
        self._weights = weights
        self._vocabulary = _compile(kb.domain.vocabulary)
        self._core = _compile(kb.domain.core)
        self._foreign = _compile(kb.domain.foreign)

    def score(self, text: str, shown: Sequence[frozenset[str]]) -> Mapping[str, float]:
        """Return a score for every problem, 0 and up, best about 1.

        Args:
            text: Normalised salient text.
            shown: For each known code in the text, the problems that own it.
        """
        import numpy as np

        vectors = self._encoder.encode([text, *_clauses(text)])
        entries, facets, owner = self._vectors
        cosines = facets @ vectors.T
        whole, parts = cosines[:, 0], cosines[:, 1:].max(axis=1) if len(vectors) > 1 else cosines[:, 0]
        lexical = self._lexical.scores(text)
        words = lexical / (lexical + _HALF)
        weights = self._weights
        near = weights.entry * (entries @ vectors[0]) + weights.words * words
        result: dict[str, float] = {}
        for i, problem in enumerate(self.problems):
            own = np.sort(whole[owner == i])[::-1]
            facet = weights.facet * own[0] + weights.facets * own[:3].mean() + weights.clause * parts[owner == i].max()
            result[problem.id] = float(near[i] + facet)
        return self._correct(result, text, shown)

    def of_field(self, text: str) -> bool:
        """Tell whether ``text`` holds a word of the field's vocabulary."""
        return any(pattern.search(text) for pattern in self._vocabulary)

    def level(self, score: float, text: str) -> Level:
        """Return the level of a score; a text with words that only this field uses needs less of it for *weak*."""
        bands = self._kb.domain.bands
        if score >= bands["strong"]:
            return "strong"
        core = any(pattern.search(text) for pattern in self._core)
        return "weak" if score >= (bands.get("weak_core", bands["weak"]) if core else bands["weak"]) else "none"

    def prepare(self) -> None:
        """Load the model and build what is missing of the index."""
        self._encoder.encode(["ready"])
        _ = self._vectors, self._lexical

    def _correct(self, scores: dict[str, float], text: str, shown: Sequence[frozenset[str]]) -> Mapping[str, float]:
        known = self.of_field(text)
        foreign = any(pattern.search(text) for pattern in self._foreign)
        for problem in self.problems:
            change = 0.0
            if shown:
                owned = any(problem.id in owners for owners in shown)
                change += self._weights.owner if owned else -self._weights.veto
            if problem.coverage != "outside":
                change -= 0.0 if known else self._weights.no_vocabulary
                change -= self._weights.foreign if foreign else 0.0
            most = 1.0 if known or problem.coverage == "outside" else self._kb.domain.bands["strong"] - 0.01
            scores[problem.id] = min(most, max(0.0, scores[problem.id] + change))
        return scores

    def _causes(self, problem: Problem) -> tuple[str, ...]:
        """Return the causes of a problem as texts: people who suspect a cause name it instead of the problem.

        A problem that anything may cause says nothing by its causes.
        """
        if len(problem.causes) > _TELLING_CAUSES:
            return ()
        return tuple(self._kb.causes[cause].title for cause in problem.causes)

    @cached_property
    def _pair(self) -> tuple[Encoder, Encoder]:
        return self._encoders()

    @cached_property
    def _encoder(self) -> Encoder:
        return self._pair[0]

    @cached_property
    def _lexical(self) -> LexicalIndex:
        return LexicalIndex([self._normalise(document(problem)) for problem in self.problems])

    @cached_property
    def _vectors(self) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.int64]]:
        """Vectors of entries, of facets, and the entry that each facet belongs to."""
        import numpy as np

        entries = [self._normalise(document(problem)) for problem in self.problems]
        pairs = [(i, self._normalise(t)) for i, p in enumerate(self.problems) for t in (*facets(p), *self._causes(p))]
        store = VectorStore(self._pair[1], self._folder, self._kb.domain.id)
        vectors = store.vectors([*entries, *(text for _, text in pairs)])
        count = len(entries)
        return vectors[:count], vectors[count:], np.array([i for i, _ in pairs])


def facets(problem: Problem) -> tuple[str, ...]:
    """Return the texts of a problem that are compared one by one: title, phrasings, samples."""
    signed = tuple(sample for signature in problem.signatures for sample in signature.samples)
    return tuple(dict.fromkeys((problem.title, *problem.phrasings, *problem.samples, *signed)))


def document(problem: Problem) -> str:
    """Return a problem as one text."""
    return " ".join((problem.title + ".", problem.summary, *facets(problem)[1:]))


def _clauses(text: str) -> list[str]:
    """Return the clauses of a text, none where it is all one: a complaint often names several things."""
    parts = [part.strip() for part in _CLAUSE_ENDS.split(text) if len(part.strip()) > _SHORTEST_CLAUSE]
    return parts[:_MOST_CLAUSES] if len(parts) > 1 else []


def _compile(patterns: Sequence[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)
