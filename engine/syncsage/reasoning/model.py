"""Compiled rules, facts and the trace of what fired: the language of the rule engine port."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

RuleKind = Literal["derive", "implies", "raise", "gate", "exclude", "confirm", "support"]
ConclusionKind = Literal["set", "raise", "exclude", "confirm", "support"]


@dataclass(frozen=True, slots=True, order=True)
class Fact:
    """A finding with its value. Both are declared ids, never raw text."""

    finding: str
    value: str


@dataclass(frozen=True, slots=True, order=True)
class Test:
    """One constant test: the value equals ``value`` or, with ``negated``, is known and differs from it."""

    finding: str
    value: str
    negated: bool = False

    __test__ = False  # not a pytest class

    def holds(self, fact: Fact) -> bool:
        """Tell whether ``fact`` satisfies the test."""
        return fact.finding == self.finding and (fact.value == self.value) != self.negated


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What a rule says when it fires.

    ``set``: finding ``target`` has ``value``. ``raise`` / ``exclude`` / ``confirm``: of cause ``target``.
    ``support``: evidence for or against cause ``target``; ``value`` is the word of likelihood.
    """

    kind: ConclusionKind
    target: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A compiled rule: all ``tests`` hold, then the conclusion. ``id`` is unique in a rule set."""

    id: str
    kind: RuleKind
    tests: tuple[Test, ...]
    conclusion: Conclusion
    because: str = ""


class Rules(Mapping[str, Rule]):
    """Rules by id, and by the findings that they test."""

    @abstractmethod
    def about(self, finding: str) -> tuple[Rule, ...]:
        """Return the rules that test ``finding``, a value of it or another one."""


@dataclass(frozen=True, slots=True, order=True)
class Firing:
    """A rule that fired, with the facts that satisfied its tests, in the order of the tests."""

    rule: str
    premises: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """Everything that fired, sorted, and all facts at rest, sorted.

    Two matchers over the same rules and facts return equal traces, whatever the order of the facts.
    ``conflicts`` names findings that rules wanted to set to a value other than the one they already had: the
    given value stays, and among derived values the one of the rule with the smallest id.
    """

    firings: tuple[Firing, ...]
    facts: tuple[Fact, ...]
    conflicts: tuple[Firing, ...] = ()


class RuleMatcher(ABC):
    """The port: forward chaining over compiled rules."""

    name: str

    @abstractmethod
    def match(self, facts: Iterable[Fact]) -> Trace:
        """Chain forward from ``facts`` until nothing new follows.

        Args:
            facts: One value per finding; duplicates are allowed, two values of one finding are not.

        Returns:
            The trace, equal for every order of the facts.

        Raises:
            EvidenceError: Two values were given for one finding.
            RuleLimitError: The facts leave the safe subset of the engine.
        """
