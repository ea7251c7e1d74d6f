"""The next best step by value: a question that saves repair time, or the fix worth trying first.

Expected cost of repair: fixes are tried in the order of probability over minutes (Kadane and Simon's P/C rule), each
costing its minutes with the probability that it is reached; what no fix solves costs a hand-over. A question is worth
the expected cost now, less the expected cost after its answer, times the chance that it can be answered, less its own
minutes (Breese and Heckerman, arXiv 1302.3563).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import fsum

from syncsage.knowledge.model import Finding

#: How many of those asked could answer, by the words of the knowledge.
KNOWABLE: Mapping[str, float] = {"easy": 0.95, "usual": 0.8, "hard": 0.5}
#: Minutes that a wrong first fix costs beyond its own (changing back, waiting for the next run).
SETBACK = 15.0
#: An answer favours a cause if it raises its odds this many times.
_FAVOURED = 1.25


@dataclass(frozen=True, slots=True)
class Repair:
    """A fix in the eyes of the planner: minutes to do and to verify, and whether it goes last (a risky one)."""

    minutes: float
    last: bool


@dataclass(frozen=True, slots=True)
class QuestionValue:
    """What asking a finding is worth, in minutes saved, and how far it could change the ranking."""

    finding: str
    value: float
    minutes: float


def repair_cost(belief: Mapping[str, float], repairs: Mapping[str, Repair]) -> float:
    """Return the expected minutes until the fault is mended, fixes tried in the order of P/minutes."""
    spent = 0.0
    costs: list[float] = []
    for cause in order(belief, repairs):
        spent += repairs[cause].minutes
        costs.append(spent * belief[cause])
        spent += SETBACK
    return fsum(costs)


def order(belief: Mapping[str, float], repairs: Mapping[str, Repair]) -> list[str]:
    """Return the causes in the order in which their fixes pay: P/minutes, those marked last behind, then id."""
    return sorted(belief, key=lambda c: (repairs[c].last, -belief[c] / repairs[c].minutes, c))


class Planner:
    """Values questions against a belief.

    Args:
        likelihood: P(value | cause) by cause id, finding id and value.
    """

    def __init__(self, likelihood: Callable[[str, str, str], float]) -> None:
        self._likelihood = likelihood

    def value(
        self,
        finding: Finding,
        belief: Mapping[str, float],
        repairs: Mapping[str, Repair],
        known_chance: float,
    ) -> QuestionValue:
        """Return what asking ``finding`` is worth in minutes, its own minutes already taken off."""
        now = repair_cost(belief, repairs)
        after = fsum(self._after(finding, value, belief, repairs) for value in finding.values)
        return QuestionValue(finding.id, (now - after) * known_chance - finding.minutes, finding.minutes)

    def best(
        self,
        findings: Iterable[Finding],
        belief: Mapping[str, float],
        repairs: Mapping[str, Repair],
        known_chance: Callable[[Finding], float],
    ) -> QuestionValue | None:
        """Return the question of the highest positive value; ties go to the cheaper, then to the smaller id."""
        values = [self.value(f, belief, repairs, known_chance(f)) for f in findings]
        worthy = [v for v in values if v.value > 0]
        return min(worthy, key=lambda v: (-round(v.value, 6), v.minutes, v.finding), default=None)

    def favours(self, finding: Finding, belief: Mapping[str, float]) -> Mapping[str, tuple[str, ...]]:
        """Return, for each value, the causes whose odds it clearly raises, most favoured first.

        Args:
            finding: The question.
            belief: Probabilities that sum to 1.
        """
        result: dict[str, tuple[str, ...]] = {}
        for value in finding.values:
            weights = {c: p * self._likelihood(c, finding.id, value) for c, p in belief.items()}
            total = fsum(weights.values()) or 1.0
            after = {c: weight / total for c, weight in weights.items()}
            lifted = [c for c, p in belief.items() if after[c] * (1 - p) > _FAVOURED * p * (1 - after[c])]
            gains = {c: after[c] - belief[c] for c in lifted}
            result[value] = tuple(sorted(gains, key=lambda c: (-round(gains[c], 9), c)))
        return result

    def _after(self, finding: Finding, value: str, belief: Mapping[str, float], repairs: Mapping[str, Repair]) -> float:
        """Return P(value) times the expected cost of repair once ``value`` is known."""
        joint = {c: p * self._likelihood(c, finding.id, value) for c, p in belief.items()}
        chance = fsum(joint.values())
        if chance <= 0:
            return 0.0
        return chance * repair_cost({c: p / chance for c, p in joint.items()}, repairs)
