"""Which problem goes first, and whether a text is declined because it was read as one of another field."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from syncsage.observing.model import LEVELS, Match, Span

#: So many problems are named at most.
MOST = 5
_NEAREST = 3
_NOWHERE = Span(sys.maxsize, sys.maxsize)


def order(matches: Iterable[Match]) -> tuple[tuple[Match, ...], tuple[Match, ...]]:
    """Rank matches, equal ones in the order of the text.

    Where only a message of a topic outside the field was read, nothing of the field is guessed. A message that is
    certainly outside owns the record that it stands in: what else that record seems to say was not read.

    Returns:
        The problems of the field, best first; where there are none, the second gives what comes nearest.
    """
    ranked = sorted(matches, key=lambda m: (-LEVELS.index(m.level), -m.score, m.where or _NOWHERE, m.id))
    read = [m for m in ranked if m.level in ("exact", "strong") and m.by != "semantic"]
    owned = {m.where for m in read if m.coverage == "outside" and m.level == "exact"}
    ours = any(m.coverage != "outside" and (m.level == "exact" or m.where not in owned) for m in read)
    problems = [m for m in ranked if m.coverage != "outside" and m.level != "none"]
    if problems and (ours or all(m.coverage != "outside" for m in read)):
        return tuple(problems[:MOST]), ()
    return (), tuple(sorted(ranked, key=lambda m: (-m.score, m.coverage == "outside", m.id))[:_NEAREST])
