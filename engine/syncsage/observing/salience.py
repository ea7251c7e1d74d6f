"""The few lines of a text that carry the trouble: an embedding of a whole log is one of its healthy lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice

from syncsage.knowledge.model import Domain
from syncsage.knowledge.patterns import search
from syncsage.observing.lexical import Normaliser
from syncsage.observing.records import Record

_MOST = 6
_SHORT = 8
_LONGEST = 1_500
#: So many different lines with one beginning, and so great a share of all, are a series: routine work, whatever words
#: stand in the titles that it names. A beginning is its first two words.
_SERIES, _SHARE = 4, 0.1
_BEGINNING = 2
_WORD = re.compile(r"[^\W\d_]+")


class Salience:
    """Chooses lines by the patterns of a domain.

    Args:
        domain: Its ``salient`` patterns, the most telling first, and its ``boilerplate``.
        normalise: The normaliser of the domain.
    """

    def __init__(self, domain: Domain, normalise: Normaliser) -> None:
        self._salient = domain.salient
        self._boilerplate = domain.boilerplate
        self._normalise = normalise

    def telling(self, record: Record) -> bool:
        """Tell whether a record says anything."""
        return not any(search(pattern, record.text) for pattern in self._boilerplate)

    def marked(self, record: Record) -> bool:
        """Tell whether a record shows one of the salient patterns."""
        return self._rank(record.text) < len(self._salient)

    def lines(self, records: Sequence[Record]) -> tuple[str, ...]:
        """Return at most six distinct lines in the order of the text, normalised; all of a short text."""
        kept = [record for record in records if self.telling(record)] or list(records)
        lines = {self._normalise(record.text)[:_LONGEST]: record for record in reversed(kept)}
        distinct = [line for line in reversed(lines) if line]
        if len(kept) <= _SHORT:
            return tuple(distinct[:_MOST])
        begun = Counter(_beginning(line) for line in distinct)
        series = max(_SERIES, _SHARE * len(distinct))
        rare = [line for line in distinct if begun[_beginning(line)] < series] or distinct
        ranks = {line: self._rank(lines[line].text) for line in rare}
        marked = sorted((line for line in rare if ranks[line] < len(self._salient)), key=lambda line: ranks[line])
        chosen = set(marked[:_MOST]) or {*rare[:3], *rare[-3:]}
        return tuple(line for line in rare if line in chosen)

    def _rank(self, text: str) -> int:
        """Return the place of the first pattern that a line shows, their number where it shows none."""
        return next((i for i, pattern in enumerate(self._salient) if search(pattern, text)), len(self._salient))


def _beginning(line: str) -> str:
    return " ".join(islice((word.group().lower() for word in _WORD.finditer(line)), _BEGINNING))
