"""Fixed text that a pattern cannot match without: what a fast search looks for before the pattern is tried."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable
from functools import cache
from typing import Any

#: The parser of ``re`` itself; it has no public name since 3.11, and no types.
_parser: Any = importlib.import_module("re._parser")

#: Shorter texts stand everywhere and find nothing.
SHORTEST = 3

_Texts = frozenset[str]
_NOTHING: _Texts = frozenset({""})
#: More choices than this are not written out.
_MOST = 16
#: Beyond this many characters a text is as good as a longer one.
_ENOUGH = 24


@cache
def literals(pattern: str) -> tuple[str, ...]:
    """Return texts of which at least one stands in everything that ``pattern`` matches (case ignored).

    Of the parts of a pattern that are fixed, or fixed but for a choice, the one with the longest texts is taken.

    Args:
        pattern: A valid regular expression.

    Returns:
        The texts as the pattern writes them, sorted; none where no part of the pattern is fixed.
    """
    return tuple(sorted(_best(_parser.parse(pattern, re.IGNORECASE))))


def fixed_texts(pattern: str) -> tuple[str, ...]:
    """Return the literals of ``pattern``, or none if one of them is too short to search large texts for."""
    texts = literals(pattern)
    return texts if texts and min(map(len, texts)) >= SHORTEST else ()


def _best(items: Iterable[tuple[Any, Any]]) -> _Texts:
    """Return the candidate whose shortest text is longest, of those the one with fewest texts."""
    usable = [texts for texts in _candidates(items) if all(texts)]
    return max(usable, key=_worth) if usable else frozenset()


def _worth(texts: _Texts) -> tuple[int, int, list[str]]:
    return min(*map(len, texts), _ENOUGH), -len(texts), sorted(texts)


def _candidates(items: Iterable[tuple[Any, Any]]) -> list[_Texts]:
    found: list[_Texts] = []
    run = _NOTHING
    for item in items:
        exact = _exact(*item)
        longer = _joined(run, exact)
        if longer is not None:
            run = longer
            continue
        found.append(run)
        if exact is None:
            found.append(_inside(*item))
        run = exact or _NOTHING
    return [*found, run]


def _joined(heads: _Texts, tails: _Texts | None) -> _Texts | None:
    if tails is None or len(heads) * len(tails) > _MOST:
        return None
    return frozenset(head + tail for head in heads for tail in tails)


def _product(items: Iterable[tuple[Any, Any]]) -> _Texts | None:
    run = _NOTHING
    for item in items:
        longer = _joined(run, _exact(*item))
        if longer is None:
            return None
        run = longer
    return run


def _exact(kind: object, av: Any) -> _Texts | None:
    """Return all texts that one part of a pattern can match, None where they are not few."""
    texts: _Texts | None = None
    match str(kind):
        case "LITERAL":
            texts = frozenset({chr(av)})
        case "AT":
            texts = _NOTHING
        case "IN" if all(str(member) == "LITERAL" for member, _ in av):
            texts = frozenset(chr(code) for _, code in av)
        case "SUBPATTERN":
            texts = _product(av[-1])
        case "BRANCH":
            texts = _union(_product(branch) for branch in av[1])
        case "MAX_REPEAT" | "MIN_REPEAT" if av[0] == 0 and av[1] == 1:
            texts = _union((_product(av[2]), _NOTHING))
        case "MAX_REPEAT" | "MIN_REPEAT" if av[0] == av[1] <= _MOST:
            texts = _product(list(av[2]) * int(av[0]))
        case _:
            pass
    return texts if texts is None or len(texts) <= _MOST else None


def _union(branches: Iterable[_Texts | None]) -> _Texts | None:
    every = list(branches)
    return None if None in every else frozenset(text for branch in every for text in branch or ())


def _inside(kind: object, av: Any) -> _Texts:
    """Return what a part that is not fixed as a whole still cannot do without."""
    match str(kind):
        case "SUBPATTERN":
            return _best(av[-1]) or _NOTHING
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT" if av[0] > 0:
            return _best(av[2]) or _NOTHING
        case "BRANCH":
            branches = [_best(branch) for branch in av[1]]
            return frozenset(text for branch in branches for text in branch) if all(branches) else _NOTHING
        case _:
            return _NOTHING
