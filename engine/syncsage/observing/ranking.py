"""Words and meaning fused: how near each problem of the knowledge is to a text.

score = .36 entry + .26 best facet + .12 mean of the three best facets + .14 best facet of any clause
+ .55 s / (s + 10), where *entry* and *facet* are cosines of embeddings and s is the BM25 score over whole entries
(docs/benchmarks.md).
Codes and vocabulary of the domain correct it: numbers do not weigh in an embedding.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from syncsage.knowledge.model import KnowledgeBase, Problem
from syncsage.observing.codes import Owned
from syncsage.observing.lexical import LexicalIndex, Normaliser
from syncsage.observing.model import Level
from syncsage.observing.scores import Scores, mean_of_best
from syncsage.observing.vectors import VectorStore, cosines

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from syncsage.observing.semantic import Encoder, Encoders

_ENTRY, _FACET, _FACETS, _CLAUSE, _WORDS = 0.36, 0.26, 0.12, 0.14, 0.55
_HALF = 10.0
_CLAUSE_ENDS = re.compile(r"(?<=[.!?;:])\s+|,\s+|\s+-\s+")
_SHORTEST_CLAUSE = 15
_MOST_CLAUSES = 6
_VETO = 0.12
_OWNER = 0.06
_NO_VOCABULARY = 0.10
_FOREIGN = 0.10
_TELLING_CAUSES = 8


class Ranker:
    """The fused index over all problems.

    Args:
        kb: The knowledge.
        normalise: The normaliser of its domain.
        encoders: Gives the encoder for queries and the one that builds the index.
        folder: Where vectors are kept; None keeps nothing.
    """

    def __init__(
        self,
        kb: KnowledgeBase,
        normalise: Normaliser,
        encoders: Callable[[], Encoders],
        folder: Path | None,
    ) -> None:
        self._kb = kb
        self._problems = tuple(kb.problems.values())
        self._places = {problem: i for i, problem in enumerate(kb.problems)}
        self._normalise = normalise
        self._encoders = encoders
        self._folder = folder
        self._vocabulary = _compile(kb.domain.vocabulary)
        self._core = _compile(kb.domain.core)
        self._foreign = _compile(kb.domain.foreign)

    def score(self, text: str, shown: Sequence[Owned]) -> Scores:
        """Return the scores of all problems.

        Args:
            text: Normalised salient text.
            shown: For each known code in the text, the problems that own it, and how much it says.
        """
        import numpy as np

        vectors = self._encoder.encode([text, *_clauses(text)])
        entries, facets, starts = self._vectors
        alike = cosines(facets, vectors)
        whole, parts = alike[:, 0], alike[:, 1:].max(axis=1) if len(vectors) > 1 else alike[:, 0]
        lexical = self._lexical.scores(text)
        words = lexical / (lexical + _HALF)
        near = _ENTRY * cosines(entries, vectors[:1])[:, 0] + _WORDS * words
        best, clause = np.maximum.reduceat(whole, starts), np.maximum.reduceat(parts, starts)
        values = near + _FACET * best + _FACETS * mean_of_best(whole, starts, 3) + _CLAUSE * clause
        return Scores(self._places, self._correct(values, text, shown), self._outside)

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

    def index(self) -> int:
        """Make the vectors that are missing; return how many there are."""
        entries, texts, _ = self._vectors
        return len(entries) + len(texts)

    def _correct(self, values: NDArray[np.float64], text: str, shown: Sequence[Owned]) -> NDArray[np.float64]:
        import numpy as np

        known = self.of_field(text)
        if shown:
            telling = any(owned.weight >= 1.0 for owned in shown)  # what many programs print speaks against nothing
            own = np.zeros(len(values))
            for owned in shown:
                places = [self._places[problem] for problem in owned.problems]
                own[places] = np.maximum(own[places], owned.weight)
            values = values + np.where(own > 0, _OWNER * own, -_VETO if telling else 0.0)
        foreign = any(pattern.search(text) for pattern in self._foreign)
        unlikely = (0.0 if known else _NO_VOCABULARY) + (_FOREIGN if foreign else 0.0)
        most = 1.0 if known else self._kb.domain.bands["strong"] - 0.01
        return np.where(self._outside, values.clip(0.0, 1.0), (values - unlikely).clip(0.0, most))

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
    def _lexical(self) -> LexicalIndex:
        return LexicalIndex([self._normalise(document(problem)) for problem in self._problems])

    @cached_property
    def _outside(self) -> NDArray[np.bool_]:
        import numpy as np

        return np.array([problem.coverage == "outside" for problem in self._problems])

    @cached_property
    def _vectors(self) -> tuple[NDArray[np.float16], NDArray[np.float16], NDArray[np.intp]]:
        """Vectors of entries, of facets, and where the facets of each entry begin."""
        import numpy as np

        entries = [document(problem) for problem in self._problems]
        groups = [(*facets(problem), *self._causes(problem)) for problem in self._problems]
        store = VectorStore(self._pair[1], self._folder, self._kb.domain.id)
        vectors = store.vectors([*entries, *chain.from_iterable(groups)], self._normalise)
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


def _compile(patterns: Sequence[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)
