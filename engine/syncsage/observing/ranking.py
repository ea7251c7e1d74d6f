"""Words and meaning fused: how near each problem of the knowledge is to a text, and whether it is of the field at all.

    near = .57 entry + .10 facet + .33 clauses + .50 e / (e + 10) + .30 f / (f + 5)

*entry* is the cosine of text and entry, *facet* that of the nearest facet (title, phrasing, sample, cause), *clauses*
the mean of the same over the clauses of the text (a complaint often names several things), *e* the BM25 score over
whole entries and *f* that of the best facet. A code in the text lifts the problems that own it and lowers all others:
numbers do not weigh in an embedding.

What is near may still be of another field. The chance that the best problem is of this one is

    1 / (1 + exp(-8 (near - rival + .35 core + .15 vocabulary - .30 foreign - .29)))

where *rival* is the nearest topic outside the field, at least .5, and the others are 1 where the text has such words.
Both formulas were found by regression on labelled texts (docs/benchmarks.md). Other problems have that score less their
distance to the best.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from itertools import chain
from math import exp, inf
from pathlib import Path
from typing import TYPE_CHECKING

from syncsage.knowledge.model import KnowledgeBase, Problem
from syncsage.observing.codes import Owned
from syncsage.observing.field import Field
from syncsage.observing.lexical import LexicalIndex, Normaliser
from syncsage.observing.scores import Scores
from syncsage.observing.vectors import VectorStore, cosines
from syncsage.observing.weights import WEIGHTS, Weights

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from syncsage.observing.semantic import Encoder, Encoders

_HALF, _HALF_FACET = 10.0, 5.0
_STEEP, _MIDDLE = 8.0, 0.29
_LEAST_RIVAL = 0.5
_CLAUSE_ENDS = re.compile(r"(?<=[.!?;:])\s+|,\s+|\s+-\s+")
_SHORTEST_CLAUSE = 15
_MOST_CLAUSES = 6
_TELLING_CAUSES = 8


class Ranker:
    """The fused index over all problems.

    Args:
        kb: The knowledge.
        normalise: The normaliser of its domain.
        field: The words of its field.
        encoders: Gives the encoder for queries and the one that builds the index.
        folder: Where vectors are kept; None keeps nothing.
        weights: What each part of the score counts.
    """

    def __init__(
        self,
        kb: KnowledgeBase,
        normalise: Normaliser,
        field: Field,
        encoders: Callable[[], Encoders],
        folder: Path | None,
        weights: Weights = WEIGHTS,
    ) -> None:
        self._kb = kb
        self._problems = tuple(kb.problems.values())
        self._places = {problem: i for i, problem in enumerate(kb.problems)}
        self._normalise = normalise
        self._encoders = encoders
        self._folder = folder
        self._weights = weights
        self._field = field

    def score(self, text: str, shown: Sequence[Owned]) -> Scores:
        """Return the scores of all problems, 0 to 1.

        Args:
            text: Normalised salient text.
            shown: For each known code in the text, the problems that own it, and how much it says.
        """
        near = self.nearness(text)
        if shown:
            near = self._by_codes(near, shown)
        return Scores(self._places, self._weigh(near, text), self._outside)

    def nearness(self, text: str) -> NDArray[np.float64]:
        """Return how near each problem is by words and meaning, 0 to about 1.8, in the order of the knowledge."""
        import numpy as np

        weights, clauses = self._weights, _clauses(text)
        vectors = self._encoder.encode([text, *clauses])
        entries, facets, starts = self._vectors
        nearest = np.maximum.reduceat(cosines(facets, vectors), starts, axis=1)
        words, of_facets = self._lexical
        by_entry, by_facet = words.scores(text), np.maximum.reduceat(of_facets.scores(text), starts)
        return np.asarray(
            weights.entry * cosines(entries, vectors[:1])[0]
            + weights.facet * nearest[0]
            + weights.clauses * nearest[1 if clauses else 0 :].mean(axis=0)
            + weights.words * by_entry / (by_entry + _HALF)
            + weights.facet_words * by_facet / (by_facet + _HALF_FACET),
            dtype=np.float64,
        )

    @cached_property
    def bands(self) -> Mapping[str, float]:
        """The bands of the domain; where they were measured with another model, meaning alone is never strong."""
        domain = self._kb.domain
        return {**domain.bands} | {"strong": inf} if self.foreign_bands else domain.bands

    @property
    def foreign_bands(self) -> bool:
        """Whether the bands of the domain were measured with another model."""
        return self._kb.domain.bands_model not in ("", self.model_key)

    @property
    def model_key(self) -> str:
        """Key of the embedding model in use."""
        return self._encoder.key

    def prepare(self) -> None:
        """Load the model and build what is missing of the index."""
        self._encoder.encode(["ready"])
        _ = self._vectors, self._lexical

    def index(self) -> int:
        """Make the vectors that are missing; return how many there are."""
        entries, texts, _ = self._vectors
        return len(entries) + len(texts)

    def _by_codes(self, near: NDArray[np.float64], shown: Sequence[Owned]) -> NDArray[np.float64]:
        """Lift the problems that own a code of the text, as much as it says; those that say much lower all others."""
        import numpy as np

        own = np.zeros(len(near))
        for owned in shown:
            places = [self._places[problem] for problem in owned.problems]
            own[places] = np.maximum(own[places], owned.weight)
        telling = any(owned.weight >= 1.0 for owned in shown)  # what many programs print speaks against nothing
        return near + np.where(own > 0, self._weights.owner * own, -self._weights.veto if telling else 0.0)

    def _weigh(self, near: NDArray[np.float64], text: str) -> NDArray[np.float64]:
        """Turn nearness into scores: of the field, the chance of the best less the distance to it; else the rest."""
        import numpy as np

        if self._outside.all():
            return np.clip(near, 0.0, 1.0)
        best = float(near[~self._outside].max())
        rival = max(_LEAST_RIVAL, float(near[self._outside].max(initial=_LEAST_RIVAL)))
        chance = 1 / (1 + exp(-_STEEP * (best - rival + self._field.weigh(text, self._weights) - _MIDDLE)))
        if not self._field.has(text):
            chance = min(chance, self.bands["strong"] - 0.01)
        scores = np.where(self._outside, (1 - chance) * near, chance - (best - near))
        return np.asarray(scores.clip(0.0, 1.0), dtype=np.float64)

    def _causes(self, problem: Problem) -> tuple[str, ...]:
        """Return the causes of a problem as texts: people who suspect a cause name it instead of the problem.

        A problem that anything may cause says nothing by its causes.
        """
        if len(problem.causes) > _TELLING_CAUSES:
            return ()
        return tuple(self._kb.causes[cause].title for cause in problem.causes)

    @cached_property
    def _pair(self) -> Encoders:
        return self._encoders()

    @cached_property
    def _encoder(self) -> Encoder:
        return self._pair[0]

    @cached_property
    def _texts(self) -> tuple[list[str], list[tuple[str, ...]]]:
        """The texts of the entries, and the facets of each, not normalised yet."""
        entries = [document(problem) for problem in self._problems]
        return entries, [(*facets(problem), *self._causes(problem)) for problem in self._problems]

    @cached_property
    def _lexical(self) -> tuple[LexicalIndex, LexicalIndex]:
        entries, groups = self._texts
        texts = [self._normalise(text) for text in chain.from_iterable(groups)]
        return LexicalIndex([self._normalise(text) for text in entries]), LexicalIndex(texts)

    @cached_property
    def _outside(self) -> NDArray[np.bool_]:
        import numpy as np

        return np.array([problem.coverage == "outside" for problem in self._problems])

    @cached_property
    def _vectors(self) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.intp]]:
        """Vectors of entries, of facets, and where the facets of each entry begin.

        They are widened once: that takes ten times as long as searching them.
        """
        import numpy as np

        entries, groups = self._texts
        store = VectorStore(self._pair[1], self._folder, self._kb.domain.id)
        vectors = store.vectors([*entries, *chain.from_iterable(groups)], self._normalise).astype(np.float32)
        ends = np.cumsum([len(group) for group in groups])
        return vectors[: len(entries)], vectors[len(entries) :], np.concatenate(([0], ends[:-1]))


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
