"""Belief: prior words and the support of fired rules make ranked causes.

A single fault is assumed. The posterior is proportional to the prior times the product of the likelihoods of the
findings that are known, tempered by answer noise so that no single answer brings a cause to zero (Heckerman, Breese
and Rommelse, "Decision-Theoretic Troubleshooting", 1995). All sums run in sorted order, so that equal evidence gives
equal bits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import fsum

from syncsage.knowledge.model import Cause, Finding, Likelihood

#: Numbers behind the words of likelihood; the words are what the knowledge declares.
LIKELIHOOD: Mapping[str, float] = {"always": 0.97, "likely": 0.8, "neutral": 0.5, "unlikely": 0.2, "never": 0.03}
PRIOR: Mapping[str, float] = {"rare": 1.0, "uncommon": 3.0, "common": 8.0, "very-common": 16.0}
#: Share of answers that are taken to be random.
NOISE = 0.04
_NEVER: Likelihood = "never"
#: Stands for every cause that the knowledge does not know; it says nothing of any finding.
OTHER = "*"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A cause under consideration and the weight (0..1) of what made it one."""

    cause: Cause
    weight: float


class Beliefs:
    """Likelihoods of one knowledge base.

    Args:
        findings: All findings by id.
        causes: All causes by id.
    """

    def __init__(self, findings: Mapping[str, Finding], causes: Mapping[str, Cause]) -> None:
        self._findings = findings
        self._causes = causes
        self._bases: dict[str, Mapping[str, float]] = {}
        self._rows: dict[tuple[str, str], Mapping[str, float]] = {}
        self._chances: dict[tuple[str, str], tuple[float, ...]] = {}

    def likelihood(self, cause: str, finding: str, value: str) -> float:
        """Return P(value | cause), tempered by noise.

        Where the cause is silent of the finding its scope speaks, and else the base of the finding.
        """
        values = self._findings[finding].values
        return self.chances(cause, finding)[values.index(value)] if value in values else 1.0

    def chances(self, cause: str, finding: str) -> tuple[float, ...]:
        """Return P(value | cause), tempered by noise, for the values of ``finding`` in their order."""
        key = (cause, finding)
        if key not in self._chances:
            row = self._base(finding) if cause == OTHER else self._row_of(self._causes[cause], finding)
            self._chances[key] = tuple((1 - NOISE) * p + NOISE / len(row) for p in row.values())
        return self._chances[key]

    def tells(self, cause: str, finding: str) -> bool:
        """Tell whether ``cause`` says anything of ``finding``."""
        entry = self._causes[cause]
        return finding in entry.evidence or finding in entry.scope

    def posterior(
        self, candidates: Mapping[str, Candidate], known: Mapping[str, str], other: float
    ) -> dict[str, float]:
        """Return the probability of each candidate and of ``OTHER``; they sum to 1.

        Args:
            candidates: By cause id.
            known: Finding id -> value, without unknowns.
            other: Prior weight, on the scale of ``PRIOR``, of causes that the knowledge does not know.
        """
        scores = {c: PRIOR[candidates[c].cause.prior] * candidates[c].weight for c in sorted(candidates)}
        scores[OTHER] = other
        for finding in sorted(known):
            if finding in self._findings:
                for cause in scores:
                    scores[cause] *= self.likelihood(cause, finding, known[finding])
        total = fsum(scores.values())
        return {cause: score / total for cause, score in scores.items()}

    def findings(self, causes: Iterable[str]) -> tuple[Finding, ...]:
        """Return the findings that any of ``causes`` says something of, by id."""
        entries = [self._causes[cause] for cause in causes]
        told = {finding for entry in entries for finding in (*entry.evidence, *entry.scope)}
        return tuple(self._findings[finding] for finding in sorted(told))

    def _base(self, finding: str) -> Mapping[str, float]:
        if finding not in self._bases:
            self._bases[finding] = _row(self._findings[finding].base, self._findings[finding].values)
        return self._bases[finding]

    def _row_of(self, cause: Cause, finding: str) -> Mapping[str, float]:
        key = (cause.id, finding)
        if key not in self._rows:
            words: Mapping[str, Likelihood] | None = cause.evidence.get(finding)
            if words is None and finding in cause.scope:
                outside = [v for v in self._findings[finding].values if v not in cause.scope[finding]]
                words = dict.fromkeys(outside, _NEVER)
            self._rows[key] = self._base(finding) if words is None else _row(words, self._findings[finding].values)
        return self._rows[key]


def _row(words: Mapping[str, Likelihood], values: tuple[str, ...]) -> Mapping[str, float]:
    """Turn words into a distribution over ``values``: values not named share what the named ones leave."""
    if not values:
        return {}
    if not words:
        return dict.fromkeys(values, 1.0 / len(values))
    named = {value: LIKELIHOOD[word] for value, word in words.items() if value in values}
    rest = [value for value in values if value not in named]
    left = max(0.02 * len(rest), 1.0 - fsum(named.values())) if rest else 0.0
    row = named | {value: left / len(rest) for value in rest}
    total = fsum(row.values())
    return {value: row[value] / total for value in values}
