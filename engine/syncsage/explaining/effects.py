"""What a premise does: the same evidence, assessed without it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from math import fsum, log

from syncsage.assessment import Assessment
from syncsage.evidence import CONFLICT, PROBLEM
from syncsage.explanation import Effect
from syncsage.interview import Interview
from syncsage.observing.model import Parsed
from syncsage.reasoning import problem_finding
from syncsage.reasoning.belief import OTHER
from syncsage.reasoning.model import Fact
from syncsage.step import Evidence, Step

#: Odds that differ by less are the same.
_SAME = 1e-9


class Effects:
    """Takes premises of one step away, one at a time.

    This is the counterfactual reading of evidence: a finding speaks for a cause if its odds are lower without it.

    Args:
        interview: Assesses what is left.
        step: The step.
        cause: Id of the cause that is looked at.
    """

    def __init__(self, interview: Interview, step: Step, cause: str) -> None:
        self._interview = interview
        self._step = step
        self._cause = cause
        self._state = interview.assess(step.evidence, step.parsed)
        self._odds = _odds(self._state, cause)
        self._known: dict[Fact, Assessment] = {}

    def without(self, leaf: Fact) -> Assessment:
        """Return what is concluded without ``leaf``."""
        if leaf not in self._known:
            self._known[leaf] = self._interview.assess(*without(self._step, leaf))
        return self._known[leaf]

    def direction(self, facts: Collection[Fact], leaves: Iterable[Fact]) -> int:
        """Return on which side ``facts`` are: 1 for the cause, -1 against it, 0 where they decide nothing.

        A leaf without which the facts are still known, because something else shows them too, is not counted; where
        none counts, the likelihoods of the facts decide.
        """
        shifts = {self._shift(leaf) for leaf in leaves if not self._still_known(facts, leaf)}
        if not shifts:
            return self._weight(facts)
        return shifts.pop() if len(shifts) == 1 else 0

    def effect(self, leaves: Iterable[Fact]) -> Effect | None:
        """Return how the cause would stand without that one of ``leaves`` that changes most."""
        states = [self.without(leaf) for leaf in leaves]
        if not states:
            return None
        most = max(states, key=lambda state: abs(_odds(state, self._cause) - self._odds))
        standing = next((cause for cause in most.causes if cause.id == self._cause), None)
        return Effect(standing.band, standing.probability) if standing else Effect(None, 0.0)

    def _still_known(self, facts: Collection[Fact], leaf: Fact) -> bool:
        return set(facts).issubset(self.without(leaf).trace.facts)

    def _weight(self, facts: Iterable[Fact]) -> int:
        """Return the sign of the weight of evidence: the likelihood under the cause against that under the rest.

        The belief in the others, each divided by its likelihood, is what it was before the fact (Good, "Weight of
        evidence: a brief survey", 1985).
        """
        verdicts, likelihood = self._state.verdicts, self._interview.assessor.beliefs.likelihood
        rest = {**verdicts.belief, OTHER: verdicts.other}
        own = rest.pop(self._cause, None)
        weight = 0.0
        for fact in facts:
            before = {c: p / likelihood(c, fact.finding, fact.value) for c, p in rest.items()}
            if own is None or fact.finding not in self._interview.kb.findings or not fsum(before.values()):
                continue
            others = fsum(rest.values()) / fsum(before.values())
            weight += log(likelihood(self._cause, fact.finding, fact.value) / others)
        return 0 if abs(weight) <= _SAME else 1 if weight > 0 else -1

    def _shift(self, leaf: Fact) -> int:
        odds = _odds(self.without(leaf), self._cause)
        if abs(odds - self._odds) <= _SAME * max(odds, self._odds):
            return 0
        return 1 if odds < self._odds else -1


def without(step: Step, leaf: Fact) -> tuple[tuple[Evidence, ...], Parsed]:
    """Return evidence and text of ``step`` without what gave ``leaf``: the answer, else what the text shows."""
    if any(_gives(item, leaf) for item in step.evidence):
        return tuple(item for item in step.evidence if not _about(item, leaf.finding)), step.parsed
    return step.evidence, _unseen(step.parsed, leaf.finding)


def without_finding(step: Step, finding: str) -> tuple[tuple[Evidence, ...], Parsed]:
    """Return evidence and text of ``step`` without anything that was said, or is shown, of ``finding``."""
    return tuple(item for item in step.evidence if not _about(item, finding)), _unseen(step.parsed, finding)


def _unseen(parsed: Parsed, finding: str) -> Parsed:
    problems = tuple(m for m in parsed.problems if problem_finding(m.id) != finding)
    seen = tuple(o for o in parsed.observations if o.finding != finding)
    level = problems[0].level if problems else "none"
    return replace(parsed, level=level, problems=problems, observations=seen)


def _about(item: Evidence, finding: str) -> bool:
    picked = item.id == PROBLEM and problem_finding(item.value) == finding
    return picked or item.id.removeprefix(CONFLICT) == finding


def _gives(item: Evidence, leaf: Fact) -> bool:
    """Tell whether an answer gave ``leaf``; one that a text contradicted has another value."""
    return _about(item, leaf.finding) and (item.id == PROBLEM or item.value == leaf.value)


def _odds(state: Assessment, cause: str) -> float:
    chance = state.verdicts.belief.get(cause, 0.0)
    return chance / (1 - chance) if chance < 1 else float("inf")
