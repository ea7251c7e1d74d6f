"""Is a pattern safe from catastrophic backtracking?

A pattern is made into its position automaton (Glushkov 1961), with the number of ways in which each step
can be taken. It backtracks exponentially where one and the same text leads from a position back to it in
two ways, and polynomially where it leads round one loop, from there into a later one, and round that (Weber
and Seidl, "On the degree of ambiguity of finite automata", 1991; Weideman et al. 2016 carry both over to
backtracking matchers). Nothing is timed. Bounded repeats of many turns count as loops for the first
question. Possessive and atomic parts are read as ordinary ones: a pattern that is safe only thanks to them
is complained about too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from syncsage.knowledge.automaton import MANY, Automaton, TooLargeError, automata, turns

#: Combinations looked at before a pattern counts as too intricate to be judged.
_MAX_STATES = 60_000


@lru_cache(maxsize=8192)
def backtracking_fault(pattern: str) -> str:
    """Return why ``pattern`` may backtrack catastrophically, or an empty text.

    Args:
        pattern: A valid regular expression; case is ignored in it.
    """
    repeats = turns(pattern)
    if max(repeats, default=0) <= MANY:
        return ""
    try:
        exponential = automata(pattern, bounded_loops=True)
        if any(_two_ways_round(automaton) for automaton in exponential):
            return "can backtrack exponentially: a repeat holds parts that match the same text in two ways"
        if len(repeats) > 1 and any(_loops_in_a_row(automaton) for automaton in automata(pattern, bounded_loops=False)):
            return (
                "can take cubic time: two unbounded repeats match the same text one after the other; "
                "bound them (.{0,80}) or make two patterns of it"
            )
    except TooLargeError:
        return "is too intricate to be judged safe: make several patterns of it"
    return ""


def compile_fault(pattern: str) -> str:
    """Return why ``pattern`` is no valid regular expression, or an empty text."""
    try:
        re.compile(pattern, re.IGNORECASE)
    except (re.error, RecursionError, OverflowError) as error:
        return f"is no valid pattern: {error}"
    return ""


def _two_ways_round(automaton: Automaton) -> bool:
    """Tell whether some text leads from a position back to itself in two ways."""
    loops = automaton.looping()
    for (start, end), ways in automaton.follow.items():
        if ways > 1 and start in loops and end in loops and automaton.reaches(end, start):
            return True
    budget = [_MAX_STATES]
    return any(_splits(automaton, start, loops, budget) for start in sorted(loops))


def _splits(automaton: Automaton, start: int, loops: frozenset[int], budget: list[int]) -> bool:
    """Tell whether two different walks over the same text lead from ``start`` back to it."""
    first = (start, start)
    seen: set[tuple[int, int]] = set()
    ahead = [first]
    parted: set[tuple[int, int]] = set()
    while ahead:
        pair = ahead.pop()
        for step in _pairs(automaton, pair, loops):
            if pair in parted or step[0] != step[1]:
                if step == first:
                    return True
                if step not in parted:
                    parted.add(step)
                    ahead.append(step)
            elif step not in seen and step not in parted:
                seen.add(step)
                ahead.append(step)
            _spend(budget)
    return False


def _pairs(automaton: Automaton, pair: tuple[int, int], loops: frozenset[int]) -> Iterator[tuple[int, int]]:
    for left in automaton.after(pair[0]):
        for right in automaton.after(pair[1]):
            if left in loops and right in loops and automaton.common(left, right):
                yield left, right


def _loops_in_a_row(automaton: Automaton) -> bool:
    """Tell whether one text leads round a loop, from it into another, and round that one."""
    loops = automaton.looping()
    budget = [_MAX_STATES]
    return any(
        _triples_meet(automaton, first, second, budget)
        for first in sorted(loops)
        for second in sorted(loops)
        if first != second and automaton.reaches(first, second) and not automaton.reaches(second, first)
    )


def _triples_meet(automaton: Automaton, first: int, second: int, budget: list[int]) -> bool:
    start, goal = (first, first, second), (first, second, second)
    seen = {start}
    ahead = [start]
    while ahead:
        one, two, three = ahead.pop()
        for a in automaton.after(one):
            for b in automaton.after(two):
                if not (shared := automaton.common(a, b)):
                    continue
                for c in automaton.after(three):
                    _spend(budget)
                    step = (a, b, c)
                    if not shared & automaton.classes[c]:
                        continue
                    if step == goal:
                        return True
                    if step not in seen:
                        seen.add(step)
                        ahead.append(step)
    return False


def _spend(budget: list[int]) -> None:
    budget[0] -= 1
    if budget[0] < 0:
        raise TooLargeError
