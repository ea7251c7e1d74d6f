"""Which of many sets of patterns a text can show at all: told by fixed text that they cannot match without.

Each set stands in an index under a short piece of such text, the rarest there is. A text is cut into pieces of the
same lengths; only sets behind one of them are worth trying. That takes as long for a hundred thousand sets as for ten.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from syncsage.knowledge.literals import literals
from syncsage.knowledge.patterns import PatternSet

#: Lengths of the pieces: fixed text shorter than the first is no help, the longer ones find less that is not meant.
_SHORT, _LONG = 3, 5
#: What ``re`` takes for one letter where case is ignored, and `str.casefold` does not.
_ONE_LETTER: Final = str.maketrans({"İ": "i", "ı": "i"})

#: Pattern -> what `literals` says of it.
Literals = Mapping[str, Sequence[str]]

NOTHING_KNOWN: Literals = {}


def literals_of(sets: Iterable[PatternSet]) -> Literals:
    """Return the literals of all patterns of ``sets`` that must occur; one that is no valid expression has none."""
    return {pattern: _literals(pattern) for pattern in dict.fromkeys(p for one in sets for p in one.all)}


class Prefilter:
    """An index over sets of patterns.

    Args:
        sets: The sets; their place in this order is their number.
        known: Literals that were looked up before; what is missing is looked up now.
    """

    def __init__(self, sets: Sequence[PatternSet], known: Literals = NOTHING_KNOWN) -> None:
        texts = [_telling(one, known) for one in sets]
        rarity = Counter(piece for some in texts for text in some for piece in _pieces(text))
        self._behind: dict[str, list[int]] = {}
        self._always: list[int] = []
        for number, some in enumerate(texts):
            for text in some:
                self._behind.setdefault(min(_pieces(text), key=rarity.__getitem__), []).append(number)
            if not some:
                self._always.append(number)

    def candidates(self, text: str) -> list[int]:
        """Return the numbers of all sets that ``text`` may show, rising; few more than it does."""
        folded = _fold(text)
        found = set(self._always)
        for size in (_SHORT, _LONG):
            for piece in self._behind.keys() & {folded[i : i + size] for i in range(len(folded) - size + 1)}:
                found.update(self._behind[piece])
        return sorted(found)


def _telling(one: PatternSet, known: Literals) -> tuple[str, ...]:
    """Return the folded literals of that pattern of a set whose shortest one is longest; none where none helps."""
    choices = [known[p] if p in known else _literals(p) for p in one.all]
    best = max(choices, key=lambda texts: min(map(len, texts), default=0), default=())
    folded = tuple(map(_fold, best))
    return folded if folded and min(map(len, folded)) >= _SHORT else ()


def _pieces(text: str) -> list[str]:
    size = _LONG if len(text) >= _LONG else _SHORT
    return [text[i : i + size] for i in range(len(text) - size + 1)]


def _fold(text: str) -> str:
    return text.translate(_ONE_LETTER).casefold()


def _literals(pattern: str) -> tuple[str, ...]:
    try:
        return literals(pattern)
    except (re.error, OverflowError, RecursionError):
        return ()
