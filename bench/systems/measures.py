"""Figures of rankings over labelled texts, and paired differences with intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from syncsage.quality.evaluation import LabelledText, auroc
from systems.model import Ranking

#: Resamples of the bootstrap; the seed is fixed, so that a run can be repeated.
_RESAMPLES, _SEED = 10_000, 1
_CERTAIN = ("exact", "strong")


@dataclass(frozen=True, slots=True)
class Result:
    """The rankings of one system, in the order of the texts."""

    name: str
    cases: tuple[LabelledText, ...]
    rankings: tuple[Ranking, ...]

    def ranks(self) -> list[int | None]:
        """Return the place of the first accepted problem for every text in scope, from 1; None where it is absent."""
        return [
            next((i for i, p in enumerate(ranking.order, start=1) if p in case.problems), None)
            for case, ranking in self._scope("in")
        ]

    def first(self, most: int) -> list[bool]:
        """Tell for every text in scope whether an accepted problem is among the first ``most``."""
        return [rank is not None and rank <= most for rank in self.ranks()]

    def mrr(self) -> float:
        """Return the mean reciprocal rank."""
        ranks = self.ranks()
        return sum(1 / rank for rank in ranks if rank) / len(ranks)

    def auroc(self, scope: str) -> float | None:
        """Return the chance that a text in scope scores above one of ``scope``."""
        return auroc(self._best("in"), self._best(scope))

    def share(self, scope: str, *levels: str) -> float | None:
        """Return the share of texts of a scope at one of ``levels``; None where the system cannot decline."""
        found = [ranking.level for _, ranking in self._scope(scope)]
        if not found or None in found:
            return None
        return sum(level in levels for level in found) / len(found)

    def certain_and_wrong(self) -> float | None:
        """Return the share of texts in scope whose first problem is exact or strong and not accepted."""
        pairs = self._scope("in")
        if any(ranking.level is None for _, ranking in pairs):
            return None
        wrong = [r.level in _CERTAIN and r.order[0] not in case.problems for case, r in pairs]
        return sum(wrong) / len(wrong)

    def _scope(self, scope: str) -> list[tuple[LabelledText, Ranking]]:
        return [(c, r) for c, r in zip(self.cases, self.rankings, strict=True) if c.scope == scope]

    def _best(self, scope: str) -> list[float]:
        return [max(ranking.scores.values(), default=0.0) for _, ranking in self._scope(scope)]


def difference(ours: Sequence[bool], theirs: Sequence[bool]) -> tuple[float, float, float]:
    """Return the mean paired difference with the bounds of its 95 % interval (percentile bootstrap over the texts)."""
    pairs = np.asarray(ours, dtype=float) - np.asarray(theirs, dtype=float)
    picks = np.random.default_rng(_SEED).integers(0, len(pairs), size=(_RESAMPLES, len(pairs)))
    low, high = np.quantile(pairs[picks].mean(axis=1), (0.025, 0.975))
    return float(pairs.mean()), float(low), float(high)
