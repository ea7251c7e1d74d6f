"""Regular expressions as position automata, with the number of ways to take each step."""

from __future__ import annotations

import importlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

#: The parser of ``re`` itself; it has no public name since 3.11, and no types.
_parser: Any = importlib.import_module("re._parser")

#: A bounded repeat of more than this many turns behaves like an unbounded one on the texts at hand.
MANY = 12
_MAX_POSITIONS = 1_500

#: One character of each sort that patterns tell apart.
_SORTS = "aZ0_ \n-.é\u0663\u00a0\u4e2d\u2028"


class TooLargeError(Exception):
    """The automaton, or the search in it, grows beyond what is worth looking at."""


@dataclass(frozen=True)
class Automaton:
    """Positions of a pattern and the steps between them.

    Attributes:
        classes: For each position the characters (of a sample that tells all sorts apart) that it matches.
        follow: (position, next position) -> in how many ways the matcher gets there; 2 means several.
    """

    classes: Sequence[frozenset[str]]
    follow: Counter[tuple[int, int]]

    @cached_property
    def _after(self) -> dict[int, tuple[int, ...]]:
        after: dict[int, list[int]] = {}
        for start, end in sorted(self.follow):
            after.setdefault(start, []).append(end)
        return {start: tuple(ends) for start, ends in after.items()}

    @cached_property
    def _reach(self) -> dict[int, frozenset[int]]:
        return {start: self._walk(start) for start in self._after}

    def _walk(self, start: int) -> frozenset[int]:
        seen: set[int] = set()
        ahead = [start]
        while ahead:
            for end in self.after(ahead.pop()):
                if end not in seen:
                    seen.add(end)
                    ahead.append(end)
        return frozenset(seen)

    def after(self, position: int) -> tuple[int, ...]:
        """Return the positions that can follow."""
        return self._after.get(position, ())

    def reaches(self, start: int, end: int) -> bool:
        """Tell whether some text leads from one position to another."""
        return end in self._reach.get(start, frozenset())

    def looping(self) -> frozenset[int]:
        """Return the positions that can be reached from themselves."""
        return frozenset(position for position in self._reach if self.reaches(position, position))

    def common(self, left: int, right: int) -> frozenset[str]:
        """Return the characters that both positions match."""
        return self.classes[left] & self.classes[right]


@dataclass(slots=True)
class _Part:
    """A part of a pattern: how it begins, how it ends, and in how many ways it can match nothing."""

    first: Counter[int] = field(default_factory=Counter[int])
    last: Counter[int] = field(default_factory=Counter[int])
    empty: int = 1


def turns(pattern: str) -> list[int]:
    """Return the most turns of each repeat that can turn more than once; huge where unbounded."""
    ends = (int(most) for most in _repeats(_parser.parse(pattern, re.IGNORECASE)))
    return [most for most in ends if most > 1]


def automata(pattern: str, *, bounded_loops: bool) -> list[Automaton]:
    """Return the automaton of ``pattern``, and one for each look-around inside it.

    Args:
        pattern: A valid regular expression, read with case ignored.
        bounded_loops: Take bounded repeats of many turns for unbounded ones.

    Raises:
        TooLargeError: There are too many positions.
    """
    tree = _parser.parse(pattern, re.IGNORECASE)
    alphabet = frozenset(_sample(tree)) | frozenset(_SORTS)
    pending: list[Any] = [tree]
    found: list[Automaton] = []
    while pending:
        maker = _Maker(alphabet, bounded_loops=bounded_loops)
        maker.sequence(pending.pop())
        pending.extend(maker.lookarounds)
        found.append(Automaton(maker.classes, maker.follow))
    return found


class _Maker:
    """Walks one parse tree."""

    def __init__(self, alphabet: frozenset[str], *, bounded_loops: bool) -> None:
        self.classes: list[frozenset[str]] = []
        self.follow: Counter[tuple[int, int]] = Counter()
        self.lookarounds: list[Any] = []
        self._alphabet = [(char, _cases(char)) for char in sorted(alphabet)]
        self._sets: dict[str, frozenset[str]] = {}
        self._bounded_loops = bounded_loops
        self._groups: dict[int, Any] = {}
        self._handlers: dict[str, Callable[[Any], _Part]] = {
            "LITERAL": lambda av: self._position([("LITERAL", av)]),
            "NOT_LITERAL": lambda av: self._position([("NEGATE", None), ("LITERAL", av)]),
            "ANY": lambda _: self._position([("NEGATE", None), ("LITERAL", ord("\n"))]),
            "IN": self._position,
            "BRANCH": lambda av: self._branch(av[1]),
            "SUBPATTERN": self._group,
            "ATOMIC_GROUP": self.sequence,
            "MAX_REPEAT": self._repeat,
            "MIN_REPEAT": self._repeat,
            "POSSESSIVE_REPEAT": self._repeat,
            "GROUPREF": lambda av: self.sequence(self._groups.get(av, ())),
            "GROUPREF_EXISTS": lambda av: self._branch([part for part in av[1:] if part is not None]),
            "ASSERT": self._look,
            "ASSERT_NOT": self._look,
        }

    def sequence(self, items: Iterable[tuple[Any, Any]]) -> _Part:
        """Add parts one after the other."""
        whole = _Part()
        for op, av in items:
            handler = self._handlers.get(str(op))
            # What is left are anchors, which match nothing.
            whole = self._join(whole, handler(av) if handler else _Part())
        return whole

    def _join(self, left: _Part, right: _Part) -> _Part:
        self._connect(left.last, right.first)
        return _Part(
            _capped(left.first + _times(right.first, left.empty)),
            _capped(right.last + _times(left.last, right.empty)),
            min(2, left.empty * right.empty),
        )

    def _connect(self, ends: Counter[int], starts: Counter[int]) -> None:
        for end, many in ends.items():
            for start, ways in starts.items():
                self.follow[end, start] = min(2, self.follow[end, start] + many * ways)

    def _position(self, members: Sequence[tuple[Any, Any]]) -> _Part:
        if len(self.classes) >= _MAX_POSITIONS:
            raise TooLargeError
        name = str(members)
        if name not in self._sets:
            self._sets[name] = frozenset(
                char for char, cases in self._alphabet if any(_in_set(members, case) for case in cases)
            )
        self.classes.append(self._sets[name])
        here = Counter({len(self.classes) - 1: 1})
        return _Part(here, here.copy(), 0)

    def _branch(self, branches: Iterable[Any]) -> _Part:
        parts = [self.sequence(branch) for branch in branches]
        return _Part(
            _capped(sum((part.first for part in parts), Counter())),
            _capped(sum((part.last for part in parts), Counter())),
            min(2, sum(part.empty for part in parts)),
        )

    def _group(self, av: Any) -> _Part:
        self._groups[av[0]] = av[-1]
        return self.sequence(av[-1])

    def _look(self, av: Any) -> _Part:
        self.lookarounds.append(av[1])
        return _Part()

    def _repeat(self, av: Any) -> _Part:
        least, most, body = int(av[0]), av[1], av[2]
        unbounded = most is _parser.MAXREPEAT or (self._bounded_loops and int(most) > MANY)
        whole = _Part()
        for _ in range(min(least, MANY) - unbounded if least else 0):
            whole = self._join(whole, self.sequence(body))
        if unbounded:
            return self._join(whole, self._loop(body, at_least_once=bool(least)))
        return self._join(whole, self._optional(body, min(int(most), MANY) - min(least, MANY)))

    def _loop(self, body: Any, *, at_least_once: bool) -> _Part:
        part = self.sequence(body)
        self._connect(part.last, part.first)
        return _Part(part.first, part.last, part.empty if at_least_once else min(2, 1 + part.empty))

    def _optional(self, body: Any, turns: int) -> _Part:
        """Add up to ``turns`` further turns, nested: the second is only tried after the first."""
        tail = _Part()
        for _ in range(turns):
            turn = self._join(self.sequence(body), tail)
            tail = _Part(turn.first, turn.last, min(2, 1 + turn.empty))
        return tail


def _times(counts: Counter[int], factor: int) -> Counter[int]:
    return Counter({item: many * factor for item, many in counts.items() if factor})


def _capped(counts: Counter[int]) -> Counter[int]:
    return Counter({item: min(2, many) for item, many in counts.items()})


def _cases(char: str) -> tuple[str, ...]:
    return tuple({char, char.lower()[:1], char.upper()[:1]})


def _sample(tree: Iterable[Any]) -> Iterable[str]:
    """Yield the characters that a parse tree names, and those beside the ends of its ranges."""
    for item in tree:
        if not isinstance(item, tuple):
            if isinstance(item, (list, _parser.SubPattern)):
                yield from _sample(item)
            continue
        op, av = str(item[0]), item[-1]
        if op in {"LITERAL", "NOT_LITERAL"}:
            yield from _cases(chr(av))
        elif op == "RANGE":
            yield from (chr(code) for edge in av for code in (edge - 1, edge, edge + 1) if 0 <= code < 0x110000)
        elif isinstance(av, (tuple, list, _parser.SubPattern)):
            yield from _sample(av)


def _repeats(tree: Iterable[Any]) -> Iterable[Any]:
    """Yield the most turns of each repeat of a parse tree."""
    for item in tree:
        if isinstance(item, (tuple, list, _parser.SubPattern)):
            if len(item) == 2 and str(item[0]).endswith("_REPEAT"):
                yield item[1][1]
            yield from _repeats(item)


def _in_set(members: Sequence[tuple[Any, Any]], char: str) -> bool:
    negated = bool(members) and str(members[0][0]) == "NEGATE"
    return any(_is_member(str(op), av, char) for op, av in members[negated:]) != negated


def _is_member(op: str, av: Any, char: str) -> bool:
    if op == "LITERAL":
        return ord(char) == int(av)
    if op == "RANGE":
        return int(av[0]) <= ord(char) <= int(av[1])
    return _is_category(str(av), char)


def _is_category(name: str, char: str) -> bool:
    sort = name.removeprefix("CATEGORY_").removeprefix("NOT_").removeprefix("UNI_")
    member = {
        "DIGIT": unicodedata.category(char) == "Nd",
        "SPACE": char.isspace(),
        "WORD": char.isalnum() or char == "_",
    }.get(sort, True)
    return member != ("NOT_" in name)
