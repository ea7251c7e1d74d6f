"""Forward chaining in rounds: the outer loop that both matchers share, so that only matching differs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from syncsage.errors import EvidenceError
from syncsage.reasoning.model import Fact, Firing, Rule, Trace

#: The value of an answer that says nothing. It never becomes a fact: a negated test wants a known value.
NOT_KNOWN: Final = "unknown"

#: Takes the facts that are new since the last call and returns the firings that they make possible.
Fire = Callable[[Sequence[Fact]], Iterable[Firing]]


def chain(rules: Mapping[str, Rule], facts: Iterable[Fact], fire: Fire) -> Trace:
    """Fire all rules on the facts so far, assert what they set, and repeat until nothing new follows.

    Every round sees the facts of the rounds before it. A value once there stays; among the rules that set one
    finding in the same round, the smallest id wins; whoever wanted another value is recorded as a conflict.

    Args:
        rules: The rules by id.
        facts: One value per finding, duplicates allowed; facts with the value ``unknown`` are left out.
        fire: The matcher at work. It is called once a round, with facts in sorted order.

    Returns:
        The trace, sorted.

    Raises:
        EvidenceError: Two values were given for one finding.
    """
    known = _given(facts)
    fresh = sorted(known.values())
    firings: list[Firing] = []
    conflicts: list[Firing] = []
    while fresh:
        fired = sorted(fire(fresh))
        firings += fired
        fresh = _settle(rules, fired, known, conflicts)
    return Trace(tuple(sorted(firings)), tuple(sorted(known.values())), tuple(sorted(conflicts)))


def _given(facts: Iterable[Fact]) -> dict[str, Fact]:
    known: dict[str, Fact] = {}
    for fact in sorted(set(facts)):
        if fact.value == NOT_KNOWN:
            continue
        if (other := known.setdefault(fact.finding, fact)) != fact:
            raise EvidenceError(f"{fact.finding} was given two values, {other.value!r} and {fact.value!r}")
    return known


def _settle(
    rules: Mapping[str, Rule], fired: Iterable[Firing], known: dict[str, Fact], conflicts: list[Firing]
) -> list[Fact]:
    """Add what ``fired``, sorted by rule id, set to ``known`` and return the facts that are new."""
    fresh: list[Fact] = []
    for firing in fired:
        conclusion = rules[firing.rule].conclusion
        if conclusion.kind != "set":
            continue
        fact = Fact(conclusion.target, conclusion.value)
        if fact.finding not in known:
            known[fact.finding] = fact
            fresh.append(fact)
        elif known[fact.finding] != fact:
            conflicts.append(firing)
    return sorted(fresh)
